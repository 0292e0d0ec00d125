package org.roaminghub.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaminghub.HubProcess;
import org.roaminghub.modules.Bodies;
import org.roaminghub.simulator.Behaviour;
import org.roaminghub.simulator.EmspPlatform;
import org.roaminghub.simulator.EmspSettings;
import org.roaminghub.simulator.Received;

/** The packaged hub is killed in the middle of a pull and started again. */
class PullCrashIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int PAGES = 10;

    @TempDir
    Path home;

    @Test
    void aKilledHubGoesOnWithItsPage() throws Exception {
        HubProcess hub = new HubProcess(home, Map.of("ALPHA_TOKEN_A", "alpha-token-a", "ACME_BACKEND_TOKEN", "acme-secret"));
        hub.partnerFile("partners.yaml", """
                partner: alpha
                parties: [ { role: EMSP, country_code: DE, party_id: ALP, name: Alpha Mobility } ]
                ocpi: { registration: { token_a: "${env:ALPHA_TOKEN_A}" } }
                agreements: [ { with: NL*ACM } ]
                delivery: { timeout: 1s }
                ---
                partner: acme-backend
                parties: [ { role: CPO, country_code: NL, party_id: ACM, name: ACME Charging } ]
                backend: { token: "${env:ACME_BACKEND_TOKEN}" }
                """);
        try (EmspPlatform alpha = new EmspPlatform(EmspSettings.of("DE", "ALP", "Alpha Mobility").withPageLimit(2)); hub) {
            hub.start();
            alpha.start(0);
            for (int number = 0; number < 2 * PAGES; number++) {
                alpha.addToken(Bodies.token("CARD%02d".formatted(number), "2026-03-02T08:00:00Z"));
            }
            alpha.behaviours().module("tokens", Behaviour.slow(Duration.ofMillis(500)));
            alpha.register(hub.url() + "/ocpi/versions", "alpha-token-a");
            await().atMost(SOON).until(() -> asked(alpha).size() >= 4);

            hub.kill();
            int before = asked(alpha).size();
            assertThat(before).as("the pull was in the middle").isLessThan(PAGES);
            hub.start();

            await().atMost(SOON).until(() -> tokens(hub) == 2 * PAGES);
            List<String> asked = asked(alpha);
            assertThat(asked.stream().distinct()).as("every page").hasSize(PAGES);
            assertThat(asked.size()).as("and only the one that was under way twice").isLessThanOrEqualTo(PAGES + 1);
        }
    }

    private static List<String> asked(EmspPlatform platform) {
        return platform.received().of("tokens", "GET").stream().map(Received::path).toList();
    }

    private static int tokens(HubProcess hub) throws Exception {
        try (Connection database = DriverManager.getConnection(hub.jdbcUrl());
                ResultSet count = database.createStatement().executeQuery("select count(*) from document where module = 'tokens'")) {
            count.next();
            return count.getInt(1);
        }
    }
}
