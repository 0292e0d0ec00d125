package org.roaminghub.partners.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.partners.config.DeliverySettings.CdrInDoubt;
import org.roaminghub.partners.config.DeliverySettings.Mode;
import org.roaminghub.partners.config.OcpiSettings.Registration;
import org.roaminghub.partners.config.OcpiSettings.TokenEncoding;
import org.roaminghub.partners.config.PartnerConfig.Party;
import org.roaminghub.partners.config.PartnerConfig.Validation;
import org.roaminghub.partners.config.PartnerConfigs.Loaded;
import org.roaminghub.partners.config.PartnerConfigs.Refused;

class PartnerConfigReaderTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("ALPHA_TOKEN_A", "alpha-token", "ACME_BACKEND_TOKEN", "acme-token", "THEIR_TOKEN", "their-token");
    private static final ReferenceLookup LOOKUP = reference -> Optional.ofNullable(ENVIRONMENT.get(reference.name()));

    @TempDir
    Path folder;

    @Test
    void theSampleOfTheContractLoads() {
        Loaded loaded = (Loaded) PartnerConfigReader.read(Path.of("src/test/resources/partners/contracts-sample"), LOOKUP);

        PartnerConfig alpha = loaded.partners().get(0);
        assertThat(alpha.partner()).isEqualTo("alpha");
        assertThat(alpha.name()).isEqualTo("Alpha Mobility");
        assertThat(alpha.parties()).containsExactly(new Party(Role.EMSP, PartyId.of("DE", "ALP"), "Alpha Mobility GmbH"));
        assertThat(alpha.ocpi()).contains(
                new OcpiSettings(List.of("2.2.1"), new Registration.TheyStart(new Secret("alpha-token")), TokenEncoding.BASE64));
        assertThat(alpha.agreements()).containsExactly(new Agreement.With(PartyId.of("NL", "ACM")));
        assertThat(alpha.backend()).isEmpty();
        PartnerConfig acme = loaded.partners().get(1);
        assertThat(acme.ocpi()).isEmpty();
        assertThat(acme.backend()).contains(new Backend(new Secret("acme-token"), Map.of("location", "acme", "tariff", "acme"),
                Optional.of(URI.create("https://…"))));
        assertThat(AgreementSet.of(loaded.partners()).pairs())
                .containsExactly(new AgreementSet.Pair(PartyId.of("NL", "ACM"), PartyId.of("DE", "ALP")));
    }

    @Test
    void everyDefaultIsPinned() {
        PartnerConfig config = loaded("""
                partner: tiny
                parties: [ { role: EMSP, country_code: DE, party_id: TNY } ]
                ocpi: { registration: { token_a: "${env:ALPHA_TOKEN_A}" } }
                """).get(0);

        assertThat(config.name()).isEqualTo("tiny");
        assertThat(config.parties().get(0).name()).isEqualTo("tiny");
        assertThat(config.ocpi().orElseThrow().versions()).containsExactly("2.2.1");
        assertThat(config.ocpi().orElseThrow().tokenEncoding()).isEqualTo(TokenEncoding.BASE64);
        assertThat(config.agreements()).isEmpty();
        assertThat(config.delivery()).isEqualTo(new DeliverySettings(Map.of("locations", Mode.PUSH, "tariffs", Mode.PUSH, "sessions",
                Mode.PUSH, "cdrs", Mode.PUSH, "tokens", Mode.PUSH, "hubclientinfo", Mode.PUSH), Set.of(), 8, Duration.ofSeconds(10), 50, true,
                CdrInDoubt.HOLD, Duration.ofSeconds(4)));
        assertThat(config.validation()).isEqualTo(Validation.REJECT);
        assertThat(config.quirks()).isEqualTo(Quirks.NONE);
        assertThat(config.alerts()).isEqualTo(new AlertSettings(Duration.ofMinutes(15), Duration.ofSeconds(60)));
        assertThat(config.backend()).isEmpty();
    }

    @Test
    void everyKeyIsRead() {
        PartnerConfig config = loaded("""
                partner: norge-1
                name: Norge
                parties:
                  - { role: CPO, country_code: NO, party_id: 007, name: Nord }
                  - { role: EMSP, country_code: "no", party_id: y1, name: Nord }
                ocpi:
                  versions: [2.2, 2.1.1]
                  registration:
                    versions_url: https://nord.example.com/versions
                    their_token: ${env:THEIR_TOKEN}
                  token_encoding: either
                agreements: all
                delivery:
                  mode: { locations: pull-only, tokens: pull-only }
                  max_in_flight: 2
                  timeout: 1500ms
                  rate_per_second: 5
                  patch: false
                  cdr_in_doubt: dedupes-by-id
                validation: warn
                quirks: []
                alerts: { cdr_delay: 1h, location_push_age: 2d }
                """).get(0);

        assertThat(config.parties()).extracting(Party::id).hasToString("[NO*007, NO*Y1]");
        assertThat(config.ocpi()).contains(new OcpiSettings(List.of("2.2", "2.1.1"),
                new Registration.WeStart(URI.create("https://nord.example.com/versions"), new Secret("their-token")), TokenEncoding.EITHER));
        assertThat(config.agreements()).containsExactly(new Agreement.WithAll());
        assertThat(config.delivery().mode("locations")).isEqualTo(Mode.PULL_ONLY);
        assertThat(config.delivery().mode("tokens")).isEqualTo(Mode.PULL_ONLY);
        assertThat(config.delivery().mode("cdrs")).isEqualTo(Mode.PUSH);
        assertThat(config.delivery()).extracting("maxInFlight", "timeout", "ratePerSecond", "patch", "cdrInDoubt")
                .containsExactly(2, Duration.ofMillis(1500), 5, false, CdrInDoubt.DEDUPES_BY_ID);
        assertThat(config.validation()).isEqualTo(Validation.WARN);
        assertThat(config.alerts()).isEqualTo(new AlertSettings(Duration.ofHours(1), Duration.ofDays(2)));
    }

    @Test
    void everyYamlFileIsReadInOrderOfNamesAndNoOther() throws IOException {
        write("b.yaml", minimal("beta", "BET", "${env:ALPHA_TOKEN_A}"));
        write("a.yaml", minimal("gamma", "GAM", "${env:THEIR_TOKEN}") + "---\n" + minimal("delta", "DEL", "${env:ACME_BACKEND_TOKEN}") + "---\n");
        write("readme.md", "not: [yaml");

        PartnerConfigs configs = PartnerConfigReader.read(folder, LOOKUP);

        assertThat(configs).isInstanceOf(Loaded.class);
        Loaded loaded = (Loaded) configs;

        assertThat(loaded.partners()).extracting(PartnerConfig::partner).containsExactly("gamma", "delta", "beta");
        assertThat(loaded.partners()).extracting(PartnerConfig::file).containsExactly("a.yaml", "a.yaml", "b.yaml");
    }

    @Test
    void aKeyWithoutValueIsAsIfItWereAbsent() {
        PartnerConfig config = loaded(minimal("tiny", "TNY", "${env:ALPHA_TOKEN_A}") + "name: ~\nvalidation:\nquirks:\ndelivery:\n").get(0);

        assertThat(config.name()).isEqualTo("tiny");
        assertThat(config.validation()).isEqualTo(Validation.REJECT);
        assertThat(config.delivery().maxInFlight()).isEqualTo(8);
    }

    @Test
    void anEmptyFolderHasNoPartnersAndAMissingOneIsRefused() {
        assertThat(PartnerConfigReader.read(folder, LOOKUP)).isEqualTo(new Loaded(List.of()));
        assertThat(PartnerConfigReader.read(folder.resolve("nowhere"), LOOKUP)).isInstanceOf(Refused.class);
    }

    @Test
    void oneFaultRefusesTheWholeFolderAndAllFaultsAreListed() throws IOException {
        write("a.yaml", minimal("good", "GOO", "${env:ALPHA_TOKEN_A}"));
        write("b.yaml", "partner: Bad Name\nparties: [ { role: EMSP, country_code: DE, party_id: BAD } ]\nvalidation: maybe\ncolour: red\n");

        Refused refused = (Refused) PartnerConfigReader.read(folder, LOOKUP);

        assertThat(refused.faults()).allMatch(fault -> fault.file().equals("b.yaml"));
        assertThat(refused.faults()).extracting(ConfigFault::key).containsExactlyInAnyOrder("partner", "", "validation", "colour");
        assertThat(refused.faults()).extracting(ConfigFault::line).containsExactlyInAnyOrder(1, 1, 3, 4);
    }

    @Test
    void secretsNeverPrint() {
        assertThat(loaded(minimal("tiny", "TNY", "${env:ALPHA_TOKEN_A}")).toString()).doesNotContain("alpha-token").contains("Secret[***]");
    }

    @Test
    void aSecretMayComeFromAFileBesideThePartnerFile() throws IOException {
        write("token.txt", "from-a-file\n");
        write("a.yaml", minimal("tiny", "TNY", "${file:token.txt}"));

        Loaded loaded = (Loaded) PartnerConfigReader.read(folder, ReferenceLookup.system(folder));

        assertThat(loaded.partners().get(0).ocpi().orElseThrow().registration())
                .isEqualTo(new Registration.TheyStart(new Secret("from-a-file")));
    }

    private List<PartnerConfig> loaded(String yaml) {
        write("partner.yaml", yaml);
        PartnerConfigs configs = PartnerConfigReader.read(folder, LOOKUP);
        assertThat(configs).isInstanceOf(Loaded.class);
        return ((Loaded) configs).partners();
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static String minimal(String partner, String party, String token) {
        return """
                partner: %s
                parties: [ { role: EMSP, country_code: DE, party_id: %s } ]
                ocpi: { registration: { token_a: "%s" } }
                """.formatted(partner, party, token);
    }
}
