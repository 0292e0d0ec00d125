package org.roaminghub.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.ocpi.OcpiStatus;

/** What an answer means, judged on both layers (A-07; field notes D23–D25). */
class VerdictTest {

    @ParameterizedTest(name = "HTTP {0}, OCPI {1} is {2}")
    @CsvSource({
        "200, 1000, ACCEPTED", "201, 1000, ACCEPTED", "200, 1001, ACCEPTED", "202, 1999, ACCEPTED",
        "200, 2002, OBJECT_REFUSED", "200, 2950, OBJECT_REFUSED", "200, 2999, OBJECT_REFUSED", "200, 3001, PARTNER_FAILS", "200, 3950, PARTNER_FAILS",
        "200, 4000, PARTNER_FAILS", "200, 4950, PARTNER_FAILS", "200, 999, PARTNER_FAILS", "200, 5000, PARTNER_FAILS",
        "200, 2000, OBJECT_REFUSED", "200, 2001, OBJECT_REFUSED", "400, 2001, OBJECT_REFUSED", "500, 2001, OBJECT_REFUSED", "405, 2000, OBJECT_REFUSED",
        "200, 2003, NOT_KNOWN", "404, 2003, NOT_KNOWN", "404, 2000, NOT_KNOWN", "404, 1000, NOT_KNOWN",
        "200, 3000, PARTNER_FAILS", "500, 3000, PARTNER_FAILS", "200, 4001, PARTNER_FAILS", "500, 1000, PARTNER_FAILS", "503, 3000, PARTNER_FAILS",
        "301, 1000, PARTNER_FAILS", "200, 0, PARTNER_FAILS", "200, -5, PARTNER_FAILS",
        "400, 1000, OBJECT_REFUSED", "413, 3000, OBJECT_REFUSED",
        "401, 2001, CREDENTIALS_REFUSED", "403, 2000, CREDENTIALS_REFUSED", "401, 1000, CREDENTIALS_REFUSED",
        "429, 1000, WAIT", "429, 2000, WAIT",
        "408, 3000, IN_DOUBT", "502, 3000, IN_DOUBT", "504, 3000, IN_DOUBT"})
    void anEnvelopeIsJudgedWithItsHttpStatusAndUnknownCodesByTheirRange_TRANS38(int http, int ocpi, Verdict verdict) {
        assertThat(Verdict.of(answered(http, Optional.of(ocpi), "{}", Optional.empty()))).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "HTTP {0} with <{1}> is {2}")
    @CsvSource({
        "200, '', ACCEPTED", "204, '', ACCEPTED", "200, '<html>', PARTNER_FAILS", "200, '{\"ok\":true}', PARTNER_FAILS",
        "302, '', PARTNER_FAILS", "400, '<html>', OBJECT_REFUSED", "404, '<html>', NOT_KNOWN", "408, '', IN_DOUBT", "422, '', OBJECT_REFUSED",
        "500, '<html>', PARTNER_FAILS", "502, '<html>', IN_DOUBT", "503, '', PARTNER_FAILS", "504, '', IN_DOUBT"})
    void anAnswerWithoutEnvelopeIsJudgedByHttpAndBody(int http, String body, Verdict verdict) {
        assertThat(Verdict.of(answered(http, Optional.empty(), body, Optional.empty()))).isEqualTo(verdict);
    }

    /** Data of an answer that defines none, or that reports a fault, may be missing, null or anything. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"data\":null}", "{\"data\":[1,2]}", "{\"data\":\"why\"}", "{\"data\":{\"id\":\"X\"}}"})
    void dataDoesNotMatter_TRANS31_TRANS39(String body) {
        assertThat(Verdict.of(answered(200, Optional.of(1000), body, Optional.empty()))).isEqualTo(Verdict.ACCEPTED);
        assertThat(Verdict.of(answered(200, Optional.of(2001), body, Optional.empty()))).isEqualTo(Verdict.OBJECT_REFUSED);
        assertThat(Verdict.of(answered(200, Optional.of(3000), body, Optional.empty()))).isEqualTo(Verdict.PARTNER_FAILS);
    }

    @Test
    void theHubHasNoCodesOfItsOwn_TRANS40() {
        assertThat(OcpiStatus.values()).extracting(OcpiStatus::code).allMatch(code -> code % 1000 < 900);
    }

    @Test
    void unavailableWithATimeIsARequestToWait() {
        assertThat(Verdict.of(answered(503, Optional.of(3000), "{}", Optional.of(Duration.ofSeconds(3))))).isEqualTo(Verdict.WAIT);
    }

    @ParameterizedTest
    @EnumSource(Outcome.Cause.class)
    void nothingThatWasNotSentIsInDoubt(Outcome.Cause cause) {
        assertThat(Verdict.of(new Outcome.NotSent("reason", cause))).isNotIn(Verdict.IN_DOUBT, Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource(Outcome.Cause.class)
    void ofWhatWasNotSentOnlyADocumentThatTheVersionCannotCarryIsToBlameItself(Outcome.Cause cause) {
        assertThat(Verdict.of(new Outcome.NotSent("reason", cause)) == Verdict.OBJECT_REFUSED).isEqualTo(cause == Outcome.Cause.NOT_IN_VERSION);
    }

    @Test
    void whatLeftWithoutAnAnswerIsInDoubt() {
        assertThat(Verdict.of(new Outcome.Unknown("reset"))).isEqualTo(Verdict.IN_DOUBT);
    }

    @Test
    void aReasonHoldsNothingThatARowCannotHold() {
        Outcome hostile = new Outcome.Answered(200, Optional.of(2001), "a\0b\n\ud800" + "x".repeat(5_000), "{}", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(PartnerClient.reason(hostile)).startsWith("HTTP 200, OCPI 2001, \"a b").doesNotContain("\0", "\n", "\ud800").hasSizeLessThan(600);
    }

    private static Outcome answered(int http, Optional<Integer> ocpi, String body, Optional<Duration> retryAfter) {
        return new Outcome.Answered(http, ocpi, "", body, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), retryAfter);
    }
}
