package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The sessions of one station, one after the other, told in time lapse.
 *
 * <p>A session's events are told faster than they happened, and their times are such that the last one happens when it is
 * told. So nothing lies in the future, energy fits time and power, and a finished session is always fresh. The price: an
 * accelerated session begins in the past, and the next one must wait until its own beginning no longer overlaps this one.
 */
final class StationLife {

    /**
     * An event and when to tell it.
     *
     * @param lastOfSession whether the station is free after it
     */
    record Due(Instant at, JsonNode event, StationLife station, boolean lastOfSession) {}

    private static final Duration BOOT_BEFORE = Duration.ofSeconds(30);
    private static final Duration PARKED = Duration.ofMinutes(3);
    private static final Duration RAREST_READINGS = Duration.ofMinutes(5);
    private static final int READINGS_AT_LEAST = 6;
    private static final int LEAST_POWER_W = 6_000;
    private static final int POWER_SPREAD_W = 12_000;

    private final FleetSettings settings;
    private final ChargingStation station;
    private final Random dice;
    private long meterWh;
    private Instant freeSince;

    StationLife(FleetSettings settings, int number) {
        this.settings = settings;
        this.station = new ChargingStation(settings.station(number));
        this.dice = new Random(settings.seed() * 1_000_003 + number);
        this.meterWh = 100_000L * number;
    }

    /** The boot, told at once, and the first session, begun within one told pause. */
    List<Due> first(Instant now) {
        Plan draft = draft();
        Duration told = told(draft.life());
        Instant begin = now.plus(told(drawn(settings.pause())));
        Plan plan = placed(draft, begin.plus(told));
        Instant boot = plan.start().minus(Plan.PREPARING).minus(BOOT_BEFORE);
        List<Due> session = session(plan, begin);
        List<Due> arrival = station.boot(boot).stream().map(event -> new Due(now, event, this, false)).toList();
        return Stream.concat(arrival.stream(), session.stream()).toList();
    }

    /** The next session, begun as early as its backdated beginning allows. */
    List<Due> next(Instant now) {
        Plan draft = draft();
        Duration told = told(draft.life());
        Instant earliest = freeSince.plus(drawn(settings.pause())).plusSeconds(5).plus(draft.life()).minus(told);
        Instant begin = earliest.isBefore(now) ? now : earliest;
        return session(placed(draft, begin.plus(told)), begin);
    }

    private List<Due> session(Plan plan, Instant begin) {
        Instant happened = plan.start().minus(Plan.PREPARING);
        List<JsonNode> events = station.session(plan);
        freeSince = happened.plus(plan.life());
        JsonNode last = events.get(events.size() - 1);
        return events.stream()
                .map(event -> {
                    Duration since = Duration.between(happened, Instant.parse(event.path("time").asText()));
                    return new Due(begin.plus(told(since)), event, this, event == last);
                })
                .toList();
    }

    /** All but the time, which depends on the length. */
    private Plan draft() {
        Duration charging = settings.shortest().plus(drawn(settings.longest().minus(settings.shortest())));
        long powerW = LEAST_POWER_W + dice.nextInt(POWER_SPREAD_W);
        long energyWh = powerW * charging.toSeconds() / 3600;
        String idToken = settings.idTokens().get(dice.nextInt(settings.idTokens().size()));
        Plan plan = new Plan(Instant.EPOCH, energyWh, charging, PARKED, readings(charging), idToken, meterWh, dice.nextLong());
        meterWh += energyWh;
        return plan;
    }

    /** Every five minutes, more often in a short session. */
    private static Duration readings(Duration charging) {
        Duration share = charging.dividedBy(READINGS_AT_LEAST);
        return share.compareTo(RAREST_READINGS) < 0 ? share : RAREST_READINGS;
    }

    private static Plan placed(Plan draft, Instant end) {
        Instant start = end.minus(draft.life()).plus(Plan.PREPARING);
        return new Plan(
                Instant.ofEpochMilli(start.toEpochMilli()),
                draft.energyWh(),
                draft.charging(),
                draft.parked(),
                draft.readingInterval(),
                draft.idToken(),
                draft.meterStartWh(),
                draft.seed());
    }

    private Duration told(Duration simulated) {
        return Duration.ofMillis(Math.round(simulated.toMillis() / settings.acceleration()));
    }

    private Duration drawn(Duration most) {
        return Duration.ofSeconds((long) (dice.nextDouble() * most.toSeconds()));
    }
}
