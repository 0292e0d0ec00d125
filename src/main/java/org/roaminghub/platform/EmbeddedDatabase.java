package org.roaminghub.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL of the hub's own, in the data folder, for those who give no database. Unlike the test tool it is built on, it
 * is durable: {@code fsync} and {@code synchronous_commit} are on and nothing is cleaned. One hub per folder, guarded by a
 * file lock that the operating system releases even after {@code kill -9}; a server that outlived such a kill is stopped
 * before a new one starts, so that its settings are always the ones written here.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class);
    /** Held here, because a level set on a logger nobody holds is forgotten. It reports every line of initdb as news. */
    private static final java.util.logging.Logger CHATTER = java.util.logging.Logger.getLogger("io.zonky");
    private static final Duration STOP_WAIT = Duration.ofSeconds(60);
    private static final Duration START_WAIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;
    private final FileChannel lockFile;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres server, FileChannel lockFile, String password) {
        this.server = server;
        this.lockFile = lockFile;
        this.password = password;
    }

    /**
     * Starts the server of this data folder and waits until it answers.
     *
     * @throws DatabaseStartFailed with a message for the person at the terminal
     */
    public static EmbeddedDatabase start(Path dataDir) {
        CHATTER.setLevel(java.util.logging.Level.WARNING);
        try {
            Path home = Files.createDirectories(dataDir.toAbsolutePath().normalize());
            FileChannel lockFile = lock(home);
            stopOrphan(home.resolve("postgresql"));
            String password = SecretFile.readOrGenerate(home.resolve("postgresql.secret"), HubSecrets::newToken);
            EmbeddedPostgres server = startServer(home, password);
            demandPassword(server, home.resolve("postgresql").resolve("pg_hba.conf"), password);
            return new EmbeddedDatabase(server, lockFile, password);
        } catch (IOException | SQLException | IllegalStateException e) {
            throw new DatabaseStartFailed("The embedded PostgreSQL did not start: " + e.getMessage()
                    + ". If this machine lets root start no PostgreSQL, run the hub as an ordinary user"
                    + " or set QUARKUS_DATASOURCE_JDBC_URL to a PostgreSQL 15 or newer.", e);
        }
    }

    /** JDBC URL of the hub's database. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    /** Password of the database's user {@code postgres}. */
    public String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        server.close();
        lockFile.close();
    }

    private static EmbeddedPostgres startServer(Path home, String password) throws IOException {
        Path binaries = Files.createDirectories(home.resolve("pgbin"));
        restrict(binaries);
        return EmbeddedPostgres.builder()
                .setDataDirectory(home.resolve("postgresql"))
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setPort(freePort())
                .setConnectConfig("password", password)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_WAIT)
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "120")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("timezone", "UTC")
                .start();
    }

    /** A new cluster trusts every user of this machine; from here on it asks for the password. */
    private static void demandPassword(EmbeddedPostgres server, Path rules, String password) throws IOException, SQLException {
        String wanted = "host all all 127.0.0.1/32 scram-sha-256\n";
        if (Files.readString(rules).equals(wanted)) {
            return;
        }
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            // The password is our own, made of letters, digits, - and _.
            statement.execute("alter role postgres password '" + password + "'");
            Files.writeString(rules, wanted);
            statement.execute("select pg_reload_conf()");
        }
    }

    private static FileChannel lock(Path home) throws IOException {
        FileChannel channel = FileChannel.open(home.resolve("hub.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new IllegalStateException("another hub is running on " + home);
        }
        return channel;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** After {@code kill -9} of the hub its PostgreSQL lives on; holding the folder's lock we know that it serves nobody. */
    private static void stopOrphan(Path cluster) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> orphan = lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.get(0).trim()));
        if (orphan.isEmpty() || !isPostgres(orphan.get())) {
            return;
        }
        LOG.infof("Stopping the PostgreSQL (process %d) that an earlier hub left behind", orphan.get().pid());
        orphan.get().destroy();
        try {
            orphan.get().onExit().get(STOP_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while stopping the old PostgreSQL", e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the PostgreSQL process " + orphan.get().pid()
                    + " of an earlier hub does not stop; stop it by hand", e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(command -> command.contains("postgres")).orElse(false);
    }

    private static void restrict(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The embedded PostgreSQL cannot be started; the message says what to do. */
    public static final class DatabaseStartFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseStartFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
