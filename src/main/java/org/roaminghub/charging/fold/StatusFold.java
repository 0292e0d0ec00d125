package org.roaminghub.charging.fold;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.roaminghub.ocpp.CanonicalStatus;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.ChargingState;
import org.roaminghub.ocpp.Envelope;

/**
 * Words of connectors, and the status that follows from word and transaction (status-mapping.md). A word never opens a
 * session and ends one only provisionally.
 */
final class StatusFold {
    private static final String STATION = ConnectorState.key(0, 0);

    private StatusFold() {}

    static void apply(StationDraft draft, ChargingEvent.ConnectorStatusReported event) {
        Envelope envelope = event.envelope();
        boolean halfAddressed = (envelope.evseId() == 0) != (envelope.connectorId() == 0);
        boolean harmless = event.status() == CanonicalStatus.FAULTED && envelope.hasFlag(Flags.FAULT_NON_BLOCKING);
        if (halfAddressed || harmless || envelope.evseId() == 0 && !isWordOfStation(event.status())) {
            return; // rows S20-18, S16-21, S16-34
        }
        String key = ConnectorState.key(envelope.evseId(), envelope.connectorId());
        ConnectorState before = draft.connectors.getOrDefault(
                key, ConnectorState.neverHeard(envelope.evseId(), envelope.connectorId()));
        SessionState session = draft.openOn(envelope.evseId());
        boolean unknownInUse = event.status() == CanonicalStatus.UNKNOWN && session != null;
        boolean endsSession = event.status() == CanonicalStatus.AVAILABLE && session != null
                && session.status() == SessionStatus.ACTIVE && !session.speaksForItself();
        if (unknownInUse || endsSession && envelope.receivedAt().isBefore(session.lastReceivedAt())) {
            return; // rows X16-06 and S20-19, S16-03
        }
        if (!endsSession && saysTheSame(before, event)) {
            draft.ignoreDuplicate(DuplicateKind.STATUS, envelope.id());
            return;
        }
        draft.connectors.put(key, withWord(before, event));
        if (session != null) {
            tellSession(draft.session(session.key()), event, endsSession);
        }
    }

    /** Other words make no sense for a controller (row S16-34). */
    private static boolean isWordOfStation(CanonicalStatus status) {
        return status == CanonicalStatus.AVAILABLE || status == CanonicalStatus.UNAVAILABLE
                || status == CanonicalStatus.FAULTED || status == CanonicalStatus.RESERVED;
    }

    private static boolean saysTheSame(ConnectorState before, ChargingEvent.ConnectorStatusReported event) {
        return before.reported() == event.status() && Objects.equals(before.rawStatus(), event.rawStatus())
                && Objects.equals(before.errorCode(), event.errorCode())
                && Objects.equals(before.vendorError(), event.vendorError());
    }

    private static void tellSession(
            SessionDraft session, ChargingEvent.ConnectorStatusReported event, boolean endsSession) {
        Envelope envelope = event.envelope();
        if (endsSession) {
            session.touch(envelope);
            session.endProvisionally(envelope.receivedAt());
            session.originates(Origin.Part.STOP, envelope);
            return;
        }
        ChargingState state = phaseOf(event.status());
        if (state == null || session.before().speaksForItself() || envelope.time().isBefore(session.start)) {
            return;
        }
        session.touch(envelope);
        session.addPhase(state, envelope.time());
    }

    /** In 1.6 only the connector tells what the car does; null where its word says nothing about that. */
    private static ChargingState phaseOf(CanonicalStatus status) {
        return switch (status) {
            case PREPARING -> ChargingState.EV_CONNECTED;
            case CHARGING -> ChargingState.CHARGING;
            case SUSPENDED_EV -> ChargingState.SUSPENDED_EV;
            case SUSPENDED_EVSE -> ChargingState.SUSPENDED_EVSE;
            case FINISHING -> ChargingState.IDLE;
            case AVAILABLE, OCCUPIED, RESERVED, UNAVAILABLE, FAULTED, OFFLINE, UNKNOWN -> null;
        };
    }

    /** Works out every status again after an event and tells the changes. */
    static void refresh(StationDraft draft, Envelope envelope) {
        List<ConnectorState> changed = new ArrayList<>();
        for (Map.Entry<String, ConnectorState> entry : draft.connectors.entrySet()) {
            ConnectorState connector = entry.getValue();
            StatusRules.Derived derived = derive(draft, connector);
            if (derived.status() != connector.status()) {
                ConnectorState after = withStatus(connector, derived, envelope);
                entry.setValue(after);
                changed.add(after);
            }
        }
        Set<Integer> changedEvses = refreshEvses(draft);
        for (ConnectorState connector : changed) {
            draft.effects.add(effect(draft, connector, connector.ruleId(), envelope));
            changedEvses.remove(connector.evseId());
        }
        for (int evseId : changedEvses) {
            // No connector of its own changed: the whole station did, or a transaction began or ended.
            ConnectorState any = connectorsOf(draft, evseId).get(0);
            draft.effects.add(effect(draft, any, overlayRule(draft, any), envelope));
        }
    }

    private static StatusRules.Derived derive(StationDraft draft, ConnectorState connector) {
        SessionState session = draft.openOn(connector.evseId());
        boolean itsOwn = session != null && !connector.isStation()
                && (session.connectorId() == connector.connectorId()
                || connectorsOf(draft, connector.evseId()).size() == 1);
        if (!itsOwn) {
            StatusRules.Use use = connector.afterSession() ? StatusRules.Use.AFTER : StatusRules.Use.NONE;
            return StatusRules.derive(
                    connector.reported(), connector.reportRuleId(), use, null, false, draft.numbered);
        }
        boolean afterEnergy = session.chargingPhases().stream()
                .anyMatch(phase -> phase.state() == ChargingState.CHARGING);
        return StatusRules.derive(connector.reported(), connector.reportRuleId(), StatusRules.Use.OPEN,
                session.chargingState(), afterEnergy, draft.numbered);
    }

    private static Set<Integer> refreshEvses(StationDraft draft) {
        Set<Integer> evses = new HashSet<>();
        draft.connectors.values().forEach(connector -> evses.add(connector.evseId()));
        evses.remove(0);
        Set<Integer> changed = new TreeSet<>();
        for (int evseId : evses) {
            EvseStatus status = evseStatus(draft, evseId);
            EvseStatus before = draft.evseStatuses.put(evseId, status);
            if (status != (before == null ? EvseStatus.UNKNOWN : before)) {
                changed.add(evseId);
            }
        }
        return changed;
    }

    private static EvseStatus evseStatus(StationDraft draft, int evseId) {
        boolean open = draft.openOn(evseId) != null;
        ConnectorState station = draft.connectors.get(STATION);
        if (!open && station != null) {
            if (station.status() == CanonicalStatus.UNAVAILABLE) {
                return EvseStatus.INOPERATIVE;
            }
            if (station.status() == CanonicalStatus.FAULTED) {
                return EvseStatus.OUTOFORDER;
            }
        }
        return StatusRules.ocpiOf(
                connectorsOf(draft, evseId).stream().map(ConnectorState::status).toList(), open);
    }

    private static String overlayRule(StationDraft draft, ConnectorState connector) {
        ConnectorState station = draft.connectors.get(STATION);
        if (station != null && station.status() == CanonicalStatus.UNAVAILABLE) {
            return StatusRules.STATION_UNAVAILABLE;
        }
        if (station != null && station.status() == CanonicalStatus.FAULTED) {
            return StatusRules.STATION_FAULTED;
        }
        return connector.ruleId();
    }

    private static Effect effect(
            StationDraft draft, ConnectorState connector, String ruleId, Envelope envelope) {
        return new Effect.EvseStatusChanged(connector.evseId(), connector.connectorId(), connector.status(),
                connector.isStation() ? null : draft.evseStatuses.get(connector.evseId()),
                envelope.receivedAt(), ruleId, envelope.id());
    }

    private static List<ConnectorState> connectorsOf(StationDraft draft, int evseId) {
        return draft.connectors.values().stream().filter(connector -> connector.evseId() == evseId).toList();
    }

    /** The transaction is over and the station has not said that the car left. */
    static void markAfterSession(StationDraft draft, SessionDraft session) {
        String key = ConnectorState.key(session.evseId, session.connectorId);
        ConnectorState connector = draft.connectors.get(key);
        if (connector != null && connector.reported() != null
                && connector.reported() != CanonicalStatus.AVAILABLE) {
            draft.connectors.put(key, withAfterSession(connector, true));
        }
    }

    static ConnectorState withoutAfterSession(ConnectorState connector) {
        return withAfterSession(connector, false);
    }

    private static ConnectorState withAfterSession(ConnectorState old, boolean afterSession) {
        return new ConnectorState(old.evseId(), old.connectorId(), old.reported(), old.rawStatus(), old.errorCode(),
                old.vendorError(), old.reportRuleId(), old.status(), old.ruleId(), old.since(), old.eventId(),
                afterSession);
    }

    private static ConnectorState withWord(ConnectorState old, ChargingEvent.ConnectorStatusReported event) {
        boolean stays = old.afterSession() && event.status() != CanonicalStatus.AVAILABLE;
        return new ConnectorState(old.evseId(), old.connectorId(), event.status(), event.rawStatus(),
                event.errorCode(), event.vendorError(), event.ruleId(), old.status(), old.ruleId(), old.since(),
                old.eventId(), stays);
    }

    private static ConnectorState withStatus(
            ConnectorState old, StatusRules.Derived derived, Envelope envelope) {
        return new ConnectorState(old.evseId(), old.connectorId(), old.reported(), old.rawStatus(), old.errorCode(),
                old.vendorError(), old.reportRuleId(), derived.status(), derived.ruleId(), envelope.receivedAt(),
                envelope.id(), old.afterSession());
    }
}
