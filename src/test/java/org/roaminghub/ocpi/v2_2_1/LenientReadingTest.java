package org.roaminghub.ocpi.v2_2_1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pricing rules S1 and S2: how the tolerant reader reads numbers and times. */
class LenientReadingTest {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T10:00:00Z,      2026-01-05T10:00:00Z",
        "2026-01-05T10:00:00,       2026-01-05T10:00:00Z",
        "2026-01-05T11:00:00+01:00, 2026-01-05T10:00:00Z",
        "2026-01-05T11:00:00+0100,  2026-01-05T10:00:00Z",
        "2026-01-05t10:00:00.250z,  2026-01-05T10:00:00.250Z",
        "2026-01-05T10:00,          2026-01-05T10:00:00Z"})
    void s2TimeWithoutZoneIsUtcAndOffsetsAreConverted(String text, String instant) {
        ChargingPeriod period = ChargingPeriod.from(json("{'start_date_time':'" + text + "','dimensions':[]}"));

        assertThat(period.startDateTime()).isEqualTo(Instant.parse(instant));
    }

    @Test
    void s1NumbersAreReadFromTheirTextAlsoFromStrings() {
        Price price = Price.from(json("{'excl_vat':'2.00','incl_vat':1234.56789012345678901234}"));

        assertThat(price.exclVat()).isEqualTo(new BigDecimal("2.00"));
        assertThat(price.inclVat()).isEqualTo(new BigDecimal("1234.56789012345678901234"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'abc'", "true", "{}", "'1e999999999'", "''"})
    void unreadableNumberIsNamed(String number) {
        JsonNode tariff = json("{'id':'T1','elements':[{'price_components':[{'type':'FLAT','price':" + number + "}]}]}");

        assertThatThrownBy(() -> Tariff.from(tariff))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("elements[0]: price_components[0]: field 'price'");
    }

    @Test
    void missingRequiredFieldIsNamed() {
        assertThatThrownBy(() -> ChargingPeriod.from(json("{'dimensions':[]}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field 'start_date_time' is missing");
    }

    @Test
    void unknownTypesAreKeptAsText() {
        ChargingPeriod period = ChargingPeriod.from(json(
                "{'start_date_time':'2026-01-05T10:00:00Z','dimensions':[{'type':'SOLAR','volume':1}],'tariff_id':7}"));

        assertThat(period.dimensions()).containsExactly(new CdrDimension("SOLAR", BigDecimal.ONE));
        assertThat(period.tariffId()).isEqualTo("7");
    }

    @Test
    void tariffIsReadWithItsLimitsAndValidity() {
        Tariff tariff = Tariff.from(json("{'country_code':'NL','party_id':'HUB','id':'T1','currency':'EUR','type':'REGULAR',"
                + "'min_price':{'excl_vat':0.5},'elements':[{'price_components':[{'type':'ENERGY','price':0.3,'vat':21,'step_size':1}],"
                + "'restrictions':{'max_kwh':10,'day_of_week':[]}}],'start_date_time':'2026-01-01T00:00:00Z','last_updated':'2026-01-01T00:00:00Z'}"));

        assertThat(tariff.minPrice()).isEqualTo(new Price(new BigDecimal("0.5"), null));
        assertThat(tariff.maxPrice()).isNull();
        assertThat(tariff.endDateTime()).isNull();
        assertThat(tariff.elements().get(0).restrictions().restrictingFields()).containsExactly("max_kwh");
        assertThat(tariff.elements().get(0).restrictions().unknownFields()).isEmpty();
    }

    @Test
    void writtenNumbersHaveNoExponentAndNoTrailingZeros() throws JsonProcessingException {
        ChargingPeriod period = ChargingPeriod.from(json(
                "{'start_date_time':'2026-01-05T10:00:00Z','dimensions':[{'type':'ENERGY','volume':100.00},{'type':'TIME','volume':0.000001}]}"));

        assertThat(MAPPER.writeValueAsString(period.toJson())).isEqualTo(
                "{\"start_date_time\":\"2026-01-05T10:00:00Z\",\"dimensions\":[{\"type\":\"ENERGY\",\"volume\":100},"
                        + "{\"type\":\"TIME\",\"volume\":0.000001}]}");
        assertThat(MAPPER.writeValueAsString(new Price(new BigDecimal("4.8400"), null).toJson())).isEqualTo("{\"excl_vat\":4.84}");
    }

    private static JsonNode json(String withSingleQuotes) {
        try {
            return MAPPER.readTree(withSingleQuotes.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
