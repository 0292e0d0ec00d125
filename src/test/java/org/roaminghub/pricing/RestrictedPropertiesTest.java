package org.roaminghub.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.roaminghub.ocpi.v2_2_1.CdrDimension;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Tariff;
import org.roaminghub.ocpi.v2_2_1.TariffElement;
import org.roaminghub.ocpi.v2_2_1.TariffRestrictions;
import org.roaminghub.pricing.RestrictedCases.Case;
import org.roaminghub.pricing.SegmentationRequest.RegisterReading;
import org.roaminghub.pricing.SegmentationRequest.Sample;
import org.roaminghub.pricing.SegmentationRequest.StateChange;

/** What must hold for every session with every restricted tariff (P2, P3, P7, P8, P9). */
@Domain(DomainContext.Global.class)
@Domain(RestrictedCases.class)
class RestrictedPropertiesTest {

    private static final BigDecimal SHOWN_ULP = new BigDecimal("0.0000000001");
    private static final List<String> ALL = List.of("FLAT", "ENERGY", "TIME", "PARKING_TIME");

    @Property(tries = 500)
    void p2AnElementAfterAnUnrestrictedOneOfTheSameTypesChangesNothing(@ForAll Case any, @ForAll @Size(max = 3) List<ObjectNode> later) {
        ObjectNode unrestricted = RestrictedCases.element(Set.copyOf(ALL), BigDecimal.ONE, 1, JsonNodeFactory.instance.objectNode());
        later.forEach(element -> ((ObjectNode) element.get("restrictions")).remove("reservation"));
        Tariff closed = with(any.measured().tariff(), List.of(unrestricted));
        Tariff longer = with(closed, later);

        assertThat(price(any, closed)).isEqualTo(price(any, longer));
    }

    /** Without bounds on energy: between two cuts of a period, energy need not grow evenly. */
    @Property(tries = 500)
    void p3SplittingAPeriodOfOurOwnChangesNothing(
            @ForAll Case generated, @ForAll @IntRange(max = 50) int chosen, @ForAll @IntRange(min = 1, max = 99) int percent) {
        Case any = withoutEnergyBounds(generated);
        List<ChargingPeriod> periods = new ArrayList<>(any.segmentation().periods());
        int index = chosen % periods.size();
        ChargingPeriod whole = periods.get(index);
        Instant end = index + 1 < periods.size() ? periods.get(index + 1).startDateTime() : any.measured().end();
        Instant cut = whole.startDateTime().plus(Duration.between(whole.startDateTime(), end).multipliedBy(percent).dividedBy(100));
        BigDecimal part = BigDecimal.valueOf(percent, 2);
        periods.set(index, new ChargingPeriod(whole.startDateTime(), parts(whole, volume -> volume.multiply(part)), "T1"));
        periods.add(index + 1, new ChargingPeriod(cut, parts(whole, volume -> volume.subtract(volume.multiply(part))), "T1"));

        ObjectNode split = price(any, any.measured().tariff(), periods);

        assertThat(split).isEqualTo(price(any, any.measured().tariff()));
    }

    @Property(tries = 500)
    void p7LinesAddUpToTheTotal(@ForAll Case any) {
        Priced priced = any.priced();
        BigDecimal sum = priced.explanation().stream().map(ExplanationLine::excl).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal rounding = new BigDecimal("0.00005").add(SHOWN_ULP.multiply(BigDecimal.valueOf(priced.explanation().size())));

        assertThat(sum.subtract(priced.totalCost().exclVat()).abs()).isLessThanOrEqualTo(rounding);
    }

    @Property(tries = 500)
    void p8ShiftingByWholeWeeksWithoutAClockChangeChangesNothing(@ForAll Case any, @ForAll @IntRange(min = 1, max = 8) int weeks) {
        Instant january = Instant.parse("2026-01-05T00:00:00Z").plus(Duration.between(any.measured().start(), any.measured().end()));
        SegmentationRequest base = shifted(any.measured(), Duration.between(any.measured().start(), january));

        assertThat(price(shifted(base, Duration.ofDays(7L * weeks)))).isEqualTo(price(base));
    }

    @Property(tries = 1000)
    void p9SegmentedSessionsSpanNoPriceChangeAndLoseNothing_CDR14_CDR34(@ForAll Case any) {
        List<ChargingPeriod> periods = any.segmentation().periods();
        BigDecimal energyKwh = any.priced().totalEnergyKwh();
        List<RegisterReading> readings = any.measured().readings();

        assertThat(any.priced().flags()).doesNotContain(PricingFlag.PERIOD_SPANS_PRICE_CHANGE);
        assertThat(energyKwh.movePointRight(3)).isEqualByComparingTo(readings.get(readings.size() - 1).energyWh());
        assertThat(periods.get(0).startDateTime()).isEqualTo(any.measured().start());
        assertThat(periods).extracting(ChargingPeriod::startDateTime).isSorted().doesNotHaveDuplicates();
        assertThat(periods).flatExtracting(ChargingPeriod::dimensions)
                .allMatch(dimension -> dimension.type().endsWith("POWER") || dimension.volume().signum() >= 0);
    }

    private static List<CdrDimension> parts(ChargingPeriod whole, UnaryOperator<BigDecimal> part) {
        return whole.dimensions().stream()
                .map(dimension -> dimension.type().startsWith("M") ? dimension : new CdrDimension(dimension.type(), part.apply(dimension.volume())))
                .toList();
    }

    private static Tariff with(Tariff tariff, List<ObjectNode> more) {
        List<TariffElement> elements = new ArrayList<>(tariff.elements());
        more.forEach(element -> elements.add(TariffElement.from(element)));
        return new Tariff(null, null, tariff.id(), tariff.currency(), null, null, null, null, elements, null, null, null);
    }

    private static Case withoutEnergyBounds(Case any) {
        SegmentationRequest session = any.measured();
        List<TariffElement> elements = new ArrayList<>();
        for (TariffElement element : session.tariff().elements()) {
            ObjectNode restrictions = element.restrictions().json().deepCopy();
            restrictions.remove(List.of("min_kwh", "max_kwh"));
            elements.add(new TariffElement(element.priceComponents(), new TariffRestrictions(restrictions)));
        }
        Tariff tariff = new Tariff(null, null, "T1", "EUR", null, null, null, null, elements, null, null, null);
        SegmentationRequest unbound = new SegmentationRequest(session.start(), session.end(), session.readings(), session.stateChanges(),
                session.powerKw(), session.currentA(), tariff, session.timeZone());
        return new Case(unbound, Segmenter.segment(unbound));
    }

    private static SegmentationRequest shifted(SegmentationRequest session, Duration by) {
        return new SegmentationRequest(
                session.start().plus(by),
                session.end().plus(by),
                session.readings().stream().map(reading -> new RegisterReading(reading.at().plus(by), reading.energyWh())).toList(),
                session.stateChanges().stream().map(change -> new StateChange(change.at().plus(by), change.state())).toList(),
                session.powerKw().stream().map(sample -> new Sample(sample.at().plus(by), sample.value())).toList(),
                List.of(),
                session.tariff(),
                session.timeZone());
    }

    private static ObjectNode price(SegmentationRequest session) {
        return price(new Case(session, Segmenter.segment(session)), session.tariff());
    }

    private static ObjectNode price(Case session, Tariff tariff) {
        return price(session, tariff, session.segmentation().periods());
    }

    private static ObjectNode price(Case session, Tariff tariff, List<ChargingPeriod> periods) {
        PricingRequest request = session.toPrice();
        Priced priced = (Priced) CdrPricer.price(new PricingRequest(request.version(), request.timeZone(), List.of(tariff),
                request.sessionStart(), request.sessionEnd(), request.currency(), periods, request.policy()));
        ObjectNode json = priced.toJson();
        json.remove("explanation");
        return json;
    }
}
