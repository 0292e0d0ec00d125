package org.roaminghub.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.partners.Connections;
import org.roaminghub.partners.Connections.Agreed;
import org.roaminghub.platform.HubSettings;
import org.roaminghub.simulator.CpoPlatform;

/** A CPO platform on loopback and the words of the tests that let the hub pull from it. */
abstract class PullScene {
    static final Duration SOON = Duration.ofSeconds(30);
    static final String MORNING = "2026-03-02T08:00:00Z";
    static final String NOON = "2026-03-02T12:00:00Z";

    @Inject
    Pulls pulls;
    @Inject
    Connections connections;
    @Inject
    Partners221 partners;
    @Inject
    HubSettings settings;
    @Inject
    Jdbi jdbi;

    final CpoPlatform cpo = new CpoPlatform();
    String partner;

    @BeforeEach
    void asIfNobodyHadEverRegistered() {
        List.of("puller", "pulled", "pulled-two", "pulled-offsets", "pulled-links", "pulled-bisect", "pulled-kept").forEach(partners::forget);
        await().atMost(SOON).until(() -> count("select count(*) from pull where partner like 'pull%' and (active or lease is not null)") == 0);
        jdbi.useHandle(handle -> {
            handle.execute("delete from pull where partner like 'pull%'");
            handle.execute("delete from pull_missing");
            handle.execute("delete from pull_fault");
            handle.execute("delete from evse where owner like 'NL*PU_'");
            handle.execute("delete from feed where owner like 'NL*PU_' or owner = 'DE*PUE'");
            handle.execute("delete from document where owner like 'NL*PU_' or owner = 'DE*PUE'");
            handle.execute("delete from cdr_handover where owner like 'NL*PU_'");
        });
    }

    @AfterEach
    void close() {
        List.of("puller", "pulled", "pulled-two", "pulled-offsets", "pulled-links", "pulled-bisect", "pulled-kept").forEach(partners::forget);
        cpo.close();
    }

    void registered(String name, String... modules) {
        register(name, modules);
        Arrays.stream(modules).forEach(module -> ended(module, ownerOf(name)));
    }

    void register(String name, String... modules) {
        partner = name;
        connections.registered(new Agreed(name, "live-token-of-" + name, cpo.token(), cpo.url("/ocpi/versions"), "2.2.1", cpo.endpoints(modules),
                JsonNodeFactory.instance.arrayNode()), null);
    }

    static String ownerOf(String name) {
        return Map.of("pulled", "PU1", "pulled-two", "PU2", "pulled-offsets", "PU3", "pulled-links", "PU4", "pulled-bisect", "PU5", "pulled-kept", "PU6").get(name);
    }

    /** Waits for the end of what was asked for. */
    void ended(String module, String party) {
        await().atMost(SOON).until(() -> count("select count(*) from pull where partner = '" + partner + "' and module = '" + module
                + "' and party like '%" + party.substring(party.length() - 3)
                + "' and wanted is null and state = 'DONE' and lease is null") == 1);
    }

    void again(String module, boolean full, String party) {
        pulls.request(partner, ModuleId.of(module), full);
        ended(module, party);
    }

    void push(ObjectNode tariff) {
        String path = "receiver/tariffs/NL/" + tariff.path("party_id").asText() + "/" + tariff.path("id").asText();
        assertThat(Platform.withToken("live-token-of-" + partner).put(path, tariff).code()).isEqualTo(1000);
    }

    Map<String, Object> row(String module, String party) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from pull where partner = :partner and module = :module and party like '%' || :party")
                .bind("partner", partner).bind("module", module).bind("party", party).mapToMap().findOne().orElse(Map.of()));
    }

    long count(String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    List<String> stored(String module, String owner) {
        return texts("select id from document where module = '" + module + "' and owner = '" + owner + "' and not deleted order by serial");
    }

    List<String> faults() {
        return texts("select object || ' ' || reason from pull_fault order by object");
    }

    List<String> missing() {
        return texts("select object || ' ' || (acted_at is not null) from pull_missing order by object");
    }

    List<String> statuses() {
        return texts("select location || '/' || uid || ' ' || status from evse where owner = 'NL*PU1' order by 1");
    }

    List<String> places() {
        return texts("select module || object || seq from feed where owner = 'NL*PU1' order by 1");
    }

    String body(String module, String id) {
        return texts("select body from document where owner = 'NL*PU1' and module = '" + module + "' and id = '" + id + "'").get(0);
    }

    List<String> texts(String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    void tariffs(String party, String prefix, int number) {
        for (int index = 0; index < number; index++) {
            cpo.tariffs().put(of(party, Bodies.tariff(prefix + index, MORNING)));
        }
    }

    static ObjectNode location(String party, String id, String updated) {
        return of(party, Bodies.location(id, updated));
    }

    /** A body of {@link Bodies} as another party's, for a card of the eMSP of these tests. */
    static ObjectNode of(String party, ObjectNode body) {
        if (body.path("cdr_token") instanceof ObjectNode token) {
            token.put("party_id", "PUE");
        }
        return body.put("party_id", party);
    }

    static ObjectNode token(String uid) {
        return Bodies.token(uid, MORNING).put("party_id", "PUE");
    }

    static Instant at(Map<String, Object> row, String column) {
        return ((java.sql.Timestamp) row.get(column)).toInstant();
    }

    static void hold(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
