package org.roaminghub.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.platform.HubSecrets;

/** The local users. Passwords are kept as bcrypt only; a login is remembered for a moment, under a keyed hash of it. */
@ApplicationScoped
class ConsoleUsers {
    /** So long a changed password or a removed user may still work on another replica. */
    private static final Duration REMEMBER = Duration.ofSeconds(30);
    /** Compared against when there is no such user, so that the time of the answer does not tell. */
    private static final String NOBODY = BcryptUtil.bcryptHash("nobody has this password");

    private final Jdbi jdbi;
    private final HubSecrets secrets;
    private final Clock clock;
    private final Cache<String, Login> logins = Caffeine.newBuilder().expireAfterWrite(REMEMBER).maximumSize(1_000).build();

    ConsoleUsers(Jdbi jdbi, HubSecrets secrets, Clock clock) {
        this.jdbi = jdbi;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A user as others see it. */
    record User(String name, String role, Instant createdAt) {
    }

    /** How a login ended: with a role, or with none when it was refused. */
    record Login(Optional<String> role) {
    }

    /** The answer to the same login a moment ago. Never blocks. */
    Optional<Login> remembered(String name, String password) {
        return Optional.ofNullable(logins.getIfPresent(key(name, password)));
    }

    /** Looks the user up and compares the password. Blocks, and takes as long as bcrypt takes. */
    Login login(String name, String password) {
        Optional<Stored> stored = jdbi.withHandle(handle -> handle.select("select role, password_hash from hub_user where name = ?", name)
                .map((row, context) -> new Stored(row.getString(1), row.getString(2))).findOne());
        boolean matches = BcryptUtil.matches(password, stored.map(Stored::hash).orElse(NOBODY));
        Login login = new Login(stored.filter(user -> matches).map(Stored::role));
        logins.put(key(name, password), login);
        return login;
    }

    private record Stored(String role, String hash) {
    }

    /** Creates a user. @return false when the name is taken */
    boolean create(String name, String role, String password) {
        boolean created = jdbi.withHandle(handle -> handle.execute("insert into hub_user (name, role, password_hash, created_at) values (?, ?, ?, ?) on conflict do nothing",
                name, role, BcryptUtil.bcryptHash(password), clock.instant().atOffset(ZoneOffset.UTC))) == 1;
        logins.invalidateAll();
        return created;
    }

    /** Gives a user another role and password. @return false when there is no such user */
    boolean change(String name, String role, String password) {
        boolean changed = jdbi.withHandle(handle -> handle.execute("update hub_user set role = ?, password_hash = ? where name = ?",
                role, BcryptUtil.bcryptHash(password), name)) == 1;
        logins.invalidateAll();
        return changed;
    }

    boolean exists(String name) {
        return jdbi.withHandle(handle -> handle.select("select 1 from hub_user where name = ?", name).mapTo(Integer.class).findOne()).isPresent();
    }

    /** Users in the order of their names, those after {@code after}. */
    List<User> list(String after, int limit) {
        return jdbi.withHandle(handle -> handle.select("select name, role, created_at from hub_user where name > ? order by name limit ?", after, limit)
                .map((row, context) -> new User(row.getString(1), row.getString(2), row.getObject(3, OffsetDateTime.class).toInstant())).list());
    }

    private String key(String name, String password) {
        return secrets.hash("login\0" + name + "\0" + password);
    }
}
