package org.roaminghub.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roaminghub.exchange.AliveRules.askAgain;
import static org.roaminghub.exchange.AliveRules.isDue;
import static org.roaminghub.exchange.AliveRules.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.roaminghub.ocpi.ConnectionStatus;
import org.roaminghub.partners.PartnerConnection.State;

/** The still-alive check as arithmetic (HCI-12, decision 0013). */
class AliveRulesTest {
    private static final Duration SILENCE = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void theStatusFollowsRegistrationAndAnswers_HCI05_HCI06() {
        assertThat(status(true, null, true)).isEqualTo(ConnectionStatus.PLANNED);
        assertThat(status(true, State.PLANNED, true)).isEqualTo(ConnectionStatus.PLANNED);
        assertThat(status(true, State.REGISTERED, true)).isEqualTo(ConnectionStatus.CONNECTED);
        assertThat(status(true, State.REGISTERED, false)).isEqualTo(ConnectionStatus.OFFLINE);
        assertThat(status(true, State.UNREGISTERED, true)).isEqualTo(ConnectionStatus.SUSPENDED);
        assertThat(status(true, State.UNREGISTERED, false)).isEqualTo(ConnectionStatus.SUSPENDED);
        assertThat(status(false, null, true)).isEqualTo(ConnectionStatus.CONNECTED);
    }

    @Test
    void whoWasHeardLatelyIsNotAsked_HCI12() {
        assertThat(isDue(true, NOW.minus(SILENCE).plusMillis(1), 0, null, SILENCE, NOW)).isFalse();
        assertThat(isDue(true, NOW.minus(SILENCE), 0, null, SILENCE, NOW)).isTrue();
    }

    @Test
    void failuresInARowAreAReasonToAskAndNoVerdict_HCI12() {
        assertThat(isDue(true, NOW, AliveRules.DOUBTS - 1, null, SILENCE, NOW)).isFalse();
        assertThat(isDue(true, NOW, AliveRules.DOUBTS, null, SILENCE, NOW)).isTrue();
    }

    @Test
    void whoIsOfflineIsAskedWhenItsRestIsOver_HCI12() {
        assertThat(isDue(false, NOW, 0, NOW.plusMillis(1), SILENCE, NOW)).isFalse();
        assertThat(isDue(false, NOW, 0, NOW, SILENCE, NOW)).isTrue();
        assertThat(isDue(true, NOW.minus(SILENCE), 9, NOW.plusMillis(1), SILENCE, NOW)).as("somebody else is asking").isFalse();
    }

    @Test
    void theRestGrowsWithTheAbsenceUpToAMinuteOrTheSilence() {
        assertThat(askAgain(NOW, SILENCE, NOW)).isEqualTo(NOW.plusSeconds(1));
        assertThat(askAgain(NOW.minusSeconds(8), SILENCE, NOW)).isEqualTo(NOW.plusSeconds(8));
        assertThat(askAgain(NOW.minus(Duration.ofDays(3)), SILENCE, NOW)).isEqualTo(NOW.plusSeconds(60));
        assertThat(askAgain(NOW.minus(Duration.ofDays(3)), Duration.ofSeconds(10), NOW)).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void whatAnAnswerSaysAboutTheWholePartner_HCI12() {
        assertThat(SignOfLife.of(answer(200, 1000))).isEqualTo(SignOfLife.ALIVE);
        assertThat(SignOfLife.of(answer(200, 2001))).as("it refuses an object").isEqualTo(SignOfLife.ALIVE);
        assertThat(SignOfLife.of(answer(404, 2003))).isEqualTo(SignOfLife.ALIVE);
        assertThat(SignOfLife.of(answer(404, null))).as("some web server").isEqualTo(SignOfLife.NONE);
        assertThat(SignOfLife.of(answer(500, null))).isEqualTo(SignOfLife.NONE);
        assertThat(SignOfLife.of(answer(401, 2000))).as("nothing can be exchanged").isEqualTo(SignOfLife.NONE);
        assertThat(SignOfLife.of(answer(429, null))).isEqualTo(SignOfLife.UNDECIDED);
        assertThat(SignOfLife.of(new Outcome.Unknown("timeout"))).isEqualTo(SignOfLife.NONE);
        assertThat(SignOfLife.of(new Outcome.NotSent("refused", Outcome.Cause.UNREACHABLE))).isEqualTo(SignOfLife.NONE);
        assertThat(SignOfLife.of(new Outcome.NotSent("open", Outcome.Cause.BREAKER_OPEN))).isEqualTo(SignOfLife.UNDECIDED);
        assertThat(SignOfLife.of(Outcome.NotSent.OFFLINE)).isEqualTo(SignOfLife.UNDECIDED);
    }

    private static Outcome answer(int http, Integer ocpi) {
        return new Outcome.Answered(http, Optional.ofNullable(ocpi), "", ocpi == null ? "<html>" : "{}", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
