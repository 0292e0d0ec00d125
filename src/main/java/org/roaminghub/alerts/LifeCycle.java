package org.roaminghub.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a round makes of the alerts there are (pure):
 *
 * <pre>
 *  found ──► OPEN ──acknowledge──► ACKNOWLEDGED        not found ──► CLEARED, from every state
 *             │ ▲                       │              found again after that ──► a new alert
 *          silence time over         silence
 *             ▼ │                       │
 *          SILENCED ◄───────────────────┘
 * </pre>
 */
final class LifeCycle {
    private LifeCycle() {
    }

    /** An alert that is not cleared. @param silencedUntil null when it is not silenced */
    record Live(long id, AlertType type, String key, AlertState state, Instant silencedUntil) {
    }

    /** A live alert that was found again. @param returns whether its silence is over */
    record Again(long id, Finding finding, boolean returns) {
    }

    /** What changes. @param cleared ids */
    record Changes(List<Finding> opened, List<Again> again, List<Long> cleared) {
    }

    private record Name(AlertType type, String key) {
    }

    /**
     * Compares what was found with what is known. While a partner does not answer, what follows from that is no news: it opens
     * nothing, and what was open before stays as it is.
     *
     * @param looked the types that could be looked at in this round; alerts of others stay as they are
     */
    static Changes next(Collection<Live> live, Set<AlertType> looked, Collection<Finding> found, Instant now) {
        Set<String> unreachable = found.stream().filter(finding -> finding.type() == AlertType.PARTNER_UNREACHABLE).map(Finding::partner).collect(Collectors.toSet());
        Map<Name, Finding> open = new LinkedHashMap<>();
        found.forEach(finding -> open.putIfAbsent(new Name(finding.type(), finding.key()), finding));
        List<Again> again = new ArrayList<>();
        List<Long> cleared = new ArrayList<>();
        for (Live alert : live) {
            Finding finding = open.remove(new Name(alert.type(), alert.key()));
            if (finding == null && looked.contains(alert.type())) {
                cleared.add(alert.id());
            }
            if (finding != null && !isNoNews(finding, unreachable)) {
                boolean over = alert.state() == AlertState.SILENCED && !now.isBefore(alert.silencedUntil());
                again.add(new Again(alert.id(), finding, over));
            }
        }
        return new Changes(open.values().stream().filter(finding -> !isNoNews(finding, unreachable)).toList(), again, cleared);
    }

    private static boolean isNoNews(Finding finding, Set<String> unreachable) {
        return finding.type().followsFromUnreachable() && finding.partner() != null && unreachable.contains(finding.partner());
    }
}
