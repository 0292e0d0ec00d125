package org.roaminghub.charging.fold;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.Envelope;
import org.roaminghub.ocpp.MeterReading;

/** Meter readings go to their transaction by its id and into place by their own time (event-model.md, section 6). */
final class ReadingFold {
    private ReadingFold() {}

    static void apply(StationDraft draft, ChargingEvent.MeterValues event) {
        Envelope envelope = event.envelope();
        if (envelope.evseId() != null && envelope.evseId() == 0) {
            // The meter in front of the whole station counts every car's energy (section 8 rule 6).
            draft.raise(Flags.STATION_METER, envelope.id());
            return;
        }
        SessionDraft session = sessionOf(draft, envelope);
        if (session == null && envelope.transactionId() == null) {
            return;
        }
        if (session == null) {
            Quarantine.keep(draft, event, envelope.transactionId(), null, Flags.TXID_UNKNOWN);
            return;
        }
        draft.attach(session, envelope);
        take(session, event.readings());
    }

    /** A reading without transaction id is its EVSE's; it belongs to a session only while exactly one is open. */
    private static SessionDraft sessionOf(StationDraft draft, Envelope envelope) {
        if (envelope.transactionId() != null) {
            return draft.byTransaction(envelope.transactionId());
        }
        List<SessionDraft> open = draft.onEvse(envelope.evseId()).stream().filter(SessionDraft::isOpen).toList();
        return open.size() == 1 ? open.get(0) : null;
    }

    static void take(SessionDraft session, List<MeterReading> readings) {
        for (MeterReading reading : readings) {
            if (reading.isEnergyRegister()) {
                take(session, new RegisterReading(reading.time(), reading.value(),
                        atSameTime(readings, reading, MeterReading::isPower), atSameTime(readings, reading, MeterReading::isCurrent)));
            }
        }
    }

    /** The sum over the phases: as sent, else added up; null if neither was sent. */
    private static BigDecimal atSameTime(List<MeterReading> readings, MeterReading register, Predicate<MeterReading> quantity) {
        List<MeterReading> same = readings.stream().filter(quantity).filter(reading -> reading.time().equals(register.time())).toList();
        return same.stream()
                .filter(reading -> reading.phase() == null)
                .findFirst()
                .map(MeterReading::value)
                .or(() -> same.stream().filter(MeterReading::isOfOnePhase).map(MeterReading::value).reduce(BigDecimal::add))
                .orElse(null);
    }

    private static void take(SessionDraft session, RegisterReading reading) {
        boolean afterEnd = session.stop != null && reading.time().isAfter(session.stop);
        boolean rises = session.addReading(reading);
        if (!afterEnd) {
            return;
        }
        if (session.status == SessionStatus.ENDED_PROVISIONAL) {
            if (rises) {
                session.revive();
            }
            return;
        }
        session.flags.add(Flags.LATE_METER_VALUES);
    }
}
