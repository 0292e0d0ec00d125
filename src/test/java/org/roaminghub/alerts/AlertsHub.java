package org.roaminghub.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.roaminghub.PostgresForTests;

/** A hub that looks once a second and tells a webhook. */
public class AlertsHub extends PostgresForTests {
    static final String ADMIN_PASSWORD = "admin-of-the-alerts";
    static final String SECRET = "secret-of-the-webhook";
    /** Where the tests find the port of the webhook, which must be known before the hub starts. */
    static final Path PORT = Path.of("target", "alerts-webhook-port");

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        try (ServerSocket socket = new ServerSocket(0)) {
            Files.writeString(PORT, Integer.toString(socket.getLocalPort()));
            settings.put("hub.alerts.webhook.url", "http://127.0.0.1:" + socket.getLocalPort() + "/hook");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("hub.alerts.webhook.secret", SECRET);
        settings.put("hub.alerts.every", "1s");
        settings.put("hub.admin-password", ADMIN_PASSWORD);
        return settings;
    }
}
