package org.roaminghub.charging.fold;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaminghub.charging.fold.StationState.QuarantinedEvent;
import org.roaminghub.charging.fold.StationState.RecentEvent;
import org.roaminghub.charging.fold.StationState.Tombstone;
import org.roaminghub.ocpp.CanonicalText;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.Envelope;
import org.roaminghub.ocpp.EventOrder;

/** A station while events are applied to it. */
final class StationDraft {
    private static final int MOST_RECENT_EVENTS = 32;
    private static final int MOST_QUARANTINED = 100;

    final String source;
    final String station;
    final TreeMap<String, ConnectorState> connectors;
    final TreeMap<Integer, EvseStatus> evseStatuses;
    final List<Effect> effects = new ArrayList<>();
    final Map<String, RecentEvent> recentEvents = new LinkedHashMap<>();
    String firmware;
    boolean numbered;
    private EventOrder.Key last;
    private final Map<String, SessionState> sessions = new LinkedHashMap<>();
    private final Map<String, SessionDraft> touched = new LinkedHashMap<>();
    private final List<QuarantinedEvent> quarantine;
    private final List<Tombstone> tombstones;
    private final SortedSet<String> flags;
    /** True once the event at hand has put its remarks on a session, or waits in quarantine with them. */
    private boolean remarksPlaced;

    StationDraft(StationState state) {
        source = state.source();
        station = state.station();
        last = state.last();
        firmware = state.firmware();
        numbered = state.numbered();
        connectors = new TreeMap<>(state.connectors());
        evseStatuses = new TreeMap<>(state.evseStatuses());
        state.sessions().forEach(session -> sessions.put(session.key(), session));
        quarantine = new ArrayList<>(state.quarantine());
        tombstones = state.tombstones();
        state.recentEvents().forEach(event -> recentEvents.put(event.id(), event));
        flags = new TreeSet<>(state.flags());
    }

    String sessionKey(String startKey) {
        return source + '|' + station + '|' + startKey;
    }

    /** Opens a session; it counts as touched. */
    SessionDraft open(SessionState first) {
        SessionDraft draft = new SessionDraft(first);
        touched.put(first.key(), draft);
        return draft;
    }

    /** Puts an event's remarks on the session it belongs to. */
    void attach(SessionDraft session, Envelope envelope) {
        session.touch(envelope);
        envelope.flags().stream().filter(Flags::belongsToSession).forEach(session.flags::add);
        remarksPlaced = true;
    }

    /** The newest session that was given this transaction id; null if none. */
    SessionDraft byTransaction(String transactionId) {
        List<SessionDraft> all = byTransactionNewestFirst(transactionId);
        return all.isEmpty() ? null : all.get(0);
    }

    List<SessionDraft> byTransactionNewestFirst(String transactionId) {
        List<SessionDraft> found = new ArrayList<>(1);
        if (transactionId == null) {
            return found;
        }
        touched.values().stream().filter(session -> session.hasTransactionId(transactionId)).forEach(found::add);
        for (SessionState session : sessions.values()) {
            if (!touched.containsKey(session.key()) && session.hasTransactionId(transactionId)) {
                found.add(session(session.key()));
            }
        }
        found.sort((left, right) -> Integer.compare(ageOf(right), ageOf(left)));
        return found;
    }

    SessionDraft byStartKey(String startKey) {
        for (SessionDraft session : touched.values()) {
            if (session.startKeys.contains(startKey)) {
                return session;
            }
        }
        for (SessionState session : sessions.values()) {
            if (session.startKeys().contains(startKey)) {
                return session(session.key());
            }
        }
        return null;
    }

    /** The session with this key, or with this transaction id; null if none. */
    SessionDraft byKeyOrTransaction(String about) {
        return sessions.containsKey(about) ? session(about) : byTransaction(about);
    }

    /** Sessions on an EVSE in the order they were opened. */
    List<SessionDraft> onEvse(int evseId) {
        List<SessionDraft> found = new ArrayList<>(2);
        for (SessionState session : sessions.values()) {
            if (session.evseId() == evseId) {
                found.add(session(session.key()));
            }
        }
        touched.values().stream()
                .filter(session -> session.evseId == evseId && !sessions.containsKey(session.key))
                .forEach(found::add);
        return found;
    }

    /** The open session on an EVSE, the newest if there are several; null if none. */
    SessionState openOn(int evseId) {
        SessionState open = null;
        for (SessionState session : sessions.values()) {
            if (session.evseId() == evseId && session.isOpen()) {
                open = session;
            }
        }
        return open;
    }

    List<SessionState> openSessions() {
        return sessions.values().stream().filter(SessionState::isOpen).toList();
    }

    SessionDraft session(String key) {
        return touched.computeIfAbsent(key, wanted -> new SessionDraft(sessions.get(wanted)));
    }

    /** True for a session that was dropped: what still comes for it must not open it again. */
    boolean isBuried(String transactionId, String startKey) {
        return tombstones.stream().anyMatch(tombstone ->
                transactionId != null && tombstone.transactionIds().contains(transactionId)
                        || startKey != null && tombstone.startKeys().contains(startKey));
    }

    void quarantine(ChargingEvent event, String flag) {
        String id = event.envelope().id();
        quarantine.add(new QuarantinedEvent(id, flag, CanonicalText.of(event.toJson())));
        if (quarantine.size() > MOST_QUARANTINED) {
            quarantine.remove(0);
        }
        remarksPlaced = true;
        effects.add(new Effect.Quarantined(id, flag));
    }

    List<QuarantinedEvent> quarantined() {
        return List.copyOf(quarantine);
    }

    void release(QuarantinedEvent event) {
        quarantine.remove(event);
        effects.add(new Effect.Released(event.eventId()));
    }

    void raise(String flag, String eventId) {
        flags.add(flag);
        effects.add(new Effect.FlagRaised(flag, Flags.levelOf(flag), eventId, null));
    }

    void ignoreDuplicate(DuplicateKind kind, String eventId) {
        effects.add(new Effect.DuplicateIgnored(kind, eventId));
    }

    /** Writes what the event did to sessions, and its remarks that concern none. */
    void commit(Envelope envelope) {
        for (String flag : envelope.flags()) {
            if (!remarksPlaced || !Flags.belongsToSession(flag)) {
                raise(flag, envelope.id());
            }
        }
        remarksPlaced = false;
        for (SessionDraft session : touched.values()) {
            write(session, envelope.id());
        }
        touched.clear();
        EventOrder.Key key = new EventOrder.Key(envelope.receivedAt(), envelope.sourceSeq(), envelope.time(),
                envelope.type(), envelope.id());
        last = last == null || last.compareTo(key) < 0 ? key : last;
    }

    private void write(SessionDraft draft, String eventId) {
        SessionState before = sessions.get(draft.key);
        SessionState after = draft.toState();
        if (after.equals(before)) {
            return;
        }
        sessions.put(after.key(), after);
        effects.add(new Effect.SessionChanged(after.key(), eventId));
        for (String flag : after.flags()) {
            if (before == null || !before.flags().contains(flag)) {
                effects.add(new Effect.FlagRaised(flag, Flags.levelOf(flag), eventId, after.key()));
            }
        }
        if (!after.isOpen() && (before == null || before.status() != after.status())) {
            effects.add(new Effect.SessionFinished(after.key(), eventId));
        }
    }

    private int ageOf(SessionDraft wanted) {
        int age = 0;
        for (String key : sessions.keySet()) {
            if (key.equals(wanted.key)) {
                return age;
            }
            age++;
        }
        return age;
    }

    StationState toState() {
        List<RecentEvent> recent = new ArrayList<>(recentEvents.values());
        int surplus = Math.max(0, recent.size() - MOST_RECENT_EVENTS);
        return new StationState(source, station, last, firmware, numbered, connectors, evseStatuses,
                new ArrayList<>(sessions.values()), quarantine, tombstones,
                recent.subList(surplus, recent.size()), flags);
    }
}
