package org.roaminghub.charging.fold;

import org.roaminghub.ocpp.ChargingEvent;

/** A boot never ends a session (event-model.md, section 9), but those who look at one later want to know of it. */
final class BootFold {
    private BootFold() {}

    static void booted(StationDraft draft, ChargingEvent.StationBooted event) {
        String eventId = event.envelope().id();
        if (event.vendor().isBlank()) {
            draft.raise(Flags.BOOT_VENDOR_EMPTY, eventId);
        }
        if (event.firmware() != null) {
            if (draft.firmware != null && !draft.firmware.equals(event.firmware())) {
                draft.raise(Flags.FIRMWARE_CHANGED, eventId);
            }
            draft.firmware = event.firmware();
        }
        for (SessionState session : draft.openSessions()) {
            if (session.status() == SessionStatus.ACTIVE) {
                draft.session(session.key()).flags.add(Flags.BOOT_DURING_TX);
            }
        }
    }
}
