package org.roaminghub.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.roaminghub.alerts.LifeCycle.Live;

class LifeCycleTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final Set<AlertType> ALL = EnumSet.allOf(AlertType.class);

    @Test
    void whatIsFoundForTheFirstTimeOpens() {
        LifeCycle.Changes changes = LifeCycle.next(List.of(), ALL, List.of(finding(AlertType.DEAD_LETTER, "a", "a"), finding(AlertType.DEAD_LETTER, "b", "b")), NOW);

        assertThat(changes.opened()).extracting(Finding::key).containsExactly("a", "b");
        assertThat(changes.again()).isEmpty();
        assertThat(changes.cleared()).isEmpty();
    }

    @Test
    void theSameTroubleOpensOnce() {
        assertThat(LifeCycle.next(List.of(), ALL, List.of(finding(AlertType.DEAD_LETTER, "a", "a"), finding(AlertType.DEAD_LETTER, "a", "a")), NOW).opened()).hasSize(1);
    }

    @Test
    void whatIsFoundAgainCountsAndOpensNothing() {
        LifeCycle.Changes changes = LifeCycle.next(List.of(live(7, AlertType.DEAD_LETTER, "a", AlertState.ACKNOWLEDGED, null)), ALL, List.of(finding(AlertType.DEAD_LETTER, "a", "a")), NOW);

        assertThat(changes.opened()).isEmpty();
        assertThat(changes.again()).extracting(LifeCycle.Again::id).containsExactly(7L);
        assertThat(changes.again()).noneMatch(LifeCycle.Again::returns);
    }

    @Test
    void theSameKeyOfAnotherTypeIsAnotherAlert() {
        LifeCycle.Changes changes = LifeCycle.next(List.of(live(7, AlertType.CDR_IN_DOUBT, "a", AlertState.OPEN, null)), ALL, List.of(finding(AlertType.CDR_REJECTED, "a", "a")), NOW);

        assertThat(changes.opened()).hasSize(1);
        assertThat(changes.cleared()).containsExactly(7L);
    }

    @Test
    void whatIsNotFoundAnyMoreClearsFromEveryState() {
        List<Live> live = List.of(live(1, AlertType.DEAD_LETTER, "a", AlertState.OPEN, null), live(2, AlertType.DEAD_LETTER, "b", AlertState.ACKNOWLEDGED, null),
                live(3, AlertType.DEAD_LETTER, "c", AlertState.SILENCED, NOW.plusSeconds(60)));

        assertThat(LifeCycle.next(live, ALL, List.of(), NOW).cleared()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aTypeThatCouldNotBeLookedAtKeepsItsAlerts() {
        LifeCycle.Changes changes = LifeCycle.next(List.of(live(1, AlertType.DEAD_LETTER, "a", AlertState.OPEN, null)), EnumSet.of(AlertType.CDR_REJECTED), List.of(), NOW);

        assertThat(changes.cleared()).isEmpty();
        assertThat(changes.again()).isEmpty();
    }

    @Test
    void aSilencedOneComesBackWhenItsTimeIsOverAndItIsStillFound() {
        List<Finding> found = List.of(finding(AlertType.DEAD_LETTER, "a", "a"));

        assertThat(LifeCycle.next(List.of(live(1, AlertType.DEAD_LETTER, "a", AlertState.SILENCED, NOW.plusMillis(1))), ALL, found, NOW).again()).noneMatch(LifeCycle.Again::returns);
        assertThat(LifeCycle.next(List.of(live(1, AlertType.DEAD_LETTER, "a", AlertState.SILENCED, NOW)), ALL, found, NOW).again()).allMatch(LifeCycle.Again::returns);
    }

    @Test
    void whatFollowsFromAnUnreachablePartnerOpensNothing() {
        LifeCycle.Changes changes = LifeCycle.next(List.of(), ALL, List.of(finding(AlertType.LOCATION_PUSH_FAILING, "l", "alpha"), finding(AlertType.CDR_UNDELIVERED, "c", "alpha"),
                finding(AlertType.CDR_UNDELIVERED, "d", "beta"), finding(AlertType.CDR_REJECTED, "r", "alpha"), finding(AlertType.PARTNER_UNREACHABLE, "alpha", "alpha")), NOW);

        assertThat(changes.opened()).extracting(Finding::key).containsExactly("d", "r", "alpha");
    }

    @Test
    void whatWasOpenBeforeThePartnerWentAwayNeitherCountsNorClears() {
        LifeCycle.Changes changes = LifeCycle.next(List.of(live(1, AlertType.CDR_UNDELIVERED, "c", AlertState.OPEN, null)), ALL,
                List.of(finding(AlertType.CDR_UNDELIVERED, "c", "alpha"), finding(AlertType.PARTNER_UNREACHABLE, "alpha", "alpha")), NOW);

        assertThat(changes.again()).isEmpty();
        assertThat(changes.cleared()).isEmpty();
    }

    private static Finding finding(AlertType type, String key, String partner) {
        return new Finding(type, key, partner, "object", "reason", "next step");
    }

    private static Live live(long id, AlertType type, String key, AlertState state, Instant silencedUntil) {
        return new Live(id, type, key, state, silencedUntil);
    }
}
