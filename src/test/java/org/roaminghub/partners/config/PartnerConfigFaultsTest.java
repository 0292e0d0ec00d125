package org.roaminghub.partners.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.partners.config.PartnerConfigs.Refused;

/** One kind of fault at a time, in a folder that is otherwise good: exactly that key is named. */
class PartnerConfigFaultsTest {

    private static final String CPO = """
            partner: cpo
            parties: [ { role: CPO, country_code: NL, party_id: ACM } ]
            backend: { token: "${env:CPO}" }
            ---
            """;
    private static final String EMSP = """
            partner: alpha
            parties: [ { role: EMSP, country_code: DE, party_id: ALP } ]
            """;
    private static final String OCPI = "ocpi: { registration: { token_a: \"${env:ALPHA}\" } }\n";
    private static final ReferenceLookup LOOKUP = reference -> switch (reference.name()) {
        case "MISSING" -> Optional.empty();
        case "EMPTY" -> Optional.of(" ");
        case "SPACES" -> Optional.of("top secret");
        default -> Optional.of("value-of-" + reference.name());
    };

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        colour: red                                    | colour
        delivery: { retries: 3 }                       | delivery.retries
        delivery: { mode: { credentials: push } }      | delivery.mode.credentials
        delivery: { mode: { cdrs: shove } }            | delivery.mode.cdrs
        delivery: { mode: push }                       | delivery.mode
        delivery: { max_in_flight: 0 }                 | delivery.max_in_flight
        delivery: { max_in_flight: many }              | delivery.max_in_flight
        delivery: { timeout: 10 }                      | delivery.timeout
        delivery: { timeout: 10 seconds }              | delivery.timeout
        delivery: { timeout: 0s }                      | delivery.timeout
        delivery: { timeout: 6m }                      | delivery.timeout
        delivery: { authorize_timeout: 61s }           | delivery.authorize_timeout
        delivery: { rate_per_second: -1 }              | delivery.rate_per_second
        delivery: { patch: maybe }                     | delivery.patch
        delivery: { cdr_in_doubt: guess }              | delivery.cdr_in_doubt
        delivery: [ fast ]                             | delivery
        validation: REJECT                             | validation
        quirks: [ sends-wh ]                           | quirks
        quirks: sends-wh                               | quirks
        quirks: [ page-limit ]                         | quirks
        quirks: [ page-limit=many ]                    | quirks
        quirks: [ page-limit=20, page-limit=30 ]       | quirks
        quirks: [ in-numbers-as-text=yes ]             | quirks
        quirks: [ in-enum-alias=OFFLINE ]              | quirks
        quirks: [ in-extra-enums=MCS; ]                | quirks
        quirks: [ in-long-texts=Location.zip:50 ]      | quirks
        quirks: [ in-long-texts=Location.city:long ]   | quirks
        quirks: [ in-rename=Session.kwh_total:energy ] | quirks
        quirks: [ in-drop=images ]                     | quirks
        quirks: [ in-default=Location.publish:maybe ]  | quirks
        quirks: [ in-default=Location.time_zone ]      | quirks
        quirks: [ out-times=unix ]                     | quirks
        quirks: [ out-withhold=Location.public:false ] | quirks
        quirks: [ put-only=everything ]                | quirks
        quirks: [ answer-means=2000:fine ]             | quirks
        quirks: [ answer-means=ok:accepted ]           | quirks
        quirks: [ routing-to=FR107 ]                   | quirks
        quirks: [ version-alias=newest ]               | quirks
        alerts: { cdr_delay: soon }                    | alerts.cdr_delay
        alerts: { cdr_delays: 1h }                     | alerts.cdr_delays
        agreements: [ { with: NLACM } ]                | agreements[0].with
        agreements: [ { with: NL*ACM, since: now } ]   | agreements[0].since
        agreements: [ { } ]                            | agreements[0].with
        agreements: [ NL*ACM ]                         | agreements[0]
        agreements: everyone                           | agreements
        agreements: [ { with: NL*XXX } ]               | agreements
        agreements: [ { with: DE*ALP } ]               | agreements
        name: "Alpha ${env:NAME}"                      | name
        name: [ Alpha ]                                | name
        name: *alias                                   | name
        """)
    void aWrongLineIsNamed(String line, String key) {
        assertFault(CPO + EMSP + OCPI + line, key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                                                      | ocpi.registration
        { registration: {} }                                                                    | ocpi.registration
        { registration: { token_a: "${env:A}", versions_url: "https://a.example", their_token: "${env:B}" } } | ocpi.registration
        { registration: { versions_url: "https://a.example" } }                                 | ocpi.registration.their_token
        { registration: { their_token: "${env:B}" } }                                           | ocpi.registration.versions_url
        { registration: { versions_url: "ftp://a.example", their_token: "${env:B}" } }          | ocpi.registration.versions_url
        { registration: { versions_url: "https://u:p@a.example", their_token: "${env:B}" } }    | ocpi.registration.versions_url
        { registration: { token_a: in-clear } }                                                 | ocpi.registration.token_a
        { registration: { token_a: "${env:MISSING}" } }                                         | ocpi.registration.token_a
        { registration: { token_a: "${file:MISSING}" } }                                        | ocpi.registration.token_a
        { registration: { token_a: "${env:EMPTY}" } }                                           | ocpi.registration.token_a
        { registration: { token_a: "${env:SPACES}" } }                                          | ocpi.registration.token_a
        { registration: { token_a: "${vault:A}" } }                                             | ocpi.registration.token_a
        { registration: { token_a: "${env:A}", token_b: "x" } }                                 | ocpi.registration.token_b
        { registration: { token_a: "${env:CPO}" } }                                             | ocpi.registration.token_a
        { registration: { token_a: "${env:A}" }, versions: [3.0] }                              | ocpi.versions
        { registration: { token_a: "${env:A}" }, versions: [] }                                 | ocpi.versions
        { registration: { token_a: "${env:A}" }, token_encoding: hex }                          | ocpi.token_encoding
        """)
    void aWrongOcpiSectionIsNamed(String ocpi, String key) {
        assertFault(CPO + EMSP + "ocpi: " + ocpi, key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        { mappings: {} }                                             | backend.token
        { token: in-clear }                                          | backend.token
        { token: "${env:A}", mappings: { evse: acme } }              | backend.mappings.evse
        { token: "${env:A}", mappings: { location: ../../etc/x } }   | backend.mappings.location
        { token: "${env:A}", commands_url: acme.example }            | backend.commands_url
        { token: "${env:A}", url: "https://acme.example" }           | backend.url
        """)
    void aWrongBackendSectionIsNamed(String backend, String key) {
        assertFault("partner: acme\nparties: [ { role: CPO, country_code: NL, party_id: ACM } ]\nbackend: " + backend, key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        { role: DRIVER, country_code: DE, party_id: ALP }            | parties[0].role
        { role: emsp, country_code: DE, party_id: ALP }              | parties[0].role
        { country_code: DE, party_id: ALP }                          | parties[0].role
        { role: EMSP, country_code: DEU, party_id: ALP }             | parties[0].country_code
        { role: EMSP, party_id: ALP }                                | parties[0].country_code
        { role: EMSP, country_code: DE, party_id: ALPHA }            | parties[0].party_id
        { role: EMSP, country_code: DE, party_id: ALP, city: Köln }  | parties[0].city
        """)
    void aWrongPartyIsNamed(String party, String key) {
        assertFault("partner: alpha\nparties: [ " + party + " ]\n" + OCPI, key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alpha", "a_b", "a b", "12345678901234567890123456789012345678901", "ä"})
    void aPartnerNameHasOnlyLettersDigitsAndHyphens(String name) {
        assertFault(EMSP.replace("partner: alpha", "partner: " + name) + OCPI, "partner");
    }

    @Test
    void partnerAndPartiesAreRequired() {
        assertFault(EMSP.replace("partner: alpha\n", "") + OCPI, "partner");
        assertFault("partner: alpha\n" + OCPI, "parties");
        assertFault("partner: alpha\nparties: []\n" + OCPI, "parties");
    }

    @Test
    void exactlyOneOfOcpiAndBackendIsNeeded() {
        assertFault(EMSP, "");
        assertFault(EMSP + OCPI + "backend: { token: \"${env:B}\" }", "");
    }

    @Test
    void partnerNamesAndPartiesAndTokensAreUniqueAcrossFiles() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), EMSP + OCPI);
        Files.writeString(folder.resolve("b.yaml"), EMSP.replace("country_code: DE", "country_code: de") + OCPI);

        assertThat(faults()).extracting(ConfigFault::toString).containsExactly(
                "b.yaml:1 partner: 'alpha' is also in a.yaml",
                "b.yaml:1 parties: EMSP DE*ALP is also a party of alpha",
                "b.yaml:1 ocpi.registration.token_a: is the same token as that of alpha");
    }

    @Test
    void onePartyMayHaveSeveralRoles() throws IOException {
        Files.writeString(folder.resolve("a.yaml"),
                "partner: both\nparties:\n  - { role: CPO, country_code: DE, party_id: ALP }\n  - { role: EMSP, country_code: DE, party_id: ALP }\n" + OCPI);

        assertThat(PartnerConfigReader.read(folder, LOOKUP)).isInstanceOf(PartnerConfigs.Loaded.class);
    }

    @Test
    void anAgreementNeedsAPartyThatIsNoHubHere() {
        assertFault(CPO + EMSP.replace("EMSP", "HUB") + OCPI + "agreements: [ { with: NL*ACM } ]", "agreements");
    }

    @Test
    void aKeyThatStandsTwiceIsNamedWithItsLine() {
        ConfigFault fault = assertFault(EMSP + OCPI + "validation: warn\nvalidation: accept\n", "validation");

        assertThat(fault).hasToString("partner.yaml:5 validation: stands twice");
    }

    @Test
    void whatIsNotYamlIsNamedWithItsLineAndWithoutItsText() {
        ConfigFault fault = assertFault(EMSP + "ocpi: { registration: { token_a: in-clear\nname: x", "");

        assertThat(fault.line()).isPositive();
        assertThat(fault.reason()).doesNotContain("in-clear");
    }

    @Test
    void aDocumentThatIsNoGroupOfKeysIsRefused() {
        assertFault("- partner: alpha", "");
        assertFault("alpha", "");
    }

    @Test
    void noFaultRepeatsASecret() {
        assertThat(assertFault(EMSP + "ocpi: { registration: { token_a: in-clear } }", "ocpi.registration.token_a").toString())
                .doesNotContain("in-clear");
        assertThat(assertFault(EMSP + "ocpi: { registration: { token_a: \"${env:SPACES}\" } }", "ocpi.registration.token_a").toString())
                .doesNotContain("top secret").contains("${env:SPACES}");
    }

    @Test
    void aMissingVariableIsNamed() {
        assertThat(assertFault(EMSP + "ocpi: { registration: { token_a: \"${env:MISSING}\" } }", "ocpi.registration.token_a"))
                .hasToString("partner.yaml:3 ocpi.registration.token_a: ${env:MISSING} is not set or cannot be read");
    }

    private ConfigFault assertFault(String yaml, String key) {
        try {
            Files.writeString(folder.resolve("partner.yaml"), yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<ConfigFault> faults = faults();
        assertThat(faults).extracting(ConfigFault::key).containsExactly(key);
        return faults.get(0);
    }

    private List<ConfigFault> faults() {
        PartnerConfigs configs = PartnerConfigReader.read(folder, LOOKUP);
        assertThat(configs).isInstanceOf(Refused.class);
        return ((Refused) configs).faults();
    }
}
