package org.roaminghub.ocpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartyIdTest {

    @Test
    void partiesCompareWithoutCase() {
        assertThat(PartyId.of("nl", "acm")).isEqualTo(PartyId.parse("NL*ACM")).hasToString("NL*ACM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NL", "NLACM", "NL*", "*ACM", "N*ACM", "NLD*ACM", "NL*ACME", "NL*A M", "NL*A*M", "N1*ACM", "NL-ACM", "NL*ÄCM"})
    void otherTextIsNoParty(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PartyId.parse(text));
    }

    @Test
    void missingPartsAreNoParty() {
        assertThat(PartyId.isValid(null, "ACM")).isFalse();
        assertThat(PartyId.isValid("NL", null)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> PartyId.parse(null));
    }
}
