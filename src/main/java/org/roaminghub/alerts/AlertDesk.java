package org.roaminghub.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** What people do with alerts. None of it changes what a rule finds: an alert clears only when its cause is gone. */
@ApplicationScoped
public class AlertDesk {
    private final Jdbi jdbi;

    AlertDesk(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Somebody has seen it. A silence ends with it. @return false when there is no such live alert */
    public boolean acknowledge(long id, String user) {
        return update("update alert set state = 'ACKNOWLEDGED', acknowledged_by = ?, silenced_until = null where id = ? and state <> 'CLEARED'", user, id);
    }

    /** It is somebody's business now. @return false when there is no such live alert */
    public boolean assign(long id, String user) {
        return update("update alert set assigned_to = ? where id = ? and state <> 'CLEARED'", user, id);
    }

    /** It is not shown as open until then; it comes back when it is still found. @return false when there is no such live alert */
    public boolean silence(long id, Instant until) {
        return update("update alert set state = 'SILENCED', silenced_until = ? where id = ? and state <> 'CLEARED'", Thresholds.utc(until), id);
    }

    private boolean update(String sql, Object... arguments) {
        return jdbi.withHandle(handle -> handle.execute(sql, arguments)) == 1;
    }
}
