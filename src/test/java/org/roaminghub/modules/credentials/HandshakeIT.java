package org.roaminghub.modules.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Partners221;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.OcpiSettings.Registration;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.partners.config.PartnerConfigReader;
import org.roaminghub.partners.config.PartnerConfigs;
import org.roaminghub.partners.config.ReferenceLookup;
import org.roaminghub.simulator.EmspPlatform;
import org.roaminghub.simulator.EmspSettings;

/** The hub starts (chapter credentials, the hub as Sender). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class HandshakeIT {
    private static final PartyId HUB = PartyId.of("NL", "HUB");

    @Inject
    Handshake handshake;

    @Inject
    TokenRotation rotation;

    @Inject
    Jdbi jdbi;

    @Inject
    Partners partners;

    @Inject
    Partners221 registered;

    @TempDir
    Path folder;

    private final EmspPlatform stranger = new EmspPlatform(EmspSettings.of("BE", "STR", "Stranger"));

    @BeforeEach
    void neverRegistered() {
        registered.connect();
        registered.forget("stranger");
        stranger.start(0);
    }

    @AfterEach
    void close() {
        stranger.close();
    }

    @Test
    void weRegisterAndBothSidesCanCall_CRED05_CRED06_CRED10() throws IOException {
        start(file(stranger.tokenA().orElseThrow()), "POST");

        assertThat(stranger.registered()).isTrue();
        assertThat(stranger.tokenA()).as("TOKEN_A is dead").isEmpty();
        assertThat(stranger.received().of("credentials", "POST")).hasSize(1);
        PartnerLink link = partners.link("stranger").orElseThrow();
        assertThat(link.endpoint(ModuleId.LOCATIONS, InterfaceRole.RECEIVER).orElseThrow()).startsWith("http://127.0.0.1:" + stranger.port());
        assertThat(stranger.get("locations", "").accepted()).as("the token we offered opens everything at once").isTrue();
    }

    @Test
    void weReplaceOurCredentialsWithPut_CRED28_CRED32() throws IOException {
        start(file(stranger.tokenA().orElseThrow()), "POST");
        String inForce = partners.link("stranger").orElseThrow().headers(HUB, HUB).get("Authorization");

        start(file(new String(Base64.getDecoder().decode(inForce.substring("Token ".length())))), "PUT");

        assertThat(stranger.received().of("credentials", "PUT")).hasSize(1);
        assertThat(partners.link("stranger").orElseThrow().headers(HUB, HUB).get("Authorization")).isNotEqualTo(inForce);
        assertThat(stranger.get("locations", "").accepted()).isTrue();
    }

    @Test
    void weReadTheirCredentialsAndEndTheRegistration_CRED01_CRED19_CRED20() throws IOException {
        PartnerConfig config = file(stranger.tokenA().orElseThrow());
        start(config, "POST");

        assertThat(handshake.theirs(config).path("roles")).isNotEmpty();
        assertThat(handshake.theirs(config).toString()).doesNotContain("token");
        handshake.end(config);

        assertThat(stranger.received().of("credentials", "GET")).hasSize(2);
        assertThat(stranger.received().of("credentials", "DELETE")).hasSize(1);
        assertThat(stranger.registered()).isFalse();
        assertThat(partners.link("stranger")).isEmpty();
    }

    @Test
    void oldTokensAreReplacedAndYoungOnesAreNot_CRED29() throws IOException {
        start(file(stranger.tokenA().orElseThrow()), "POST");

        rotation.replaceOld();
        assertThat(stranger.received().of("credentials", "PUT")).isEmpty();

        jdbi.useHandle(handle -> handle.execute("update partner_connection set token_since = now() - interval '31 days' where partner = 'stranger'"));
        rotation.replaceOld();
        rotation.replaceOld();

        assertThat(stranger.received().of("credentials", "PUT")).hasSize(1);
        assertThat(stranger.get("locations", "").accepted()).isTrue();
    }

    @Test
    void aRefusedRegistrationLeavesNothingBehind_A09_CRED12() throws IOException {
        PartnerConfig config = file("not-their-token");

        assertThatThrownBy(() -> start(config, "POST")).isInstanceOfSatisfying(OcpiException.class,
                refused -> assertThat(refused.status()).isEqualTo(OcpiStatus.CANNOT_USE_CLIENT_API));

        assertThat(stranger.registered()).isFalse();
        assertThat(partners.link("stranger")).isEmpty();
    }

    @Test
    void aPlatformOfOtherPartiesIsNotRegistered_CRED31() throws IOException {
        try (EmspPlatform other = new EmspPlatform(EmspSettings.of("BE", "OTH", "Other"))) {
            other.start(0);
            PartnerConfig config = file(other.tokenA().orElseThrow());

            assertThatThrownBy(() -> handshake.start(config, other.versionsUrl(), other.tokenA().orElseThrow(), "POST"))
                    .isInstanceOf(OcpiException.class).hasMessageContaining("BE*OTH");

            assertThat(partners.link("stranger")).isEmpty();
        }
    }

    @Test
    void aPlatformWithoutTheReceiversWePushToIsNotAskedToRegister_CRED12() throws IOException {
        try (StubPlatform bare = new StubPlatform()) {
            bare.details(bare.endpoints(List.of("tariffs", "sessions")));
            PartnerConfig config = file("their-token");

            assertThatThrownBy(() -> handshake.start(config, bare.url("/versions"), "their-token", "POST")).isInstanceOfSatisfying(OcpiException.class, refused -> {
                assertThat(refused.status()).isEqualTo(OcpiStatus.NO_MATCHING_ENDPOINTS);
                assertThat(refused).hasMessageContaining("locations RECEIVER").hasMessageContaining("cdrs RECEIVER");
            });

            assertThat(bare.calls()).noneMatch(call -> call.startsWith("POST"));
            assertThat(partners.link("stranger")).isEmpty();
        }
    }

    /** White-label platforms speak for many parties of one role. */
    @Test
    void onePlatformMayHaveTheSameRoleForSeveralParties_CRED24() throws IOException {
        try (StubPlatform white = new StubPlatform()) {
            String credentials = white.credentials("their-token-c", "EMSP", "BE", "STR").replaceFirst("}]}$",
                    "},{\"role\":\"EMSP\",\"business_details\":{\"name\":\"Label\"},\"party_id\":\"LBL\",\"country_code\":\"BE\"}]}");
            white.answer("/credentials", StubPlatform.envelope(credentials));
            PartnerConfig config = file("their-token",
                    "{ role: EMSP, country_code: BE, party_id: STR, name: Stranger }, { role: EMSP, country_code: BE, party_id: LBL, name: Label }");

            handshake.start(config, white.url("/versions"), "their-token", "POST");

            assertThat(partners.connection("stranger").orElseThrow().roles).contains("STR", "LBL");
        }
    }

    private void start(PartnerConfig config, String method) {
        Registration.WeStart registration = Partners.weStart(config).orElseThrow();
        handshake.start(config, registration.versionsUrl().toString(), registration.theirToken().value(), method);
    }

    /** The stranger's file as it would look if the hub were to begin. */
    private PartnerConfig file(String theirToken) throws IOException {
        return file(theirToken, "{ role: EMSP, country_code: BE, party_id: STR, name: Stranger }");
    }

    private PartnerConfig file(String theirToken, String parties) throws IOException {
        Files.writeString(folder.resolve("their-token"), theirToken);
        Files.writeString(folder.resolve("stranger.yaml"), """
                partner: stranger
                name: Stranger
                parties: [ %s ]
                ocpi: { registration: { versions_url: "%s", their_token: "${file:their-token}" } }
                delivery: { mode: { locations: push, tariffs: push, sessions: push, cdrs: push } }
                """.formatted(parties, stranger.versionsUrl()));
        PartnerConfigs read = PartnerConfigReader.read(folder, ReferenceLookup.system(folder));
        assertThat(read).isInstanceOf(PartnerConfigs.Loaded.class);
        return ((PartnerConfigs.Loaded) read).partners().get(0);
    }
}
