package org.roaminghub;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged hub as a process of its own, which can be killed the hard way and started again on the same data. */
final class HubProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);

    private final Path home;
    private final int port;
    private final Map<String, String> environment = new HashMap<>();
    private Process process;

    HubProcess(Path home, Map<String, String> environment) throws IOException {
        this.home = home;
        try (ServerSocket socket = new ServerSocket(0)) {
            this.port = socket.getLocalPort();
        }
        this.environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        this.environment.put("HUB_PUBLIC_URL", url());
        this.environment.put("HUB_DATA_DIR", home.resolve("data").toString());
        this.environment.put("HUB_PARTNER_CONFIGS", home.resolve("partner-configs").toString());
        this.environment.put("HUB_ALLOW_PRIVATE_ADDRESSES", "true");
        this.environment.putAll(environment);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Writes a partner file. */
    void partnerFile(String name, String yaml) throws IOException {
        Files.createDirectories(home.resolve("partner-configs"));
        Files.writeString(home.resolve("partner-configs").resolve(name), yaml);
    }

    void start() throws IOException {
        Files.createDirectories(home);
        ProcessBuilder builder = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-jar", Path.of(System.getProperty("packaged-hub.jar")).toAbsolutePath().toString()));
        builder.environment().putAll(environment);
        builder.directory(home.toFile());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log()));
        process = builder.start();
        Awaitility.await("the hub is ready, see " + log()).atMost(START).pollInterval(Duration.ofMillis(200)).until(this::isReady);
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the hub ended with " + process.exitValue() + ", see " + log());
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/q/health/ready")).timeout(Duration.ofSeconds(2)).build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code kill -9}: no hook, no flush. The embedded PostgreSQL outlives it, as it would in the field. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    File log() {
        return home.resolve("hub.log").toFile();
    }

    @Override
    public void close() throws InterruptedException {
        if (process == null) {
            return;
        }
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
