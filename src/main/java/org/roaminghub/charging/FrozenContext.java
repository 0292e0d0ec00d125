package org.roaminghub.charging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/**
 * What a session was like when it became active: Location, EVSE, Connector, Tariffs and Token as they stood then. A change of any
 * of them during the session changes neither price nor CDR (CDR-13, pricing rule S28).
 */
record FrozenContext(JsonNode location, JsonNode evse, JsonNode connector, List<JsonNode> tariffs, JsonNode token, Authorised authorised, Reserved reserved) {

    /**
     * How the driver was allowed to charge; the one thing that may still change while the session lasts (SES-20).
     *
     * @param method    OCPI's AuthMethod
     * @param reference authorization_reference, null when none was given
     */
    record Authorised(String method, String reference) {
        /** The token in the store was enough. */
        static final Authorised BY_WHITELIST = new Authorised("WHITELIST", null);
    }

    /**
     * The reservation that a session came of (SES-04).
     *
     * @param session   id of the Session that partners know it by
     * @param chargedAt when it was found to charge: that Session has changed since then, whatever time its charger writes
     */
    record Reserved(String session, Instant chargedAt) {
    }

    /** The id of the Session: its reservation's, or its own. */
    String sessionId(SessionState session) {
        return reserved == null ? session.ocpiSessionId().toString() : reserved.session();
    }

    FrozenContext with(Authorised newest) {
        return new FrozenContext(location, evse, connector, tariffs, token, newest, reserved);
    }

    PartyId emsp() {
        return PartyId.of(token.path("country_code").asText(), token.path("party_id").asText());
    }

    /** Currency of the tariffs. */
    String currency() {
        return tariffs.get(0).path("currency").asText();
    }

    /** Who pays at the terminal gets the tariff for that; the hub knows no charging preferences (TAR-13). */
    String tariffType() {
        return token.path("type").asText().equals("AD_HOC_USER") ? "AD_HOC_PAYMENT" : "REGULAR";
    }

    List<Tariff> readTariffs() {
        return tariffs.stream().map(Tariff::from).toList();
    }

    String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("location", location);
        json.set("evse", evse);
        json.set("connector", connector);
        json.putArray("tariffs").addAll(tariffs);
        json.set("token", token);
        json.put("auth_method", authorised.method()).put("authorization_reference", authorised.reference());
        if (reserved != null) {
            json.putObject("reserved").put("session", reserved.session()).put("charged_at", reserved.chargedAt().toString());
        }
        return json.toString();
    }

    static FrozenContext fromJson(String text) {
        JsonNode json = StrictJson.parse(text);
        List<JsonNode> tariffs = new ArrayList<>();
        json.path("tariffs").forEach(tariffs::add);
        Authorised authorised = json.has("auth_method") ? new Authorised(json.path("auth_method").asText(), json.path("authorization_reference").asText(null)) : Authorised.BY_WHITELIST;
        JsonNode reserved = json.path("reserved");
        return new FrozenContext(json.path("location"), json.path("evse"), json.path("connector"), tariffs, json.path("token"), authorised,
                reserved.isMissingNode() ? null : new Reserved(reserved.path("session").asText(), Instant.parse(reserved.path("charged_at").asText())));
    }
}
