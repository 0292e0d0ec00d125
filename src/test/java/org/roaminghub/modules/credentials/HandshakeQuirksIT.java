package org.roaminghub.modules.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Partners221;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.partners.config.PartnerConfigReader;
import org.roaminghub.partners.config.PartnerConfigs;
import org.roaminghub.partners.config.ReferenceLookup;

/** Registrations with platforms that do it their own way, each with its switch and without. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class HandshakeQuirksIT {

    @Inject
    Handshake handshake;

    @Inject
    Partners partners;

    @Inject
    Partners221 registered;

    @TempDir
    Path folder;

    private final StubPlatform stub = new StubPlatform();

    @BeforeEach
    void neverRegistered() {
        registered.forget("stranger");
        stub.answer("/credentials", credentials("EMSP", "STR"));
    }

    @AfterEach
    void close() {
        stub.close();
        registered.forget("stranger");
    }

    @Test
    void aVersionUnderAnotherNumberIsUsed_Q4() throws IOException {
        stub.versions("[{\"version\":\"2.2\",\"url\":\"%s\"}]".formatted(stub.url("/details")));

        assertThatThrownBy(() -> start("[]", "POST")).isInstanceOf(OcpiException.class).hasMessageContaining("2.2.1");
        start("[ version-alias=2.2 ]", "POST");

        assertThat(partners.link("stranger")).isPresent();
    }

    @Test
    void rolesOfEndpointsFollowFromThePartnersOwn() throws IOException {
        stub.details("""
                [{"identifier":"credentials","url":"%1$s"},{"identifier":"locations","url":"%2$s"},
                 {"identifier":"cdrs","role":"SENDER","url":"%3$s"},{"identifier":"tokens","role":"RECEIVER","url":"%4$s"}]"""
                .formatted(stub.url("/credentials"), stub.url("/locations"), stub.url("/cdrs"), stub.url("/tokens")));

        PartnerLink said = start("[]", "POST");
        assertThat(said.endpoint(ModuleId.LOCATIONS, InterfaceRole.RECEIVER)).isEmpty();
        registered.forget("stranger");
        PartnerLink corrected = start("[ endpoint-roles ]", "POST");

        assertThat(corrected.endpoint(ModuleId.LOCATIONS, InterfaceRole.RECEIVER)).contains(stub.url("/locations"));
        assertThat(corrected.endpoint(ModuleId.CDRS, InterfaceRole.RECEIVER)).contains(stub.url("/cdrs"));
        assertThat(corrected.endpoint(ModuleId.TOKENS, InterfaceRole.SENDER)).contains(stub.url("/tokens"));
    }

    @Test
    void rolesInCredentialsAreNotHeldAgainstTheFile_Q17() throws IOException {
        stub.answer("/credentials", credentials("HUB", "107"));

        assertThatThrownBy(() -> start("[]", "POST")).isInstanceOf(OcpiException.class).hasMessageContaining("BE*107");
        start("[ credentials-roles ]", "POST");

        assertThat(partners.link("stranger")).isPresent();
    }

    @Test
    void tokensAreReplacedByDeleteAndPostWhereThereIsNoPut_Q15() throws IOException {
        start("[]", "POST");

        start("[ no-put-credentials ]", "PUT");

        assertThat(stub.calls()).anyMatch(call -> call.startsWith("DELETE /credentials"));
        assertThat(stub.calls()).noneMatch(call -> call.startsWith("PUT"));
        assertThat(stub.calls().stream().filter(call -> call.startsWith("POST /credentials"))).hasSize(2);
        assertThat(partners.link("stranger")).isPresent();
    }

    private String credentials(String role, String party) {
        return "{\"data\":" + stub.credentials("their-live-token", role, "BE", party) + ",\"status_code\":1000,\"timestamp\":\"2026-01-01T00:00:00Z\"}";
    }

    private PartnerLink start(String quirks, String method) throws IOException {
        PartnerConfig config = file(quirks);
        handshake.start(config, stub.url("/versions"), "their-token", method);
        return partners.link("stranger").orElseThrow();
    }

    private PartnerConfig file(String quirks) throws IOException {
        Files.writeString(folder.resolve("their-token"), "their-token");
        Files.writeString(folder.resolve("stranger.yaml"), """
                partner: stranger
                parties: [ { role: EMSP, country_code: BE, party_id: STR } ]
                ocpi: { registration: { versions_url: "%s", their_token: "${file:their-token}" } }
                quirks: %s
                """.formatted(stub.url("/versions"), quirks));
        PartnerConfigs read = PartnerConfigReader.read(folder, ReferenceLookup.system(folder));
        assertThat(read).isInstanceOf(PartnerConfigs.Loaded.class);
        return ((PartnerConfigs.Loaded) read).partners().get(0);
    }
}
