package org.roaminghub.charging.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roaminghub.charging.fold.Events.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.EventOrder;

/** Section 6: any order, any duplicates, same sessions. */
class AnyOrderPropertyTest {

    @Property(tries = 200)
    void anyOrderAndAnyDuplicatesGiveTheSameSessions(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 5) Integer> shape, @ForAll long seed,
            @ForAll boolean numbered, @ForAll boolean receiptsCoincide) {
        List<ChargingEvent> events = sessions(shape, numbered, receiptsCoincide);
        StationState ordered = StationFold.foldAll(Events.EMPTY, events).state();
        Random random = new Random(seed);
        List<ChargingEvent> disturbed = new ArrayList<>(events);
        events.stream().filter(event -> random.nextBoolean()).forEach(disturbed::add);
        Collections.shuffle(disturbed, random);

        assertThat(StationFold.foldAll(Events.EMPTY, disturbed).state()).isEqualTo(ordered);
    }

    @Property(tries = 100)
    void restartAnywhereGivesTheSame(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 5) Integer> shape, @ForAll boolean numbered,
            @ForAll boolean receiptsCoincide) {
        List<ChargingEvent> events = new ArrayList<>(sessions(shape, numbered, receiptsCoincide));
        events.sort(EventOrder.COMPARATOR);
        StationState state = Events.EMPTY;
        for (ChargingEvent event : events) {
            state = StationFold.apply(StationState.fromJson(state.toJson()), event).state();
        }

        assertThat(state).isEqualTo(StationFold.foldAll(Events.EMPTY, events).state());
    }

    /**
     * One session after another; the number of each chooses what is unusual: 0 nothing, 1 no end, 2 end before start,
     * 3 repeated start under another id, 4 a register that dips, 5 a refused token.
     */
    private static List<ChargingEvent> sessions(List<Integer> shape, boolean numbered, boolean receiptsCoincide) {
        List<ChargingEvent> events = new ArrayList<>();
        for (int index = 0; index < shape.size(); index++) {
            addSession(events, index, shape.get(index), numbered, receiptsCoincide);
        }
        return events;
    }

    private static void addSession(
            List<ChargingEvent> events, int index, int kind, boolean numbered, boolean receiptsCoincide) {
        long second = index * 1_000L;
        long received = receiptsCoincide ? 100_000 : second;
        String id = "t" + index;
        String address = ",'evse_id':1,'transaction_id':'" + id + "'";
        String startData = "'id_token':'AA1','meter_start_wh':1000" + (numbered ? ",'seq':0" : "");
        events.add(event("connector.status", id + "-plug", second, received, ",'evse_id':1", "'status':'Preparing'"));
        events.add(event("transaction.started", id + "-start", second + 10, received + 10, address, startData));
        if (kind == 3) {
            events.add(event("transaction.started", id + "-again", second + 10, received + 20, address, startData));
        }
        if (kind == 5) {
            events.add(event("authorization", id + "-no", second + 11, received + 11, address,
                    "'id_token':'AA1','result':'Invalid'"));
        }
        for (int reading = 1; reading <= 5; reading++) {
            long register = kind == 4 && reading == 3 ? 5 : 1_000L + reading * 100L;
            events.add(event("meter.values", id + "-meter" + reading, second + reading * 60L,
                    received + reading * 60L, address, "'readings':[{'time':'" + Events.NOON.plusSeconds(second
                            + reading * 60L) + "','measurand':'Energy.Active.Import.Register','value':" + register
                            + ",'unit':'Wh'}]"));
        }
        if (numbered) {
            events.add(event("transaction.updated", id + "-update", second + 90, received + 90, address,
                    "'seq':1,'charging_state':'Charging'"));
        }
        if (kind != 1) {
            events.add(event("transaction.ended", id + "-end", second + 400, received + (kind == 2 ? 5 : 400), address,
                    "'reason':'Local','meter_stop_wh':1600" + (numbered ? ",'seq':2" : "")));
        }
        events.add(event("connector.status", id + "-free", second + 500, received + 500, ",'evse_id':1",
                "'status':'Available'"));
    }
}
