package org.roaminghub.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Tariff;
import org.roaminghub.pricing.SegmentationRequest.RegisterReading;
import org.roaminghub.pricing.SegmentationRequest.Sample;
import org.roaminghub.pricing.SegmentationRequest.StateChange;

/**
 * The sessions that the OCPI 2.2.1 text prices, with the tariffs it gives: cut for the tariff, then priced. Phases are in
 * minutes: R reserved, C charging, P parked, with kWh, A and kW.
 */
class PriceVectorsTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    @ParameterizedTest(name = "{0}: {1}, {2}, {3}")
    @CsvSource(delimiter = '|', textBlock = """
            1  | tariff_8_simple_025kwh                          | Mon 10:00 | C 60 20kWh               | 5      | 5.5
            2  | tariff_9_025kwh_start                           | Mon 10:00 | C 60 20kWh               | 5.5    | 6.1
            3  | tariff_12_025kwh_min_price                      | Mon 10:00 | C 60 20kWh               | 5      | 5.5
            4  | tariff_12_025kwh_min_price                      | Mon 10:00 | C 10 1kWh                | 0.5    | 0.55
            5  | tariff_10_025kwh_parking_start                  | Mon 10:00 | C 60 20kWh, P 40         | 7      | 7.9
            6  | tariff_6_025kwh_start_max_price                 | Mon 10:00 | C 60 50kWh               | 10     | 11
            7  | tariff_6_025kwh_start_max_price                 | Mon 10:00 | C 60 30kWh               | 8      | 8.85
            8  | tariff_1_simple_2hour                           | Mon 10:00 | C 150 20kWh              | 5      | 5.5
            9  | tariff_13_simple_3hour_5parking                 | Mon 10:00 | C 150 20kWh, P 42        | 11.25  | 12.75
            10 | tariff_2_alt_text                               | Mon 10:00 | C 150 20kWh              | 4.75   | 4.997
            11 | tariff_3_alt_url                                | Mon 10:00 | C 60 20.45kWh            | 5.625  | 6.2375
            12 | tariff_4_complex                                | Mon 09:30 | C 165 20kWh 16A, P 42    | 9      | 10.3
            13 | tariff_4_complex                                | Sat 13:30 | C 114 20kWh 43A, P 71    | 12.375 | 13.975
            14 | tariff_5_free_of_charge                         | Mon 10:00 | C 60 20kWh               | 0      | 0
            15 | tariff_15_reservation_5_euro_per_hour           | Mon 10:00 | R 15, C 60 20kWh         | 6.75   | 7.6
            16 | tariff_16_reservation_2_euro_fee_5_euro_per_hour | Mon 10:00 | R 13, C 60 20kWh        | 8.75   | 10
            17 | tariff_17_reservation_with_expire_fee           | Mon 10:00 | R 22, C 60 20kWh         | 6.5    | 7.3
            18 | tariff_17_reservation_with_expire_fee           | Mon 10:00 | R 60                     | 6      | 7.2
            19 | tariff_18_reservation_with_expire_time          | Mon 10:00 | R 22, C 60 20kWh         | 7      | 7.9
            20 | tariff_18_reservation_with_expire_time          | Mon 10:00 | R 90                     | 9      | 10.8
            21 | tariff_14_step_size                             | Mon 16:55 | C 10 2kWh, P 2           | 0.55   | 0.55
            22 | tariff_14_step_size                             | Mon 16:35 | C 35 2kWh                | 1.3    | 1.3
            23 | tariff_14_step_size                             | Mon 19:40 | C 12 2kWh, P 20          | 0.73   | 0.73
            24 | tariffrestriction_example_max_power             | Mon 10:00 | C 10 1kWh 6kW, C 50 40kWh 48kW, C 8 0.5kWh 4kW | 20.3 | 24.36
            25 | tariffrestriction_example_max_duration          | Mon 10:00 | C 30 5kWh, C 10 1.2kWh   | 0.3    | 0.36
            """)
    void theSessionsOfTheSpecificationCostWhatTheyMust(
            int vector, String tariff, String start, String phases, BigDecimal exclVat, BigDecimal inclVat) {
        Priced priced = price(Tariff.from(Examples.parse(file(tariff))), start, phases);

        assertThat(priced.totalCost().exclVat()).isEqualByComparingTo(exclVat);
        assertThat(priced.totalCost().inclVat()).isEqualByComparingTo(inclVat);
        assertThat(priced.flags()).isSubsetOf(PricingFlag.MIN_PRICE_APPLIED, PricingFlag.MAX_PRICE_APPLIED, PricingFlag.UNPRICED_VOLUME);
    }

    /** A second price holds from {@code change} on. Billed: one entry per price, h or kWh. */
    @ParameterizedTest(name = "S{0}: {1}, step {2}")
    @CsvSource(delimiter = '|', textBlock = """
            1 | C 21, P 7     | 300 |                      | TIME 0.35, PARKING_TIME 0.1666666667
            2 | C 60 5.4kWh   | 500 | "max_kwh": 4.3       | ENERGY 4.3, ENERGY 1.2
            3 | C 28          | 600 | "max_duration": 360  | TIME 0.1, TIME 0.4
            4 | C 21, P 16    | 600 |                      | TIME 0.35, PARKING_TIME 0.3333333333
            5 | C 1 0.1152kWh | 1   |                      | ENERGY 0.116
            6 | C 1 0.101kWh  | 25  |                      | ENERGY 0.125
            6 | C 1 0.125kWh  | 25  |                      | ENERGY 0.125
            7 | C 1 0.001kWh  | 500 |                      | ENERGY 0.5
            7 | C 1 0.5kWh    | 500 |                      | ENERGY 0.5
            8 | C 1 0.1152kWh | 0   |                      | ENERGY 0.1152
            """)
    void stepsAreBilledOncePerSessionAtTheLastPrice_CDR16_CDR17_CDR18(
            int vector, String phases, int step, String change, String billed) {
        String dimensions = phases.contains("kWh") ? "ENERGY" : "TIME PARKING_TIME";
        String second = element(dimensions, "0.25", step, "");
        String elements = change == null ? second : element(dimensions, "0.20", step, change) + "," + second;
        Tariff tariff = Tariff.from(Examples.parse("{\"id\":\"T\",\"currency\":\"EUR\",\"elements\":[" + elements + "]}"));

        Priced priced = price(tariff, "Mon 10:00", phases);

        assertThat(priced.explanation()).extracting(line -> line.dimension() + " " + line.billed().toPlainString())
                .containsExactly(billed.split(", "));
    }

    private static String element(String dimensions, String price, int step, String restrictions) {
        List<String> components = new ArrayList<>();
        for (String dimension : dimensions.split(" ")) {
            components.add("{\"type\":\"%s\",\"price\":%s,\"step_size\":%d}".formatted(dimension, price, step));
        }
        return "{\"price_components\":[" + String.join(",", components) + "],\"restrictions\":{" + restrictions + "}}";
    }

    /** To the cent's hundredth: hours go out cut to decimals, steps of whole seconds bring them back. */
    private static Priced price(Tariff tariff, String start, String phases) {
        LocalDateTime monday = LocalDateTime.parse("2026-01-05T" + start.substring(4));
        Instant begin = monday.plusDays(start.startsWith("Sat") ? 5 : 0).atZone(ZONE).toInstant();
        Instant at = begin;
        BigDecimal energyWh = BigDecimal.ZERO;
        List<RegisterReading> readings = new ArrayList<>(List.of(new RegisterReading(begin, energyWh)));
        List<StateChange> states = new ArrayList<>();
        List<Sample> powerKw = new ArrayList<>();
        List<Sample> currentA = new ArrayList<>();
        for (String phase : phases.split(", ")) {
            String[] words = phase.split(" ");
            states.add(new StateChange(at, state(words[0])));
            readings.add(new RegisterReading(at, energyWh));
            for (String word : List.of(words).subList(2, words.length)) {
                if (word.endsWith("kWh")) {
                    energyWh = energyWh.add(number(word, "kWh").movePointRight(3));
                } else if (word.endsWith("kW")) {
                    powerKw.add(new Sample(at, number(word, "kW")));
                } else {
                    currentA.add(new Sample(at, number(word, "A")));
                }
            }
            at = at.plusSeconds(60L * Integer.parseInt(words[1]));
            readings.add(new RegisterReading(at, energyWh));
        }
        List<ChargingPeriod> periods =
                Segmenter.segment(new SegmentationRequest(begin, at, readings, states, powerKw, currentA, tariff, ZONE)).periods();
        return (Priced) CdrPricer.price(new PricingRequest(
                PricingVersion.V2_2_1, ZONE, List.of(tariff), begin, at, tariff.currency(), periods, PricingPolicy.DEFAULT));
    }

    private static BigDecimal number(String word, String unit) {
        return new BigDecimal(word.substring(0, word.length() - unit.length()));
    }

    private static VehicleState state(String letter) {
        return switch (letter) {
            case "R" -> VehicleState.RESERVED;
            case "C" -> VehicleState.TAKING_POWER;
            case "P" -> VehicleState.NOT_REQUESTING_POWER;
            default -> throw new IllegalArgumentException(letter);
        };
    }

    private static String file(String name) {
        try (InputStream stream = PriceVectorsTest.class.getResourceAsStream("/ocpi/examples-2.2.1/" + name + ".json")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
