package org.roaminghub.console;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.roaminghub.platform.HubSettings;

/**
 * The user {@code admin}: created at the first start, and given the password of {@code HUB_ADMIN_PASSWORD} whenever that is set, which
 * is also the way back in when a generated one is lost.
 */
@ApplicationScoped
class FirstUser {
    private static final Logger LOG = Logger.getLogger(FirstUser.class);
    private static final String ADMIN = "admin";
    private static final int PASSWORD_BYTES = 15;

    private final HubSettings settings;
    private final ConsoleUsers users;
    private final AtomicReference<String> generated = new AtomicReference<>();

    FirstUser(HubSettings settings, ConsoleUsers users) {
        this.settings = settings;
        this.users = users;
    }

    void create(@Observes @Priority(100) StartupEvent event) {
        String given = settings.adminPassword().filter(password -> !password.isBlank()).orElse(null);
        String password = given == null ? newPassword() : given;
        boolean created = users.create(ADMIN, Roles.ADMIN, password);
        if (created && given == null) {
            generated.set(password);
        }
        if (!created && given != null && users.login(ADMIN, given).role().isEmpty()) {
            users.change(ADMIN, Roles.ADMIN, given);
            LOG.info("The password of the user admin is now the one in HUB_ADMIN_PASSWORD");
        }
    }

    /** Printed when the port is open, so that the URL can be opened at once. */
    void announce(@ObservesAsync HttpServerStart started) {
        String url = url(started.options().getPort());
        String password = generated.getAndSet(null);
        if (password == null) {
            LOG.infof("Console: %s", url);
            return;
        }
        // Not through the log: a log file is kept, this line is for the person at the terminal.
        System.out.printf("%n==========================================================================================%n"
                + "  Console: %s  user %s  password %s%n"
                + "  This password is shown only now. HUB_ADMIN_PASSWORD sets another one at the next start.%n"
                + "==========================================================================================%n%n", url, ADMIN, password);
        System.out.flush();
    }

    /** On one's own machine the port that was really opened says more than the default public URL. */
    private String url(int port) {
        boolean local = "localhost".equals(settings.publicUrl().getHost());
        return local ? "http://localhost:" + port + "/" : settings.publicUrl().toString().replaceAll("/+$", "") + "/";
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
