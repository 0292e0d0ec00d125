package org.roaminghub.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.roaminghub.HubProcess;
import org.roaminghub.simulator.ChargingStation;
import org.roaminghub.simulator.CpoBackend;
import org.roaminghub.simulator.EmspPlatform;
import org.roaminghub.simulator.EmspSettings;
import org.roaminghub.simulator.Received;
import org.roaminghub.simulator.Sites;

/**
 * Figures as ratios against a baseline taken in the same run ({@code docs/performance.md}). Started by {@code ./mvnw verify -Pbench};
 * prints, and fails only when it cannot measure: machines are noisy, people judge.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HubBenchmark {
    private static final int CONNECTIONS = 32;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration WARM = Duration.ofSeconds(20);
    private static final int PARTNERS = 5;
    private static final int EVENTS_PER_SECOND = 200;
    /** Long enough for the compiler to have seen the whole way. */
    private static final int WARM_SECONDS = 40;
    private static final int LATENCY_SECONDS = 20;
    private static final int STATIONS = 200;
    private static final int LOCATIONS = 10_000;
    private static final int EVSES = 3;
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final String BEARER = "Bearer acme-secret";

    private final ObjectMapper json = new ObjectMapper();
    private final List<EmspPlatform> platforms = new ArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong lastDeliveries = new AtomicLong();
    private HubProcess hub;
    private LoadClient load;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        Map<String, String> environment = new java.util.HashMap<>(Map.of("ACME_TOKEN", "acme-secret", "BULK_TOKEN", "bulk-secret", "READER_TOKEN_A", "reader-a"));
        StringBuilder files = new StringBuilder("""
                partner: acme
                name: ACME
                parties: [ { role: CPO, country_code: NL, party_id: ACM, name: ACME } ]
                backend: { token: "${env:ACME_TOKEN}" }
                ---
                partner: bulk
                name: Bulk
                parties: [ { role: CPO, country_code: NL, party_id: BLK, name: Bulk } ]
                backend: { token: "${env:BULK_TOKEN}" }
                ---
                partner: reader
                name: Reader
                parties: [ { role: EMSP, country_code: DE, party_id: RDR, name: Reader } ]
                ocpi: { registration: { token_a: "${env:READER_TOKEN_A}" } }
                agreements: [ { with: NL*BLK } ]
                delivery: { mode: { locations: pull-only, tariffs: pull-only, sessions: pull-only, cdrs: pull-only } }
                """);
        for (int number = 0; number < PARTNERS; number++) {
            environment.put("P" + number, "token-a-" + number);
            files.append("""
                    ---
                    partner: p%1$d
                    name: Partner %1$d
                    parties: [ { role: EMSP, country_code: DE, party_id: P%1$d0, name: Partner } ]
                    ocpi: { registration: { token_a: "${env:P%1$d}" } }
                    agreements: [ { with: NL*ACM } ]
                    delivery: { rate_per_second: 5000 }
                    """.formatted(number));
        }
        hub = new HubProcess(home, environment);
        hub.partnerFile("bench.yaml", files.toString());
        hub.start();
        for (int number = 0; number < PARTNERS; number++) {
            EmspPlatform platform = new EmspPlatform(EmspSettings.of("DE", "P" + number + "0", "Partner " + number));
            platform.start(0);
            platform.register(hub.url() + "/ocpi/versions", "token-a-" + number);
            platforms.add(platform);
        }
        CpoBackend acme = new CpoBackend(hub.url(), "acme-secret");
        require(acme.putTariff(Sites.tariff("NL", "ACM", "STANDARD", LONG_AGO)).status() == 200);
        for (int place = 1; place <= STATIONS / 5; place++) {
            List<ChargingStation> stations = new ArrayList<>();
            for (int number = 0; number < 5; number++) {
                stations.add(new ChargingStation(station((place - 1) * 5 + number)));
            }
            require(acme.putLocation(Sites.location("NL", "ACM", place, stations, "STANDARD", LONG_AGO)).status() == 200);
        }
        load = new LoadClient(CONNECTIONS);
    }

    @AfterAll
    void stop() throws Exception {
        load.close();
        platforms.forEach(EmspPlatform::close);
        hub.close();
    }

    private static String station(int number) {
        return "CP-" + number;
    }

    @Test
    @Order(2)
    void eventsAcknowledgedAgainstPlainInserts() throws Exception {
        List<double[]> single = new ArrayList<>();
        List<double[]> hundred = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(hub.jdbcUrl())) {
            connection.createStatement().execute("create table bench_inbox (like inbox including all)");
        }
        acknowledge(1, WARM);
        acknowledge(100, WARM);
        for (int round = 0; round < ROUNDS; round++) {
            single.add(new double[] {acknowledge(1, ROUND), inserts(1)});
            hundred.add(new double[] {acknowledge(100, ROUND), inserts(100)});
        }
        report("(a) events acknowledged per second, single, against plain JDBC inserts", single, 0.5);
        report("(a) events acknowledged per second, in batches of 100, against plain JDBC inserts", hundred, 0.5);
    }

    private double acknowledge(int batch, Duration duration) throws InterruptedException {
        return batch * load.perSecond(duration, 202, number -> {
            StringBuilder body = new StringBuilder("[");
            for (int index = 0; index < batch; index++) {
                body.append(index == 0 ? "" : ",").append(status(ids.incrementAndGet()));
            }
            return new LoadClient.Call(HttpMethod.POST, hub.url() + "/backend/v1/events", Map.of("Authorization", BEARER, "Content-Type", "application/json"),
                    Buffer.buffer(body.append(']').toString()));
        });
    }

    /** A status that says nothing new: it is stored and folded like any other and changes no document. */
    private static String status(long id) {
        return """
                {"id":"bench-%d","type":"connector.status","station":"CP-%d","evse_id":1,"connector_id":1,"time":"2026-03-02T08:00:00Z",\
                "data":{"status":"Available","raw_status":"Available","error_code":"NoError"}}""".formatted(id, id % STATIONS);
    }

    private double inserts(int batch) throws Exception {
        AtomicLong rows = new AtomicLong();
        long end = System.nanoTime() + ROUND.toNanos();
        CountDownLatch done = new CountDownLatch(CONNECTIONS);
        for (int number = 0; number < CONNECTIONS; number++) {
            new Thread(() -> {
                try (Connection connection = DriverManager.getConnection(hub.jdbcUrl());
                        PreparedStatement insert = connection.prepareStatement("insert into bench_inbox (source, event_id, station, received_at, body, digest) values (?, ?, ?, now(), ?, ?)")) {
                    connection.setAutoCommit(false);
                    while (System.nanoTime() < end) {
                        for (int index = 0; index < batch; index++) {
                            long id = ids.incrementAndGet();
                            insert.setString(1, "acme");
                            insert.setString(2, "bench-" + id);
                            insert.setString(3, station((int) (id % STATIONS)));
                            insert.setString(4, status(id));
                            insert.setString(5, Long.toHexString(id));
                            insert.addBatch();
                        }
                        insert.executeBatch();
                        connection.commit();
                        rows.addAndGet(batch);
                    }
                } catch (java.sql.SQLException | java.io.IOException e) {
                    throw new IllegalStateException(e);
                } finally {
                    done.countDown();
                }
            }).start();
        }
        require(done.await(60, TimeUnit.SECONDS));
        return rows.get() / (ROUND.toNanos() / 1e9);
    }

    @Test
    @Order(1)
    void latencyFromEventToPartner() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> platforms.stream().allMatch(platform -> platform.locations().size() == STATIONS / 5));
        Map<String, Long> sentAt = new ConcurrentHashMap<>();
        run(WARM_SECONDS, "warm", new ConcurrentHashMap<>());
        platforms.forEach(platform -> platform.received().clear());
        run(LATENCY_SECONDS, "run", sentAt);
        Awaitility.await().atMost(Duration.ofSeconds(60)).during(Duration.ofSeconds(3)).until(this::deliveriesSoFar, deliveriesSoFar -> deliveriesSoFar == lastDeliveries.getAndSet(deliveriesSoFar));
        List<Long> latencies = new ArrayList<>();
        for (EmspPlatform platform : platforms) {
            for (Received delivery : deliveries(platform)) {
                Long sent = sentAt.get(delivery.object().substring(delivery.object().lastIndexOf('/') + 1) + delivery.json().path("status").asText() + delivery.json().path("last_updated").asText());
                if (sent != null) {
                    latencies.add(delivery.at().toEpochMilli() - sent);
                }
            }
        }
        latencies.sort(Long::compare);
        require(!latencies.isEmpty());
        System.out.printf("BENCH (b) event to partner at %d events/s, %d partners: %d deliveries of %d, p50 %d ms (target 50), p99 %d ms (target 500), max %d ms%n",
                EVENTS_PER_SECOND, PARTNERS, latencies.size(), sentAt.size() * PARTNERS, latencies.get(latencies.size() / 2), latencies.get(latencies.size() * 99 / 100),
                latencies.get(latencies.size() - 1));
    }

    private long deliveriesSoFar() {
        return platforms.stream().mapToLong(platform -> deliveries(platform).size()).sum();
    }

    private static List<Received> deliveries(EmspPlatform platform) {
        return platform.received().where(received -> received.module().equals("locations") && (received.method().equals("PATCH") || received.method().equals("PUT")));
    }

    /** Every station toggles between two statuses in turn; the time of each event is also the last_updated it must arrive with. */
    private void run(int seconds, String name, Map<String, Long> sentAt) throws Exception {
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        AtomicLong count = new AtomicLong();
        CountDownLatch done = new CountDownLatch(seconds * EVENTS_PER_SECOND);
        clock.scheduleAtFixedRate(() -> {
            long number = count.getAndIncrement();
            if (number >= (long) seconds * EVENTS_PER_SECOND) {
                return;
            }
            int station = (int) (number % STATIONS);
            boolean busy = number / STATIONS % 2 == 0;
            Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
            String event = """
                    [{"id":"%s-%d","type":"connector.status","station":"%s","evse_id":1,"connector_id":1,"time":"%s","received_at":"%s","data":{"status":"%s"}}]"""
                    .formatted(name, number, station(station), millis(now), millis(now), busy ? "Preparing" : "Available");
            sentAt.put("LOC-%d-%d".formatted(station / 5 + 1, station % 5 + 1) + (busy ? "CHARGING" : "AVAILABLE") + org.roaminghub.ocpi.OcpiTime.format(now), System.currentTimeMillis());
            http.sendAsync(HttpRequest.newBuilder(URI.create(hub.url() + "/backend/v1/events")).header("Authorization", BEARER).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(event)).build(), HttpResponse.BodyHandlers.discarding()).whenComplete((answer, error) -> done.countDown());
        }, 0, 1_000_000 / EVENTS_PER_SECOND, TimeUnit.MICROSECONDS);
        require(done.await(seconds + 60L, TimeUnit.SECONDS));
        clock.shutdownNow();
    }

    private static String millis(Instant instant) {
        return java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(java.time.ZoneOffset.UTC).format(instant);
    }

    @Test
    @Order(3)
    void locationPagesAgainstABareEndpoint() throws Exception {
        fillLocations();
        EmspPlatform reader = new EmspPlatform(EmspSettings.of("DE", "RDR", "Reader"));
        reader.start(0);
        reader.register(hub.url() + "/ocpi/versions", "reader-a");
        String token = currentToken(reader);
        String first = hub.url() + "/ocpi/2.2.1/sender/locations?limit=50";
        List<String> pages = walk(first, token);
        String last = pages.get(pages.size() - 1);
        int port = freePort();
        Process bare = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                BareServer.class.getName(), hub.jdbcUrl(), Integer.toString(port)).inheritIO().start();
        try {
            String baseline = "http://127.0.0.1:" + port + "/?after=" + firstSerial();
            Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> get(baseline, "none").statusCode() == 200);
            require(json.readTree(get(baseline, "none").body()).path("data").size() == 50);
            require(json.readTree(get(last, token).body()).path("data").size() == 50);
            Map<String, String> authorization = Map.of("Authorization", token);
            read(first, authorization, WARM);
            read(last, authorization, ROUND);
            read(baseline, authorization, WARM);
            List<double[]> firstPage = new ArrayList<>();
            List<double[]> lastPage = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                double hubFirst = read(first, authorization, ROUND);
                firstPage.add(new double[] {hubFirst, read(baseline, authorization, ROUND)});
                lastPage.add(new double[] {read(last, authorization, ROUND), hubFirst});
            }
            report("(c) first page of 50 of " + LOCATIONS + " Locations per second, against a bare endpoint", firstPage, 0.7);
            report("(c) last page when walked by Link, against the first", lastPage, 0.9);
        } finally {
            bare.destroy();
            reader.close();
        }
    }

    private double read(String url, Map<String, String> headers, Duration duration) throws InterruptedException {
        return load.perSecond(duration, 200, number -> new LoadClient.Call(HttpMethod.GET, url, headers, null));
    }

    private void fillLocations() throws Exception {
        AtomicLong next = new AtomicLong();
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        CpoBackend bulk = new CpoBackend(hub.url(), "bulk-secret");
        require(bulk.putTariff(Sites.tariff("NL", "BLK", "STANDARD", LONG_AGO)).status() == 200);
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            Thread thread = new Thread(() -> {
                for (long place = next.incrementAndGet(); place <= LOCATIONS; place = next.incrementAndGet()) {
                    List<ChargingStation> stations = new ArrayList<>();
                    for (int evse = 0; evse < EVSES; evse++) {
                        stations.add(new ChargingStation("BULK-" + place + "-" + evse));
                    }
                    require(bulk.putLocation(Sites.location("NL", "BLK", (int) place, stations, "STANDARD", LONG_AGO)).status() == 200);
                }
            });
            thread.start();
            writers.add(thread);
        }
        for (Thread writer : writers) {
            writer.join();
        }
        try (Connection connection = DriverManager.getConnection(hub.jdbcUrl())) {
            connection.createStatement().execute("vacuum analyze");
        }
    }

    private List<String> walk(String first, String token) throws Exception {
        List<String> pages = new ArrayList<>();
        String url = first;
        while (url != null) {
            pages.add(url);
            url = get(url, token).headers().firstValue("Link").map(link -> link.substring(1, link.indexOf('>'))).orElse(null);
        }
        require(pages.size() == LOCATIONS / 50);
        return pages;
    }

    private HttpResponse<String> get(String url, String token) throws Exception {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", token).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The token the reader calls the hub with, as its own requests show it: read from GET credentials. */
    private static String currentToken(EmspPlatform reader) {
        JsonNode credentials = reader.get("credentials", "").data();
        return "Token " + Base64.getEncoder().encodeToString(credentials.path("token").asText().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private long firstSerial() throws Exception {
        return number("select min(serial) - 1 from document where module = 'locations' and owner = 'NL*BLK'");
    }

    private long number(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(hub.jdbcUrl()); java.sql.ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void report(String what, List<double[]> rounds, double target) {
        double[] ratios = rounds.stream().mapToDouble(round -> round[0] / round[1]).sorted().toArray();
        double[] measured = rounds.stream().mapToDouble(round -> round[0]).sorted().toArray();
        System.out.printf("BENCH %s: ratio %.2f (target %.2f; rounds %s), %.0f per second%n", what, ratios[ratios.length / 2], target,
                Arrays.toString(Arrays.stream(ratios).map(ratio -> Math.round(ratio * 100) / 100.0).toArray()), measured[measured.length / 2]);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the benchmark could not be set up; see the hub's log");
        }
    }
}
