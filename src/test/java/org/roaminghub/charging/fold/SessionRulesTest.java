package org.roaminghub.charging.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roaminghub.charging.fold.Events.ended;
import static org.roaminghub.charging.fold.Events.event;
import static org.roaminghub.charging.fold.Events.register;
import static org.roaminghub.charging.fold.Events.started;
import static org.roaminghub.charging.fold.Events.status;
import static org.roaminghub.charging.fold.Events.timer;
import static org.roaminghub.charging.fold.Events.updated;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.roaminghub.ocpp.CanonicalStatus;
import org.roaminghub.ocpp.ChargingEvent;

/** Rules of sections 4, 6, 7 and 9 that the five scenarios do not show. */
class SessionRulesTest {
    private static final String PAID = "'id_token':'aa1','meter_start_wh':1000";

    @Test
    void startWithTransactionAndTokenIsActiveAtOnce() {
        SessionState session = only(fold(started("7", 0, PAID)));

        assertThat(session.status()).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.acceptance()).isEqualTo(TokenAcceptance.ASSUMED);
        assertThat(session.idToken()).isEqualTo("AA1");
        assertThat(session.origin().get(Origin.Part.TOKEN).ruleIds()).containsExactly("idtoken.case");
        assertThat(session.key()).isEqualTo("backend|CP-1|7");
        assertThat(session.ocpiSessionId().version()).isEqualTo(5);
    }

    @Test
    void laterRefusalOfTheSameTokenMakesItInvalid() {
        SessionState session = only(fold(started("7", 0, PAID), event("authorization", "a", 1,
                ",'transaction_id':'7'", "'id_token':'AA1','result':'Blocked'")));

        assertThat(session.status()).isEqualTo(SessionStatus.INVALID);
        assertThat(session.cdr()).isEqualTo(CdrDecision.NONE);
        assertThat(session.flags()).contains("START_NOT_ACCEPTED");
    }

    @Test
    void refusedStartIsInvalidAndStaysSoAfterItsStop_S31() {
        ChargingEvent start = event("transaction.started", "s", 0, ",'evse_id':4", "'id_token':'AA1','start_key':'k'");
        ChargingEvent answer = event("transaction.identified", "i", 1, "",
                "'start_key':'k','transaction_id':'0','auth_status':'ConcurrentTx'");
        SessionState session = only(fold(start, answer));

        assertThat(session.status()).isEqualTo(SessionStatus.INVALID);
        assertThat(session.transactionId()).isNull();
    }

    @Test
    void availableWithoutStopEndsProvisionally_S21b() {
        SessionState session = only(fold(
                started("7", 0, PAID), register("7", 900, 3_000), register("7", 1_800, 5_000), status("Available", 1_900)));

        assertThat(session.status()).isEqualTo(SessionStatus.ENDED_PROVISIONAL);
        assertThat(session.cdr()).isEqualTo(CdrDecision.HOLD);
        assertThat(session.flags()).containsExactly("IDTAG_NORMALISED", "MISSING_STOP");
        assertThat(session.energyWh()).isEqualByComparingTo("4000");
        assertThat(session.energyMethod()).isEqualTo(EnergyMethod.METER_VALUES_DELTA);
        assertThat(session.stop()).isEqualTo(Events.NOON.plusSeconds(1_900));
    }

    @Test
    void aLateStopCompletesAProvisionalEnd_S21() {
        SessionState session = only(fold(started("7", 0, PAID), status("Available", 1_900), ended("7", 2_000, 6_000)));

        assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(session.cdr()).isEqualTo(CdrDecision.EMIT);
        assertThat(session.flags()).contains("LATE_STOP").doesNotContain("MISSING_STOP");
    }

    @Test
    void risingEnergyTakesAProvisionalEndBack() {
        SessionState session = only(fold(started("7", 0, PAID), register("7", 900, 3_000), status("Available", 1_000),
                register("7", 1_100, 3_500)));

        assertThat(session.status()).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.stop()).isNull();
    }

    @Test
    void newerStartSupersedesTheSessionWithoutStop_S22() {
        StationState state = fold(started("7", 0, PAID), register("7", 900, 4_000), started("8", 4_000, PAID));
        SessionState older = state.sessions().get(0);

        assertThat(older.status()).isEqualTo(SessionStatus.ENDED_PROVISIONAL);
        assertThat(older.flags()).contains("MISSING_STOP", "SUPERSEDED");
        assertThat(state.sessions().get(1).status()).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void twoStopsWithDifferentRegistersHoldTheCdr() {
        SessionState session = only(fold(started("7", 0, PAID), ended("7", 100, 6_000), ended("7", 100, 7_000)));

        assertThat(session.energyWh()).isEqualByComparingTo("5000");
        assertThat(session.cdr()).isEqualTo(CdrDecision.HOLD);
        assertThat(session.flags()).contains("STOP_CONFLICT");
    }

    @Test
    void stopWithoutStartIsQuarantined_S09() {
        StationFold.Step step = StationFold.foldAll(Events.EMPTY, List.of(ended("7", 100, 6_000)));

        assertThat(step.state().sessions()).isEmpty();
        assertThat(step.effects()).containsExactly(new Effect.Quarantined("end-7-6000", "ORPHAN_STOP"));
    }

    @Test
    void readingThatOvertookItsOwnIdsStartIsReleased() {
        SessionState session = only(StationFold.apply(StationFold.apply(Events.EMPTY, register("7", 5, 1_000)).state(),
                event("transaction.started", "s", 0, 9, ",'evse_id':1,'transaction_id':'7'", "'id_token':'AA1'")).state());

        assertThat(session.readings()).hasSize(1);
        assertThat(session.flags()).containsExactly("OUT_OF_ORDER");
    }

    @Test
    void powerAndCurrentComeWithTheRegisterAndPhasesAreAddedUp_TAR25_TAR26() {
        String reading = "{'time':'" + Events.NOON.plusSeconds(5) + "','measurand':'%s','value':%d,'unit':'%s'%s}";
        String readings = String.join(",",
                reading.formatted("Current.Import", 16, "A", ",'phase':'L1'"), reading.formatted("Current.Import", 15, "A", ",'phase':'L2'"),
                reading.formatted("Current.Import", 1, "A", ",'phase':'N'"), reading.formatted("Power.Active.Import", 3_700, "W", ",'phase':'L1'"),
                reading.formatted("Power.Active.Import", 7_130, "W", ""),
                reading.formatted("Energy.Active.Import.Register", 1_000, "Wh", ""));

        SessionState session = only(fold(started("7", 0, PAID),
                event("meter.values", "m", 5, ",'transaction_id':'7'", "'readings':[" + readings + "]"), register("7", 9, 1_010)));

        assertThat(session.readings().get(0).currentA()).isEqualByComparingTo("31");
        assertThat(session.readings().get(0).powerW()).isEqualByComparingTo("7130");
        assertThat(session.readings().get(1).powerW()).isNull();
    }

    @Test
    void readingAfterTheEndIsAddedAndNeverReopens_S20() {
        SessionState session = only(fold(started("7", 0, PAID), ended("7", 100, 6_000), register("7", 102, 6_000)));

        assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(session.energyMethod()).isEqualTo(EnergyMethod.REGISTER_DELTA);
        assertThat(session.flags()).contains("LATE_METER_VALUES");
    }

    @Test
    void tokenThatComesLaterMovesTheOcpiStart_S32() {
        SessionState session = only(fold(started("7", 0, "'charging_state':'EVConnected','seq':0"),
                updated("7", 190, 1, ",'id_token':'AA1','charging_state':'Charging'")));

        assertThat(session.status()).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.start()).isEqualTo(Events.NOON);
        assertThat(session.pluggedInAt()).isEqualTo(Events.NOON);
        assertThat(session.ocpiStart()).isEqualTo(Events.NOON.plusSeconds(190));
    }

    @Test
    void endWithoutAnyTokenIsInvalid() {
        SessionState session = only(fold(started("7", 0, "'charging_state':'EVConnected','seq':0"), ended("7", 60, 0)));

        assertThat(session.status()).isEqualTo(SessionStatus.INVALID);
    }

    @Test
    void aMissingNumberThatComesAtLastLiftsTheHold() {
        StationState held = fold(started("7", 0, PAID + ",'seq':0"), updated("7", 50, 2, ""), ended("7", 100, 6_000));
        assertThat(only(held).flags()).contains("SEQ_GAP");
        assertThat(only(held).cdr()).isEqualTo(CdrDecision.HOLD);

        SessionState session = only(StationFold.apply(held, updated("7", 110, 1, "")).state());

        assertThat(session.flags()).doesNotContain("SEQ_GAP");
        assertThat(session.cdr()).isEqualTo(CdrDecision.EMIT);
        assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
    }

    @Test
    void watchdogsArriveAsEvents() {
        assertThat(only(fold(started("7", 0, ""), timer("pending_timeout", "7", 900))).status())
                .isEqualTo(SessionStatus.INVALID);
        assertThat(only(fold(started("7", 0, PAID), timer("missing_stop", "backend|CP-1|7", 86_400))).flags())
                .contains("MISSING_STOP");
    }

    @Test
    void reportedSessionIsCompleteAtOnce() {
        SessionState session = only(fold(event("session.reported", "r", 3_600, ",'evse_id':2,'transaction_id':'9'",
                "'start':'2026-03-02T12:00:00Z','end':'2026-03-02T13:00:00Z','energy_wh':7000.5,'id_token':'AA1'")));

        assertThat(session.cdr()).isEqualTo(CdrDecision.EMIT);
        assertThat(session.energyWh()).isEqualByComparingTo("7000.5");
        assertThat(session.energyMethod()).isEqualTo(EnergyMethod.REPORTED);
    }

    @Test
    void unavailableStationMakesIdleEvsesInoperative_S16_31() {
        StationFold.Step step = StationFold.foldAll(Events.EMPTY, List.of(status("Available", 0),
                event("connector.status", "s0", 5, ",'evse_id':0,'connector_id':0", "'status':'Unavailable'")));

        assertThat(step.state().evseStatuses()).containsEntry(1, EvseStatus.INOPERATIVE);
        assertThat(step.effects()).contains(new Effect.EvseStatusChanged(1, 1, CanonicalStatus.AVAILABLE,
                EvseStatus.INOPERATIVE, Events.NOON.plusSeconds(5), "S16-31", "s0"));
    }

    @Test
    void unknownWordNeverFreesAnEvse_X16_07() {
        StationState state = fold(status("Charging", 0), status("Unknown", 5));

        assertThat(state.evseStatuses()).containsEntry(1, EvseStatus.UNKNOWN);
    }

    @Test
    void sameIdWithOtherContentCountsOnce() {
        ChargingEvent first = event("connector.status", "x", 0, ",'evse_id':1", "'status':'Available'");
        ChargingEvent other = event("connector.status", "x", 5, ",'evse_id':1", "'status':'Faulted'");
        StationState state = fold(first, other);

        assertThat(state.connectors().get("1/1").status()).isEqualTo(CanonicalStatus.AVAILABLE);
        assertThat(state.flags()).contains("MESSAGE_ID_REUSED");
    }

    @Test
    void refoldTellsOnlyWhatTheLateEventChanged() {
        List<ChargingEvent> inTime = List.of(status("Preparing", 0), started("7", 10, PAID), ended("7", 100, 6_000));
        StationState told = StationFold.foldAll(Events.EMPTY, inTime).state();
        ChargingEvent late = register("7", 50, 3_000);
        assertThat(told.isBehind(late)).isTrue();

        StationFold.Step step = StationFold.refold(Events.EMPTY, told,
                List.of(inTime.get(0), inTime.get(1), inTime.get(2), late), late);

        assertThat(step.effects()).containsExactly(
                new Effect.SessionChanged("backend|CP-1|7", late.envelope().id()));
        assertThat(only(step.state()).readings()).hasSize(1);
    }

    @Test
    void newerStartUnderAReusedIdOwnsIt() {
        ChargingEvent first = event("transaction.started", "s1", 0, ",'evse_id':1", "'id_token':'AA1','start_key':'k1'");
        ChargingEvent firstId = event("transaction.identified", "i1", 1, "",
                "'start_key':'k1','transaction_id':'7','auth_status':'Accepted'");
        ChargingEvent second = event("transaction.started", "s2", 500, ",'evse_id':1",
                "'id_token':'AA1','start_key':'k2','meter_start_wh':5000");
        ChargingEvent secondId = event("transaction.identified", "i2", 501, "",
                "'start_key':'k2','transaction_id':'7','auth_status':'Accepted'");

        StationState state = fold(first, firstId, ended("7", 400, 5_000), second, secondId, ended("7", 900, 6_000));

        assertThat(state.sessions()).extracting(SessionState::status)
                .containsExactly(SessionStatus.COMPLETED, SessionStatus.COMPLETED);
        assertThat(state.sessions().get(1).flags()).containsExactly("TXID_REUSED");
        assertThat(state.sessions().get(1).cdr()).isEqualTo(CdrDecision.HOLD);
        assertThat(state.sessions().get(1).energyWh()).isEqualByComparingTo("1000");
    }

    private static StationState fold(ChargingEvent... events) {
        return StationFold.foldAll(Events.EMPTY, List.of(events)).state();
    }

    private static SessionState only(StationState state) {
        assertThat(state.sessions()).hasSize(1);
        return state.sessions().get(0);
    }
}
