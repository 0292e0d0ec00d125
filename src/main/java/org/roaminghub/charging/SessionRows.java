package org.roaminghub.charging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.ocpi.PartyId;

/** The table of sessions as the hub knows them: what operators search, and the whole folded state with its origin beside it. */
@ApplicationScoped
class SessionRows {
    private final ObjectMapper json;

    SessionRows(ObjectMapper json) {
        this.json = json;
    }

    /** The context that was frozen when the session became active. */
    Optional<FrozenContext> frozen(Handle transaction, PartyId owner, SessionState session) {
        return transaction.select("select frozen from charging_session where owner = ? and id = ? and frozen is not null", owner.toString(), session.ocpiSessionId().toString())
                .mapTo(String.class).findOne().map(FrozenContext::fromJson);
    }

    void write(Handle transaction, PartyId owner, SessionState session, Optional<FrozenContext> context, String cdrReason, Instant now) {
        transaction.execute("""
                insert into charging_session (owner, id, source, session_key, station, evse_id, connector_id, transaction_id, id_token, start_at, stop_at,
                    stop_reason, stop_reason_raw, energy_wh, energy_method, state, cdr, cdr_reason, flags, emsp, frozen, reserved_as, fold, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (owner, id) do update set connector_id = excluded.connector_id, transaction_id = excluded.transaction_id, id_token = excluded.id_token,
                    start_at = excluded.start_at, stop_at = excluded.stop_at, stop_reason = excluded.stop_reason, stop_reason_raw = excluded.stop_reason_raw,
                    energy_wh = excluded.energy_wh, energy_method = excluded.energy_method, state = excluded.state, cdr = excluded.cdr, cdr_reason = excluded.cdr_reason,
                    flags = excluded.flags, emsp = excluded.emsp, frozen = excluded.frozen, reserved_as = excluded.reserved_as, fold = excluded.fold,
                    updated_at = excluded.updated_at""",
                owner.toString(), session.ocpiSessionId().toString(), session.source(), session.key(), session.station(), session.evseId(), session.connectorId(),
                session.transactionId(), session.idToken(), utc(session.start()), utc(session.stop()),
                session.stopReason() == null ? null : session.stopReason().wireName(), session.stopReasonRaw(), session.energyWh(), session.energyMethod(),
                session.status(), session.cdr(), cdrReason, session.flags().toArray(String[]::new),
                context.map(found -> found.emsp().toString()).orElse(null), context.map(FrozenContext::toJson).orElse(null),
                context.map(FrozenContext::reserved).map(FrozenContext.Reserved::session).orElse(null), write(session), utc(now));
    }

    private String write(SessionState session) {
        try {
            return json.writeValueAsString(session);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
