package org.roaminghub.charging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.pricing.Priced;

/** The documents hold against the spec's own tables (design D2). */
class SessionDocumentsTest {
    private static final PartyId OWNER = PartyId.of("NL", "ACM");
    private static final Instant ISSUED = Instant.parse("2026-03-02T10:00:00Z");
    private static final FrozenContext CONTEXT = FoldedSessions.context();

    @Test
    void aFinishedSessionIsAnOcpiSession() {
        ObjectNode session = session(FoldedSessions.whole(), CONTEXT);

        assertThat(SchemaCheck.check("Session", session, Mode.FULL)).isEmpty();
        assertThat(session.path("status").asText()).isEqualTo("COMPLETED");
        assertThat(session.has("total_cost")).isTrue();
        assertThat(session.has("end_date_time")).isTrue();
    }

    @Test
    void aRunningSessionIsAnOcpiSessionWithoutEndAndFinalCost() {
        ObjectNode session = session(FoldedSessions.firstHalf(), CONTEXT);

        assertThat(SchemaCheck.check("Session", session, Mode.FULL)).isEmpty();
        assertThat(session.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(session.has("total_cost")).isFalse();
        assertThat(session.has("end_date_time")).isFalse();
    }

    @Test
    void aCdrIsAnOcpiCdr() {
        ObjectNode cdr = cdr(CONTEXT);

        assertThat(SchemaCheck.check("CDR", cdr, Mode.FULL)).isEmpty();
        assertThat(cdr.path("total_energy").decimalValue()).isEqualByComparingTo("11");
        assertThat(cdr.path("last_updated").asText()).startsWith("2026-03-02T10:00:00");
    }

    @Test
    void aCdrTakesALocationWhoseTextsAreLongerThanItsOwnFields() {
        ObjectNode location = (ObjectNode) CONTEXT.location().deepCopy();
        location.put("address", "Langgestreckte-Industriestraße-am-alten-Güterbahnhof 123");
        location.put("state", "Mecklenburg-Vorpommern");
        FrozenContext longer = new FrozenContext(location, CONTEXT.evse(), CONTEXT.connector(), CONTEXT.tariffs(), CONTEXT.token(), CONTEXT.authorised());

        assertThat(SchemaCheck.check("CDR", cdr(longer), Mode.FULL)).isEmpty();
    }

    @Test
    void methodAndReferenceStandInBothDocuments_SES21_CDR22() {
        FrozenContext asked = FrozenContext.fromJson(CONTEXT.with(new FrozenContext.Authorised("AUTH_REQUEST", "REF-1")).toJson());

        for (ObjectNode document : new ObjectNode[] {session(FoldedSessions.whole(), asked), cdr(asked)}) {
            assertThat(document.path("auth_method").asText()).isEqualTo("AUTH_REQUEST");
            assertThat(document.path("authorization_reference").asText()).isEqualTo("REF-1");
        }
        assertThat(SchemaCheck.check("CDR", cdr(asked), Mode.FULL)).isEmpty();
        assertThat(cdr(CONTEXT).path("auth_method").asText()).isEqualTo("WHITELIST");
        assertThat(cdr(CONTEXT).has("authorization_reference")).isFalse();
    }

    @Test
    void theContextSurvivesTheTableItIsFrozenIn() {
        FrozenContext again = FrozenContext.fromJson(CONTEXT.toJson());

        assertThat(cdr(again)).hasToString(cdr(CONTEXT).toString());
    }

    @Test
    void noOcppIdentityLeaves() {
        assertThat(session(FoldedSessions.whole(), CONTEXT).toString() + cdr(CONTEXT)).doesNotContain("CP-1").doesNotContain("\"ocpp\"");
    }

    private static ObjectNode session(SessionState state, FrozenContext context) {
        return SessionDocuments.session(OWNER, state, context, price(state, context));
    }

    private static ObjectNode cdr(FrozenContext context) {
        SessionState state = FoldedSessions.whole();
        SessionPricing.Result pricing = price(state, context);
        return SessionDocuments.cdr(OWNER, state, context, pricing, (Priced) pricing.outcome(), ISSUED);
    }

    private static SessionPricing.Result price(SessionState state, FrozenContext context) {
        return SessionPricing.price(state, context.readTariffs(), context.currency(), ZoneId.of("Europe/Amsterdam"));
    }
}
