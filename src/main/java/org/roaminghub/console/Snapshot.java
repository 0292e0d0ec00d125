package org.roaminghub.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.roaminghub.alerts.AlertState;
import org.roaminghub.delivery.CdrState;
import org.roaminghub.ocpi.ConnectionStatus;

/** What the console page shows at one moment: the whole picture in numbers, the newest of each kind as items. Shared by all who watch, so tokens are masked. */
record Snapshot(Instant at, List<PartnerPart> partners, SessionsPart sessions, CdrsPart cdrs, HeldPart held, UnresolvedPart unresolved, AlertsPart alerts,
        Rates.PerSecond rates) {

    /**
     * @param status what other partners are told about it
     * @param pulls  those under way and those that failed
     * @param lanes  the worst ones, of {@code lanesTotal}
     */
    record PartnerPart(String partner, String name, String kind, String state, ConnectionStatus status, List<PullNote> pulls, List<LaneItem> lanes, long lanesTotal) {
    }

    /** A list that is being pulled, or could not be. @param objects seen so far */
    record PullNote(String module, String party, boolean running, int pages, int objects, String lastError) {
    }

    record SessionsPart(long inProgress, List<SessionItem> newest) {
    }

    record CdrsPart(Map<CdrState, Long> undelivered, long oldestSeconds, List<CdrItem> newest) {
    }

    record HeldPart(long total, List<HeldItem> newest) {
    }

    /** @param live how many are not cleared, by state @param newest of the open ones */
    record AlertsPart(Map<AlertState, Long> live, List<AlertItem> newest) {
    }

    record UnresolvedPart(long total, List<Waiting> newest) {
    }

    /** Events of a station that wait for something: a charger no EVSE names, a token, a tariff. */
    record Waiting(String kind, String ref, String source, String station, Instant since) {
    }
}
