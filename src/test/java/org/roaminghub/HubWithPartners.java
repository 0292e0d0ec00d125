package org.roaminghub;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A hub of its own for tests of the way to real partners: database, port and partner files that nobody else uses. */
public class HubWithPartners implements QuarkusTestResourceLifecycleManager {
    private static final String PARTNERS = """
            partner: alpha
            name: Alpha Mobility
            parties: [ { role: EMSP, country_code: DE, party_id: ALP, name: Alpha Mobility } ]
            ocpi: { registration: { token_a: "${file:../secrets/alpha}" } }
            agreements: [ { with: NL*ACM }, { with: NL*TCP } ]
            delivery: { timeout: 1s, cdr_in_doubt: get, rate_per_second: 500 }
            ---
            partner: beta
            name: Beta Mobility, no PATCH
            parties: [ { role: EMSP, country_code: FR, party_id: BET, name: Beta } ]
            ocpi: { registration: { token_a: "${file:../secrets/beta}" } }
            agreements: [ { with: NL*ACM } ]
            delivery: { timeout: 1s, patch: false, cdr_in_doubt: dedupes-by-id, rate_per_second: 500 }
            ---
            partner: gamma
            name: Gamma Mobility, slow and pulling CDRs
            parties: [ { role: EMSP, country_code: BE, party_id: GAM, name: Gamma } ]
            ocpi: { registration: { token_a: "${file:../secrets/gamma}" } }
            agreements: [ { with: NL*ACM } ]
            delivery: { timeout: 1s, rate_per_second: 10, mode: { cdrs: pull-only }, cdr_in_doubt: wait-for-pull }
            ---
            partner: tcp
            name: A CPO platform that speaks OCPI
            parties: [ { role: CPO, country_code: NL, party_id: TCP, name: The CPO Platform } ]
            ocpi: { registration: { token_a: "${file:../secrets/tcp}" } }
            delivery: { timeout: 1s, rate_per_second: 500 }
            ---
            partner: acme-backend
            name: ACME
            parties: [ { role: CPO, country_code: NL, party_id: ACM, name: ACME Charging } ]
            backend: { token: "${file:../secrets/acme}" }
            """;

    private final PostgresForTests database = new PostgresForTests();
    private final String folder;
    private final String partners;
    private final List<String> secrets;

    public HubWithPartners() {
        this("hub-with-partners", PARTNERS, List.of("alpha", "beta", "gamma", "tcp", "acme"));
    }

    /** @param secrets names whose secret is {@code secret-of-<name>} in {@code ../secrets/<name>} */
    protected HubWithPartners(String folder, String partners, List<String> secrets) {
        this.folder = folder;
        this.partners = partners;
        this.secrets = secrets;
    }

    @Override
    public Map<String, String> start() {
        Path home = Path.of("target", folder).toAbsolutePath();
        write(home.resolve("partner-configs").resolve("partners.yaml"), partners);
        secrets.forEach(name -> write(home.resolve("secrets").resolve(name), "secret-of-" + name));
        Map<String, String> settings = new HashMap<>(database.start());
        String port = freePort();
        settings.put("quarkus.http.test-port", port);
        settings.put("hub.public-url", "http://127.0.0.1:" + port);
        settings.put("hub.partner-configs", home.resolve("partner-configs").toString());
        settings.put("hub.data-dir", home.resolve("data").toString());
        return settings;
    }

    @Override
    public void stop() {
        database.stop();
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
