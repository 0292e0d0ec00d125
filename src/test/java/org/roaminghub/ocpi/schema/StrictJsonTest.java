package org.roaminghub.ocpi.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"1.10", "1234.567891", "0.10000000000000000000000001", "230", "-0.50", "123456789012345678901234567890"})
    void numbersKeepTheirDigits(String number) {
        assertThat(StrictJson.parse("[" + number + "]").get(0).decimalValue().toPlainString()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "{\"a\":1,}", "{'a':1}", "[1] x", "{} {}", "nul", "{\"a\":01}", "{\"a\":NaN}", "\"\t\"", "/**/{}"})
    void malformedTextIsNotJson(String text) {
        assertThatExceptionOfType(NotJson.class).isThrownBy(() -> StrictJson.parse(text))
                .withMessageNotContaining("fasterxml").withMessageNotContaining("token");
        assertThatExceptionOfType(NotJson.class).isThrownBy(() -> StrictJson.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theMessageSaysWhereAndRepeatsNothing() {
        assertThatExceptionOfType(NotJson.class).isThrownBy(() -> StrictJson.parse("{\n  \"token\": secret }"))
                .withMessageMatching("the body is not valid JSON at line 2, column \\d+");
    }

    @Test
    void bytesThatAreNotUtf8AreNotJson() {
        assertThatExceptionOfType(NotJson.class).isThrownBy(() -> StrictJson.parse(new byte[] {'"', (byte) 0xC3, (byte) 0x28, '"'}));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a":1,"a":1}                                     | a
        {"a":{"b":[{"c":1},{"c":1,"d":2,"c":3}]}}         | a.b[1].c
        {"evses":[{"uid":"1","connectors":[],"connectors":[{"id":"2"}]}]} | evses[0].connectors
        {"evses":[{"coordinates":{"x":1},"coordinates":{"x":2}}]}         | evses[0].coordinates
        {"a":1,"\\u0061":2}                                | a
        """)
    void aFieldThatStandsTwiceIsRefusedWithItsPath(String text, String path) {
        assertThatExceptionOfType(DuplicateKey.class).isThrownBy(() -> StrictJson.parse(text))
                .satisfies(duplicate -> assertThat(duplicate.fault().path()).isEqualTo(path));
    }

    @Test
    void theSameNameInDifferentObjectsIsNoDuplicate() {
        assertThat(StrictJson.parse("[{\"a\":{\"a\":1}},{\"a\":2}]")).hasSize(2);
    }

    @Test
    void nestingIsLimited() {
        assertThat(StrictJson.parse("[".repeat(64) + "]".repeat(64)).isArray()).isTrue();
        assertThatExceptionOfType(NotJson.class).isThrownBy(() -> StrictJson.parse("[".repeat(65) + "]".repeat(65)));
        assertThatExceptionOfType(NotJson.class).isThrownBy(() -> StrictJson.parse("{\"a\":".repeat(1_000_000)));
    }

    @Test
    void stringsNamesAndNumbersAreLimited() {
        assertThat(StrictJson.parse("\"" + "x".repeat(StrictJson.MAX_STRING) + "\"").isTextual()).isTrue();
        for (String text : new String[] {"\"" + "x".repeat(StrictJson.MAX_STRING + 1) + "\"", "{\"" + "x".repeat(1_001) + "\":1}",
            "1".repeat(101), "[1e999999999]", "[1E-2000]"}) {
            assertThatExceptionOfType(NotJson.class).isThrownBy(() -> StrictJson.parse(text));
        }
    }
}
