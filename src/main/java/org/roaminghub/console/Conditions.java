package org.roaminghub.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The where clause of a list: only what was asked for stands in it, so that the planner sees which index fits. Values are always bound. */
final class Conditions {
    private final List<String> parts = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    Conditions and(String sql, String name, Object value) {
        parts.add(sql);
        values.put(name, value);
        return this;
    }

    Conditions and(String sql) {
        parts.add(sql);
        return this;
    }

    Conditions with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    String where() {
        return parts.isEmpty() ? "" : " where " + String.join(" and ", parts);
    }

    /** To be appended to conditions that are there anyway. */
    String more() {
        return parts.isEmpty() ? "" : " and " + String.join(" and ", parts);
    }

    Query query(Handle handle, String sql) {
        Query query = handle.createQuery(sql);
        values.forEach(query::bind);
        return query;
    }
}
