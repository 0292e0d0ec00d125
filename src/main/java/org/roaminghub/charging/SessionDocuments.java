package org.roaminghub.charging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.charging.fold.SessionStatus;
import org.roaminghub.ocpi.OcpiTime;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Price;
import org.roaminghub.pricing.Priced;

/** Writes the OCPI documents of a session. Pure: the same session gives the same text. */
final class SessionDocuments {
    private static final int ADDRESS_IN_CDR = 45;
    private static final int STATE_IN_CDR = 20;
    private static final int DECIMALS = 4;

    private SessionDocuments() {
    }

    /** The Session object. {@code total_cost} only once it is final. */
    static ObjectNode session(PartyId owner, SessionState state, FrozenContext context, SessionPricing.Result pricing) {
        ObjectNode session = head(owner, context.sessionId(state));
        session.put("start_date_time", OcpiTime.format(state.ocpiStart()));
        if (state.status() == SessionStatus.COMPLETED) {
            session.put("end_date_time", OcpiTime.format(SessionPricing.end(state)));
        }
        session.put("kwh", kwh(state));
        common(session, context);
        session.put("location_id", context.location().path("id").asText());
        session.put("evse_uid", context.evse().path("uid").asText());
        session.put("connector_id", context.connector().path("id").asText());
        session.put("currency", context.currency());
        session.set("charging_periods", periods(pricing.periods()));
        if (state.status() == SessionStatus.COMPLETED && pricing.outcome() instanceof Priced priced) {
            session.set("total_cost", priced.totalCost().toJson());
        }
        session.put("status", status(state.status()));
        session.put("last_updated", OcpiTime.format(lastUpdated(state, context)));
        return session;
    }

    /** The CDR object; {@code issuedAt} is its creation time (CDR-11). */
    static ObjectNode cdr(PartyId owner, SessionState state, FrozenContext context, SessionPricing.Result pricing, Priced priced, Instant issuedAt) {
        ObjectNode cdr = head(owner, state.ocpiSessionId().toString());
        cdr.put("start_date_time", OcpiTime.format(state.ocpiStart()));
        cdr.put("end_date_time", OcpiTime.format(SessionPricing.end(state)));
        cdr.put("session_id", context.sessionId(state));
        common(cdr, context);
        cdr.set("cdr_location", location(context));
        cdr.put("currency", context.currency());
        ArrayNode tariffs = cdr.putArray("tariffs");
        context.tariffs().stream().filter(tariff -> pricing.tariffId().map(id -> id.equalsIgnoreCase(tariff.path("id").asText())).orElse(true)).forEach(tariffs::add);
        cdr.set("charging_periods", periods(pricing.periods()));
        cdr.set("total_cost", priced.totalCost().toJson());
        put(cdr, "total_fixed_cost", priced.totalFixedCost());
        cdr.put("total_energy", number(priced.totalEnergyKwh()));
        put(cdr, "total_energy_cost", priced.totalEnergyCost());
        cdr.put("total_time", number(priced.totalTimeHours()));
        put(cdr, "total_time_cost", priced.totalTimeCost());
        if (priced.totalParkingHours().signum() > 0) {
            cdr.put("total_parking_time", number(priced.totalParkingHours()));
        }
        put(cdr, "total_parking_cost", priced.totalParkingCost());
        cdr.put("last_updated", OcpiTime.format(issuedAt));
        return cdr;
    }

    private static Instant lastUpdated(SessionState state, FrozenContext context) {
        boolean later = context.reserved() != null && context.reserved().chargedAt().isAfter(state.lastReceivedAt());
        return later ? context.reserved().chargedAt() : state.lastReceivedAt();
    }

    private static ObjectNode head(PartyId owner, String id) {
        return JsonNodeFactory.instance.objectNode().put("country_code", owner.countryCode()).put("party_id", owner.partyId()).put("id", id);
    }

    private static void common(ObjectNode document, FrozenContext context) {
        ObjectNode token = document.putObject("cdr_token");
        for (String field : List.of("country_code", "party_id", "uid", "type", "contract_id")) {
            token.set(field, context.token().path(field));
        }
        document.put("auth_method", context.authorised().method());
        if (context.authorised().reference() != null) {
            document.put("authorization_reference", context.authorised().reference());
        }
    }

    /** Frozen as at the start; shorter than a Location where the CDR's fields are (CDR-13, CDR-23, A-54). */
    private static ObjectNode location(FrozenContext context) {
        JsonNode location = context.location();
        ObjectNode cdrLocation = JsonNodeFactory.instance.objectNode();
        cdrLocation.set("id", location.path("id"));
        copy(cdrLocation, location, "name");
        cdrLocation.put("address", cut(location.path("address").asText(), ADDRESS_IN_CDR));
        cdrLocation.set("city", location.path("city"));
        copy(cdrLocation, location, "postal_code");
        if (location.hasNonNull("state")) {
            cdrLocation.put("state", cut(location.path("state").asText(), STATE_IN_CDR));
        }
        cdrLocation.set("country", location.path("country"));
        cdrLocation.set("coordinates", location.path("coordinates"));
        cdrLocation.set("evse_uid", context.evse().path("uid"));
        cdrLocation.set("evse_id", context.evse().path("evse_id"));
        cdrLocation.set("connector_id", context.connector().path("id"));
        cdrLocation.set("connector_standard", context.connector().path("standard"));
        cdrLocation.set("connector_format", context.connector().path("format"));
        cdrLocation.set("connector_power_type", context.connector().path("power_type"));
        return cdrLocation;
    }

    private static void copy(ObjectNode target, JsonNode source, String field) {
        if (source.hasNonNull(field)) {
            target.set(field, source.path(field));
        }
    }

    private static void put(ObjectNode target, String field, Price price) {
        if (price != null) {
            target.set(field, price.toJson());
        }
    }

    private static ArrayNode periods(List<ChargingPeriod> periods) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        periods.forEach(period -> list.add(period.toJson()));
        return list;
    }

    private static BigDecimal kwh(SessionState state) {
        return state.energyWh() == null ? BigDecimal.ZERO : number(state.energyWh().movePointLeft(3));
    }

    private static BigDecimal number(BigDecimal value) {
        BigDecimal cut = value.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return cut.scale() < 0 ? cut.setScale(0) : cut;
    }

    private static String cut(String text, int length) {
        return text.codePointCount(0, text.length()) <= length ? text : text.substring(0, text.offsetByCodePoints(0, length));
    }

    /** A provisional end is still ACTIVE for partners: COMPLETED allows no later change (status mapping §3, SES-02). */
    private static String status(SessionStatus status) {
        return switch (status) {
            case PENDING -> "PENDING";
            case ACTIVE, ENDED_PROVISIONAL -> "ACTIVE";
            case COMPLETED -> "COMPLETED";
            case INVALID -> "INVALID";
        };
    }

    /** Statuses under which a session is shown at all; a session that never became active is nobody's business (§3 of the mapping). */
    static final Set<SessionStatus> SHOWN = Set.of(SessionStatus.ACTIVE, SessionStatus.ENDED_PROVISIONAL, SessionStatus.COMPLETED);
}
