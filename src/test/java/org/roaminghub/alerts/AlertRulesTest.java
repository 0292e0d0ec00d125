package org.roaminghub.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roaminghub.partners.config.AlertSettings;

/** Every rule fires on what it is about, and on nothing else. */
class AlertRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final Thresholds THRESHOLDS = new Thresholds(Map.of("alpha", new AlertSettings(Duration.ofMinutes(5), Duration.ofSeconds(30))), Duration.ofMinutes(10));

    @ParameterizedTest
    @EnumSource(AlertType.class)
    void everyTypeHasItsRunbook(AlertType type) {
        assertThat(Files.exists(Path.of(type.runbook()))).as(type.runbook()).isTrue();
    }

    @Test
    void aResultThatNeverCameFiresForAnHour_CMD06() {
        CommandTimeout.Fact now = timeout(NOW.minusSeconds(1));

        List<Finding> found = CommandTimeout.findings(List.of(now), NOW);

        assertThat(found).hasSize(1);
        assertThat(found.get(0).key()).isEqualTo("NL*TCP");
        assertThat(found.get(0).partner()).isEqualTo("tcp");
        assertThat(found.get(0).object()).isEqualTo("NL*TCP/LOC1");
        assertThat(found.get(0).reason()).contains("START_SESSION", "DE*ALP", "corr-1");
        assertThat(found.get(0).nextStep()).contains("exchanges");
        assertThat(CommandTimeout.findings(List.of(timeout(NOW.minus(Duration.ofHours(1)))), NOW)).isEmpty();
    }

    private static CommandTimeout.Fact timeout(Instant at) {
        return new CommandTimeout.Fact("tcp", "NL*TCP", 2, "START_SESSION", "LOC1", "DE*ALP", "corr-1", at);
    }

    @Test
    void aPartnerThatIsAwayFiresUnlessItsFileIsGone() {
        assertThat(PartnerUnreachable.findings(List.of(new PartnerUnreachable.Fact("alpha", NOW.minusSeconds(5), NOW.minusSeconds(60))), THRESHOLDS))
                .extracting(Finding::key).containsExactly("alpha");
        assertThat(PartnerUnreachable.findings(List.of(new PartnerUnreachable.Fact("gone", NOW.minusSeconds(5), NOW.minusSeconds(60))), THRESHOLDS)).isEmpty();
    }

    @Test
    void aRefusedTokenFiresOncePerPartner() {
        List<Finding> found = PartnerAuthFailed.findings(List.of(new PartnerAuthFailed.Fact("alpha", "locations", "NL*TCP", "our credentials are refused: HTTP 401", NOW),
                new PartnerAuthFailed.Fact("alpha", "tariffs", "NL*TCP", "our credentials are refused: HTTP 401", NOW)));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).reason()).contains("2 lanes", "HTTP 401");
        assertThat(found.get(0).nextStep()).contains("/api/v1/partners/alpha/rotate-token");
        assertThat(PartnerAuthFailed.findings(List.of())).isEmpty();
    }

    @Test
    void aLocationLaneFiresWhenNothingGetsThrough() {
        assertThat(LocationPushFailing.findings(List.of(lane(NOW.minusSeconds(30), null, null)), THRESHOLDS, NOW)).extracting(Finding::object).containsExactly("NL*TCP/LOC1");
        assertThat(LocationPushFailing.findings(List.of(lane(NOW.minusSeconds(29), null, null)), THRESHOLDS, NOW)).isEmpty();
        assertThat(LocationPushFailing.findings(List.of(lane(null, null, null)), THRESHOLDS, NOW)).isEmpty();
    }

    @Test
    void aLocationLaneThatIsBehindAndMovesOnDoesNotFire() {
        assertThat(LocationPushFailing.findings(List.of(lane(NOW.minusSeconds(3_600), NOW.minusSeconds(2), null)), THRESHOLDS, NOW)).isEmpty();
    }

    @Test
    void aRefusedLocationFiresThoughTheLaneMovesOn() {
        List<Finding> found = LocationPushFailing.findings(List.of(lane(null, NOW, NOW.minusSeconds(31))), THRESHOLDS, NOW);

        assertThat(found).extracting(Finding::object).containsExactly("NL*TCP/LOC9");
        assertThat(found.get(0).reason()).contains("2001: no such operator");
        assertThat(LocationPushFailing.findings(List.of(lane(null, NOW, NOW.minusSeconds(29))), THRESHOLDS, NOW)).isEmpty();
    }

    private static LocationPushFailing.Fact lane(Instant changedAt, Instant movedAt, Instant heldSince) {
        return new LocationPushFailing.Fact("alpha", "NL*TCP", "DE*ALP", changedAt == null ? null : "LOC1", changedAt, movedAt, "HTTP 500", heldSince == null ? 0 : 1,
                heldSince == null ? null : "LOC9", heldSince, "2001: no such operator");
    }

    @Test
    void anUndeliveredCdrFiresAfterThePartnersDelay() {
        assertThat(CdrUndelivered.findings(List.of(cdr("alpha", NOW.minus(Duration.ofMinutes(5)), false)), THRESHOLDS, NOW)).extracting(Finding::object).containsExactly("NL*TCP/CDR1");
        assertThat(CdrUndelivered.findings(List.of(cdr("alpha", NOW.minus(Duration.ofMinutes(4)), false)), THRESHOLDS, NOW)).isEmpty();
        assertThat(CdrUndelivered.findings(List.of(cdr("other", NOW.minus(Duration.ofMinutes(14)), false)), THRESHOLDS, NOW)).isEmpty();
        assertThat(CdrUndelivered.findings(List.of(cdr("other", NOW.minus(Duration.ofMinutes(15)), false)), THRESHOLDS, NOW)).hasSize(1);
    }

    @Test
    void aCdrThatTheEmspFetchesItselfHasADay() {
        assertThat(CdrUndelivered.findings(List.of(cdr("alpha", NOW.minus(Duration.ofHours(23)), true)), THRESHOLDS, NOW)).isEmpty();
        assertThat(CdrUndelivered.findings(List.of(cdr("alpha", NOW.minus(Duration.ofHours(24)), true)), THRESHOLDS, NOW)).hasSize(1);
    }

    private static CdrUndelivered.Fact cdr(String partner, Instant createdAt, boolean fetched) {
        return new CdrUndelivered.Fact(partner, "DE*ALP", "NL*TCP/CDR1", 3, 4, "HTTP 500", createdAt, fetched);
    }

    @Test
    void aCdrInDoubtFiresWhenTheHubDidNotSettleIt() {
        UnsettledCdr fact = new UnsettledCdr("alpha", "DE*ALP", "NL*TCP/CDR1", "no answer", NOW.minusSeconds(10));

        assertThat(CdrInDoubt.findings(List.of(fact), NOW)).extracting(Finding::key).containsExactly("NL*TCP/CDR1");
        assertThat(CdrInDoubt.findings(List.of(fact), NOW.minusSeconds(1))).isEmpty();
    }

    @Test
    void aRejectedCdrFiresWithItsReason() {
        List<Finding> found = CdrRejected.findings(List.of(new UnsettledCdr("alpha", "DE*ALP", "NL*TCP/CDR1", "2001: unknown token", NOW)));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).reason()).contains("2001: unknown token");
        assertThat(found.get(0).nextStep()).contains("/api/v1/cdrs/NL*TCP/CDR1/resolve");
    }

    @Test
    void aLineThatCouldNotBeTakenFiresForAnHour() {
        assertThat(DeadLetter.findings(List.of(new DeadLetter.Fact("acme-backend", 3, "MISSING", "station", "is missing", NOW.minusSeconds(1))), NOW))
                .extracting(Finding::object).containsExactly("station");
        assertThat(DeadLetter.findings(List.of(new DeadLetter.Fact("acme-backend", 3, "MISSING", "station", "is missing", NOW.minusSeconds(3_600))), NOW)).isEmpty();
    }

    @Test
    void aMissingReferenceFiresAfterAWhileAndNamesNoToken() {
        UnresolvedReference.Fact token = new UnresolvedReference.Fact("acme-backend", "TOKEN", "04AABBCC/RFID", "CP1", 1, NOW.minusSeconds(600));

        List<Finding> found = UnresolvedReference.findings(List.of(token, new UnresolvedReference.Fact("acme-backend", "TARIFF", "T1", "CP1", 1, NOW.minusSeconds(599))), THRESHOLDS, NOW);

        assertThat(found).extracting(Finding::key).containsExactly("acme-backend/TOKEN");
        assertThat(found.toString()).doesNotContain("04AABBCC");
    }

    @Test
    void aCdrThatIsLateFiresAfterThePartnersDelay() {
        CdrDelayed.Fact held = new CdrDelayed.Fact("acme-backend", "NL*ACM", "SES1", "HELD: the meter stands still", 1, NOW.minus(Duration.ofMinutes(15)));

        assertThat(CdrDelayed.findings(List.of(held), THRESHOLDS, NOW)).extracting(Finding::object).containsExactly("NL*ACM/SES1");
        assertThat(CdrDelayed.findings(List.of(held), THRESHOLDS, NOW.minusSeconds(1))).isEmpty();
    }
}
