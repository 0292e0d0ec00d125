package org.roaminghub.charging.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.EventReader;

/** The scenarios of the event model, fed as canonical events; see scenarios/README.md, "Beyond plain replay". */
class ScenarioReplayTest {

    @ParameterizedTest
    @ValueSource(strings = {"S01", "S02", "S07", "S10", "S18", "S19", "S21", "S25", "S30", "S34"})
    void givesTheExpectedSessionsStatusFlagsAndDuplicates(String id) {
        Scenario scenario = Scenario.load(id);

        StationFold.Step step = StationFold.foldAll(scenario.empty(), scenario.events());

        assertThat(Scenario.sessionsOf(step.state())).isEqualTo(scenario.expectedSessions());
        assertThat(scenario.timelineOf(step.effects())).isEqualTo(scenario.expectedTimeline());
        assertThat(Scenario.flagsOf(step)).isEqualTo(scenario.expectedFlags());
        assertThat(Scenario.duplicatesOf(step.effects())).isEqualTo(scenario.expectedDuplicates());
        assertThat(step.state().quarantine()).hasSize(scenario.expected().get("quarantined").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"S01", "S02", "S07", "S10", "S18", "S19", "S21", "S25", "S30", "S34"})
    void everyEventTwiceChangesNothingButCounters(String id) {
        Scenario scenario = Scenario.load(id);
        StationState once = StationFold.foldAll(scenario.empty(), scenario.events()).state();
        List<ChargingEvent> twice = new ArrayList<>(scenario.events());
        twice.addAll(scenario.events());

        assertThat(StationFold.foldAll(scenario.empty(), twice).state()).isEqualTo(once);
        assertThat(StationFold.foldAll(once, scenario.events()).state()).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"S01", "S02", "S07", "S10", "S18", "S19", "S21", "S25", "S30", "S34"})
    void anyOrderGivesTheSame(String id) {
        Scenario scenario = Scenario.load(id);
        StationFold.Step ordered = StationFold.foldAll(scenario.empty(), scenario.events());

        for (int seed = 0; seed < 20; seed++) {
            List<ChargingEvent> shuffled = new ArrayList<>(scenario.events());
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(StationFold.foldAll(scenario.empty(), shuffled)).isEqualTo(ordered);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"S01", "S02", "S07", "S10", "S18", "S19", "S21", "S25", "S30", "S34"})
    void restartAfterAnyEventGivesTheSame(String id) {
        Scenario scenario = Scenario.load(id);
        StationFold.Step ordered = StationFold.foldAll(scenario.empty(), scenario.events());

        StationState state = scenario.empty();
        List<Effect> effects = new ArrayList<>();
        for (ChargingEvent event : scenario.ordered()) {
            StationFold.Step step = StationFold.apply(
                    StationState.fromJson(state.toJson()), EventReader.stored(event.toJson()));
            assertThat(StationState.fromJson(step.state().toJson())).isEqualTo(step.state());
            effects.addAll(step.effects());
            state = step.state();
        }

        assertThat(state).isEqualTo(ordered.state());
        assertThat(effects).isEqualTo(ordered.effects());
    }

    @ParameterizedTest
    @ValueSource(strings = {"S01", "S02", "S07", "S10", "S18", "S19", "S21", "S25", "S30", "S34"})
    void oneByOneGivesTheSameAsAllAtOnce(String id) {
        Scenario scenario = Scenario.load(id);
        StationState state = scenario.empty();
        for (ChargingEvent event : scenario.ordered()) {
            assertThat(state.isBehind(event)).isFalse();
            state = StationFold.apply(state, event).state();
        }

        assertThat(state).isEqualTo(StationFold.foldAll(scenario.empty(), scenario.events()).state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"S01", "S02", "S07", "S10", "S18", "S19", "S21", "S25", "S30", "S34"})
    void lateEventsOfDroppedSessionsOpenNothing(String id) {
        Scenario scenario = Scenario.load(id);
        StationState done = StationFold.foldAll(scenario.empty(), scenario.events()).state();
        StationState dropped = done.withoutFinal(done.last().receivedAt().plusSeconds(1));
        StationState forgetful = new StationState(dropped.source(), dropped.station(), dropped.last(),
                dropped.firmware(), dropped.numbered(), dropped.connectors(), dropped.evseStatuses(),
                dropped.sessions(), dropped.quarantine(), dropped.tombstones(), List.of(), dropped.flags());

        StationState after = StationFold.foldAll(forgetful, scenario.events()).state();

        assertThat(dropped.sessions()).isEmpty();
        assertThat(after.sessions()).isEmpty();
        assertThat(after.quarantine()).isEqualTo(dropped.quarantine());
    }
}
