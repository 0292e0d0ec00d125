package org.roaminghub.charging.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.EventOrder;

/**
 * Everything the fold knows of one charging station between two events. Stored as JSON after each commit; a restart
 * between any two events changes nothing.
 *
 * @param source        the backend
 * @param last          place of the last event folded, null before the first
 * @param firmware      of the last boot, null if unknown
 * @param numbered      the station numbers its transaction events, as 2.0.1 does
 * @param connectors    by {@code evse/connector}; {@code 0/0} is the station itself
 * @param evseStatuses  OCPI status by EVSE number
 * @param sessions      in the order in which they were opened
 * @param quarantine    events without a transaction, oldest first; the oldest are forgotten beyond a limit
 * @param tombstones    sessions that were dropped, so that late events do not open them again
 * @param recentEvents  ids to tell a repetition, a limited number
 * @param flags         remarks about the station and its connectors; those of sessions stand there
 */
public record StationState(
        String source, String station, EventOrder.Key last, String firmware, boolean numbered,
        SortedMap<String, ConnectorState> connectors, SortedMap<Integer, EvseStatus> evseStatuses,
        List<SessionState> sessions, List<QuarantinedEvent> quarantine, List<Tombstone> tombstones,
        List<RecentEvent> recentEvents, SortedSet<String> flags) {

    static final int MOST_TOMBSTONES = 200;

    public StationState {
        connectors = Collections.unmodifiableSortedMap(connectors);
        evseStatuses = Collections.unmodifiableSortedMap(evseStatuses);
        sessions = List.copyOf(sessions);
        quarantine = List.copyOf(quarantine);
        tombstones = List.copyOf(tombstones);
        recentEvents = List.copyOf(recentEvents);
        flags = Collections.unmodifiableSortedSet(flags);
    }

    /** An event that waits for its transaction; {@code event} is its JSON text. */
    public record QuarantinedEvent(String eventId, String flag, String event) {}

    /** What is left of a dropped session. */
    public record Tombstone(String sessionKey, List<String> transactionIds, List<String> startKeys) {
        public Tombstone {
            transactionIds = List.copyOf(transactionIds);
            startKeys = List.copyOf(startKeys);
        }
    }

    /** An event seen lately. @param content hash of what it said */
    public record RecentEvent(String id, String content, Instant receivedAt) {}

    /** A station of which nothing is known yet. */
    public static StationState empty(String source, String station) {
        return new StationState(source, station, null, null, false, new TreeMap<>(), new TreeMap<>(),
                List.of(), List.of(), List.of(), List.of(), new TreeSet<>());
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if the text is not a station state
     */
    public static StationState fromJson(String text) {
        return StateJson.read(text);
    }

    public String toJson() {
        return StateJson.write(this);
    }

    public Optional<SessionState> session(String sessionKey) {
        return sessions.stream().filter(session -> session.key().equals(sessionKey)).findFirst();
    }

    /**
     * True if the event sorts before one that is already folded: the shell must fold the station's window again from an
     * older state (event-model.md, section 6), because applying it now could give other sessions.
     */
    public boolean isBehind(ChargingEvent event) {
        return last != null && EventOrder.keyOf(event).compareTo(last) < 0;
    }

    /**
     * Drops finished sessions that nothing has touched since. What remains of each is enough to ignore late events.
     *
     * @param before receipt time; sessions with a later event stay
     */
    public StationState withoutFinal(Instant before) {
        List<SessionState> kept = new ArrayList<>();
        List<Tombstone> buried = new ArrayList<>(tombstones);
        for (SessionState session : sessions) {
            if (session.isOpen() || !session.lastReceivedAt().isBefore(before)) {
                kept.add(session);
                continue;
            }
            List<String> transactionIds = new ArrayList<>(session.aliases());
            if (session.transactionId() != null) {
                transactionIds.add(0, session.transactionId());
            }
            buried.add(new Tombstone(session.key(), transactionIds, session.startKeys()));
        }
        int surplus = Math.max(0, buried.size() - MOST_TOMBSTONES);
        return new StationState(source, station, last, firmware, numbered, connectors, evseStatuses, kept,
                quarantine, buried.subList(surplus, buried.size()), recentEvents, flags);
    }
}
