package org.roaminghub.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads held objects. */
@ApplicationScoped
class HeldRows {
    private static final String SELECT = """
            select h.object, h.attempts, h.next_attempt_at, h.since, h.reason, h.http_status, h.ocpi_status, l.id as lane, l.partner, l.module, l.owner
            from held h join lane l on l.id = h.lane""";

    /** Held objects of one lane in the order of their keys. */
    List<HeldItem> ofLane(Handle handle, long lane, String after, int rows, boolean clear) {
        return handle.createQuery(SELECT + " where h.lane = :lane and h.object > :after order by h.object limit :rows")
                .bind("lane", lane).bind("after", after).bind("rows", rows).map((row, context) -> item(row, clear)).list();
    }

    /** Those held most recently, over all lanes, tokens masked. */
    List<HeldItem> newest(Handle handle, int rows) {
        return handle.createQuery(SELECT + " order by h.since desc limit :rows").bind("rows", rows).map((row, context) -> item(row, false)).list();
    }

    long count(Handle handle) {
        return handle.createQuery("select count(*) from held").mapTo(Long.class).one();
    }

    /** The key under which an object is held, from the way people write it: with or without its owner, in any case. */
    Optional<String> key(Handle handle, LaneItem lane, String object) {
        String ownerPrefix = lane.owner() + "/";
        String bare = object.regionMatches(true, 0, ownerPrefix, 0, ownerPrefix.length()) ? object.substring(ownerPrefix.length()) : object;
        return handle.createQuery("select object from held where lane = :lane and upper(object) = upper(:object)")
                .bind("lane", lane.id()).bind("object", bare).mapTo(String.class).findFirst();
    }

    private static HeldItem item(ResultSet row, boolean clear) throws SQLException {
        String module = row.getString("module");
        return new HeldItem(row.getString("object"), TokenMask.object(module, row.getString("owner") + "/" + row.getString("object"), clear), module, row.getInt("attempts"),
                ListQuery.instant(row.getObject("next_attempt_at", OffsetDateTime.class)), ListQuery.instant(row.getObject("since", OffsetDateTime.class)),
                row.getString("reason"), row.getObject("http_status", Integer.class), row.getObject("ocpi_status", Integer.class), row.getLong("lane"), row.getString("partner"));
    }
}
