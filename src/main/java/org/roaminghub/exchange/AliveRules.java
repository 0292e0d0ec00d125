package org.roaminghub.exchange;

import java.time.Duration;
import java.time.Instant;
import org.roaminghub.ocpi.ConnectionStatus;
import org.roaminghub.partners.PartnerConnection;

/** The decisions of the still-alive check (HCI-12, decision 0013); no clock, database or network. */
final class AliveRules {
    /** So many calls in a row without a sign of life are worth asking at once, and are no proof by themselves. */
    static final int DOUBTS = 3;
    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private AliveRules() {
    }

    /**
     * What others are told about a partner's parties.
     *
     * @param speaksOcpi   false for a backend, for which the hub speaks
     * @param registration null when there never was one
     * @param reachable    as the still-alive check found it last
     */
    static ConnectionStatus status(boolean speaksOcpi, PartnerConnection.State registration, boolean reachable) {
        if (!speaksOcpi) {
            return ConnectionStatus.CONNECTED;
        }
        if (registration == null) {
            return ConnectionStatus.PLANNED;
        }
        return switch (registration) {
            case PLANNED -> ConnectionStatus.PLANNED;
            case REGISTERED -> reachable ? ConnectionStatus.CONNECTED : ConnectionStatus.OFFLINE;
            case UNREGISTERED -> ConnectionStatus.SUSPENDED;
        };
    }

    /**
     * Whether to ask a registered partner for its versions now.
     *
     * @param notBefore the partner is being asked, or was a moment ago; null when not
     * @param failures  calls without a sign of life since the last one
     */
    static boolean isDue(boolean reachable, Instant heard, int failures, Instant notBefore, Duration silence, Instant now) {
        if (notBefore != null && now.isBefore(notBefore)) {
            return false;
        }
        return !reachable || failures >= DOUBTS || !now.isBefore(heard.plus(silence));
    }

    /** Who has been away for a moment is asked again in a moment, who has been away for long once a minute, or as often as its silence allows. */
    static Instant askAgain(Instant since, Duration silence, Instant now) {
        Duration longest = silence.compareTo(LONGEST_REST) < 0 ? silence : LONGEST_REST;
        Duration away = Duration.between(since, now);
        Duration rest = away.compareTo(longest) > 0 ? longest : away;
        return now.plus(rest.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : rest);
    }
}
