package org.roaminghub.modules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiFunction;

/** The object modules, as far as they behave alike. {@code owner()} pushes, {@code reader()} pulls, {@code outsider()} has no agreement. */
public enum ObjectModule {
    TARIFFS("tariffs", "NL/TCP", "currency", "USD", Bodies::tariff),
    TOKENS("tokens", "DE/ALP", "issuer", "Alpha Renamed", Bodies::token),
    SESSIONS("sessions", "NL/TCP", "location_id", "LOC2", Bodies::session),
    CDRS("cdrs", "NL/TCP", "remark", "changed", Bodies::cdr),
    LOCATIONS("locations", "NL/TCP", "name", "Renamed", Bodies::location);

    private final String id;
    private final String party;
    private final String field;
    private final String value;
    private final BiFunction<String, String, ObjectNode> body;

    ObjectModule(String id, String party, String field, String value, BiFunction<String, String, ObjectNode> body) {
        this.id = id;
        this.party = party;
        this.field = field;
        this.value = value;
        this.body = body;
    }

    public ObjectNode body(String objectId, String updated) {
        return body.apply(objectId, updated);
    }

    /** The same object with another value in one field. */
    public ObjectNode changed(String objectId, String updated) {
        return body(objectId, updated).put(field, value);
    }

    public String changedField() {
        return field;
    }

    public String changedValue() {
        return value;
    }

    public String idField() {
        return this == TOKENS ? "uid" : "id";
    }

    public String endpoint() {
        return "receiver/" + id;
    }

    public String path(String objectId) {
        return path(party, objectId);
    }

    public String path(String ofParty, String objectId) {
        return endpoint() + "/" + ofParty + "/" + objectId;
    }

    public String list(String query) {
        return "sender/" + id + query;
    }

    public Platform owner() {
        return this == TOKENS ? Partners221.alpha() : Partners221.tcp();
    }

    public Platform reader() {
        return this == TOKENS ? Partners221.tcp() : Partners221.alpha();
    }

    public Platform outsider() {
        return this == TOKENS ? Partners221.stranger() : Partners221.beta();
    }

    /** Sends a new object the way this module does. */
    public Answer push(String objectId, ObjectNode document) {
        return this == CDRS ? owner().post(endpoint(), document) : owner().put(path(objectId), document);
    }
}
