package org.roaminghub.charging.fold;

import java.util.ArrayList;
import java.util.List;
import org.roaminghub.ocpp.CanonicalStatus;

/**
 * What is new in a state compared with one that was already told. After a late event the window is folded again from an
 * older state (event-model.md, section 6); most of what that fold tells, partners have heard before.
 */
final class StateDifference {
    private StateDifference() {}

    /** Effects that lead from {@code told} to {@code now}; a session that vanished is not among them, none ever does. */
    static List<Effect> between(StationState told, StationState now, String eventId) {
        List<Effect> effects = new ArrayList<>();
        for (SessionState session : now.sessions()) {
            SessionState before = told.session(session.key()).orElse(null);
            if (!session.equals(before)) {
                addSession(effects, before, session, eventId);
            }
        }
        for (String flag : now.flags()) {
            if (!told.flags().contains(flag)) {
                effects.add(new Effect.FlagRaised(flag, Flags.levelOf(flag), eventId, null));
            }
        }
        now.connectors().forEach((key, connector) -> {
            ConnectorState before = told.connectors().get(key);
            CanonicalStatus toldStatus = before == null ? CanonicalStatus.UNKNOWN : before.status();
            EvseStatus ocpiStatus = connector.isStation() ? null : now.evseStatuses().get(connector.evseId());
            EvseStatus toldOcpi = connector.isStation() ? null
                    : told.evseStatuses().getOrDefault(connector.evseId(), EvseStatus.UNKNOWN);
            if (toldStatus != connector.status() || ocpiStatus != toldOcpi) {
                effects.add(new Effect.EvseStatusChanged(connector.evseId(), connector.connectorId(),
                        connector.status(), ocpiStatus, connector.since() == null ? now.last().receivedAt()
                        : connector.since(), connector.ruleId(), eventId));
            }
        });
        return effects;
    }

    private static void addSession(List<Effect> effects, SessionState before, SessionState now, String eventId) {
        effects.add(new Effect.SessionChanged(now.key(), eventId));
        for (String flag : now.flags()) {
            if (before == null || !before.flags().contains(flag)) {
                effects.add(new Effect.FlagRaised(flag, Flags.levelOf(flag), eventId, now.key()));
            }
        }
        if (!now.isOpen() && (before == null || before.status() != now.status())) {
            effects.add(new Effect.SessionFinished(now.key(), eventId));
        }
    }
}
