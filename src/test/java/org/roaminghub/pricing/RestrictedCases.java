package org.roaminghub.pricing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;
import org.roaminghub.ocpi.v2_2_1.Tariff;
import org.roaminghub.pricing.SegmentationRequest.RegisterReading;
import org.roaminghub.pricing.SegmentationRequest.Sample;
import org.roaminghub.pricing.SegmentationRequest.StateChange;

/** Arbitrary sessions of up to six hours with arbitrary restricted tariffs, some of them over a change of the clock. */
final class RestrictedCases extends DomainContextBase {

    static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int STEP_SECONDS = 317;

    /** A session as measured, cut for its tariff. */
    record Case(SegmentationRequest measured, Segmentation segmentation) {

        PricingRequest toPrice() {
            return new PricingRequest(PricingVersion.V2_2_1, ZONE, List.of(measured.tariff()), measured.start(), measured.end(), "EUR",
                    segmentation.periods(), PricingPolicy.DEFAULT);
        }

        Priced priced() {
            return (Priced) CdrPricer.price(toPrice());
        }
    }

    @Provide
    Arbitrary<Case> restrictedCase() {
        Arbitrary<Instant> starts = Combinators.combine(
                        Arbitraries.of("2026-01-05T00:00:00Z", "2026-03-28T18:00:00Z", "2026-10-24T18:00:00Z"),
                        Arbitraries.integers().between(0, 8 * 3600))
                .as((day, seconds) -> Instant.parse(day).plusSeconds(seconds));
        return Combinators.combine(
                        starts,
                        Arbitraries.integers().between(0, 9_000).list().ofMinSize(1).ofMaxSize(60),
                        Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(1, 2), Tuple.of(1, 5)),
                        Arbitraries.of(VehicleState.TAKING_POWER, VehicleState.NOT_REQUESTING_POWER).list().ofMinSize(1).ofMaxSize(5),
                        Arbitraries.integers().between(0, 60).list().ofMaxSize(12),
                        tariffs())
                .as((start, growthWh, reserved, states, powers, tariff) -> {
                    List<Integer> growth = new ArrayList<>(Collections.nCopies(reserved, 0));
                    growth.addAll(growthWh);
                    SegmentationRequest measured = session(start, growth, reserved, states, powers, tariff);
                    return new Case(measured, Segmenter.segment(measured));
                });
    }

    /**
     * Growth between readings a few minutes apart; the other values are spread over the session.
     *
     * @param reserved readings that end before the vehicle comes
     */
    private static SegmentationRequest session(
            Instant start, List<Integer> growthWh, int reserved, List<VehicleState> states, List<Integer> powers, Tariff tariff) {
        List<RegisterReading> readings = new ArrayList<>();
        BigDecimal energyWh = BigDecimal.ZERO;
        readings.add(new RegisterReading(start, energyWh));
        for (int i = 0; i < growthWh.size(); i++) {
            energyWh = energyWh.add(BigDecimal.valueOf(growthWh.get(i)));
            readings.add(new RegisterReading(start.plusSeconds((i + 1L) * STEP_SECONDS), energyWh));
        }
        Instant end = readings.get(readings.size() - 1).at();
        List<StateChange> changes = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            changes.add(new StateChange(start.plusSeconds((long) reserved * STEP_SECONDS + i * 1_201L), states.get(i)));
        }
        if (reserved > 0) {
            changes.add(new StateChange(start, VehicleState.RESERVED));
        }
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < powers.size(); i++) {
            samples.add(new Sample(start.plusSeconds(i * 601L), BigDecimal.valueOf(powers.get(i))));
        }
        return new SegmentationRequest(start, end, readings, changes, samples, List.of(), tariff, ZONE);
    }

    @Provide
    Arbitrary<Tariff> tariffs() {
        return element().list().ofMinSize(1).ofMaxSize(5).map(RestrictedCases::tariff);
    }

    static Tariff tariff(List<ObjectNode> elements) {
        ObjectNode tariff = NODES.objectNode().put("id", "T1").put("currency", "EUR");
        tariff.putArray("elements").addAll(elements);
        return Tariff.from(tariff);
    }

    @Provide
    Arbitrary<ObjectNode> element() {
        return Combinators.combine(
                        Arbitraries.of("FLAT", "ENERGY", "TIME", "PARKING_TIME").set().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.integers().between(0, 500),
                        Arbitraries.of(0, 1, 300, 900),
                        restrictions())
                .as((types, cents, step, restrictions) -> element(types, BigDecimal.valueOf(cents, 2), step, restrictions));
    }

    static ObjectNode element(Set<String> types, BigDecimal price, int step, ObjectNode restrictions) {
        ObjectNode element = NODES.objectNode();
        ArrayNode components = element.putArray("price_components");
        types.stream().sorted().forEach(type -> components.addObject().put("type", type).put("price", price).put("step_size", step));
        element.set("restrictions", restrictions);
        return element;
    }

    /** Two pairs of bounds at most, so that elements hold often enough. */
    private static Arbitrary<ObjectNode> restrictions() {
        Arbitrary<String> times = Combinators.combine(Arbitraries.integers().between(0, 23), Arbitraries.of(0, 15, 30, 45))
                .as("%02d:%02d"::formatted);
        Arbitrary<ObjectNode> clock = Combinators.combine(times, times)
                .as((from, to) -> NODES.objectNode().put("start_time", from).put("end_time", to));
        Arbitrary<ObjectNode> days = Arbitraries.of(DayOfWeek.class).set().ofMinSize(3).map(some -> {
            ObjectNode json = NODES.objectNode();
            ArrayNode array = json.putArray("day_of_week");
            some.stream().sorted().forEach(day -> array.add(day.name()));
            return json;
        });
        Arbitrary<ObjectNode> bounds = Arbitraries.oneOf(band("kwh", 60), band("duration", 14_400), band("power", 60));
        Arbitrary<ObjectNode> reservation = Arbitraries.of("RESERVATION", "RESERVATION_EXPIRES")
                .map(kind -> NODES.objectNode().put("reservation", kind));
        Arbitrary<ObjectNode> any = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.create(NODES::objectNode)),
                Tuple.of(3, clock),
                Tuple.of(2, days),
                Tuple.of(4, bounds),
                Tuple.of(1, reservation));
        return Combinators.combine(any, any).as((first, second) -> {
            ObjectNode both = first.deepCopy();
            both.setAll(second);
            return both;
        });
    }

    private static Arbitrary<ObjectNode> band(String quantity, int greatest) {
        return Combinators.combine(Arbitraries.integers().between(0, greatest), Arbitraries.integers().between(1, greatest), Arbitraries.of(1, 2, 3))
                .as((from, width, sides) -> {
                    ObjectNode json = NODES.objectNode();
                    if ((sides & 1) != 0) {
                        json.put("min_" + quantity, from);
                    }
                    if ((sides & 2) != 0) {
                        json.put("max_" + quantity, from + width);
                    }
                    return json;
                });
    }
}
