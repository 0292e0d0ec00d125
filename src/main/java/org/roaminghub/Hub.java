package org.roaminghub;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.Application;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.roaminghub.platform.EmbeddedDatabase;

/** Starts the hub, with a PostgreSQL of its own when none is configured (design decision D10). */
@QuarkusMain
public class Hub {
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";

    private Hub() {
    }

    public static void main(String... args) {
        if (!databaseGiven()) {
            startEmbeddedDatabase();
        }
        Quarkus.run(args);
    }

    private static boolean databaseGiven() {
        return System.getProperty(JDBC_URL) != null || System.getenv("QUARKUS_DATASOURCE_JDBC_URL") != null;
    }

    private static void startEmbeddedDatabase() {
        String dataDir = Optional.ofNullable(System.getProperty("hub.data-dir"))
                .or(() -> Optional.ofNullable(System.getenv("HUB_DATA_DIR")))
                .orElse("./data");
        try {
            EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(dataDir));
            System.setProperty(JDBC_URL, database.jdbcUrl());
            System.setProperty("quarkus.datasource.username", "postgres");
            System.setProperty("quarkus.datasource.password", database.password());
            // Not the server's own hook: that one would pull PostgreSQL away from under a hub that is still draining.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAfterTheHub(database), "embedded-postgresql-stop"));
        } catch (EmbeddedDatabase.DatabaseStartFailed e) {
            Logger.getLogger(Hub.class).fatal(e.getMessage(), e.getCause());
            System.exit(1);
        }
    }

    private static void stopAfterTheHub(EmbeddedDatabase database) {
        Application running = Application.currentApplication();
        if (running != null) {
            running.awaitShutdown();
        }
        try {
            database.close();
        } catch (IOException e) {
            Logger.getLogger(Hub.class).error("The embedded PostgreSQL did not stop cleanly", e);
        }
    }
}
