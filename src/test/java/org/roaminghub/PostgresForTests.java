package org.roaminghub;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real PostgreSQL for tests in this JVM, thrown away afterwards. */
public class PostgresForTests implements QuarkusTestResourceLifecycleManager {
    private EmbeddedPostgres server;

    /** Where the partner file of the tests' backend finds the URL that it takes commands at. */
    public static final Path COMMANDS_URL = Path.of("target", "bolt-commands-url");

    @Override
    public Map<String, String> start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(Path.of("target", "postgresql").toAbsolutePath().toFile())
                    .setLocaleConfig("locale-provider", "builtin").setLocaleConfig("builtin-locale", "C.UTF-8").setLocaleConfig("locale", "C.UTF-8")
                    .setServerConfig("max_connections", "120")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(COMMANDS_URL, "http://127.0.0.1:" + freePort() + "/commands");
        // Partners walk the URLs they are given, so the port must be known before the hub starts.
        int port = freePort();
        return Map.of(
                "quarkus.http.test-port", Integer.toString(port),
                "hub.public-url", "http://localhost:" + port,
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                "quarkus.datasource.username", "postgres",
                "hub.data-dir", "target/test-data",
                "hub.partner-configs", "src/test/resources/partner-configs");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
