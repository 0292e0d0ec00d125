package org.roaminghub.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.ocpi.ModuleId;

/** No secret and no card number stands in the exchange log (design D11). */
class MaskingTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"uid\":\"04A1B2C3D4\"}", "{ \"uid\" : \"04A1B2C3D4\" , \"type\":\"RFID\"}", "{\"uid\": 4041424344, \"x\":1}",
        "{\"contract_id\":\"DE-ALP-C12345678\"}", "{\"visual_number\":\"04A1B2C3D4\"}", "broken \"uid\":\"04A1B2C3D4\" and no JSON"})
    void cardNumbersOfATokenAreMasked(String body) {
        assertThat(Masking.body(ModuleId.TOKENS, body)).doesNotContain("04A1B2C3D4", "4041424344", "C12345678").contains("***");
    }

    @Test
    void credentialsTokensAreMasked() {
        assertThat(Masking.body(ModuleId.CREDENTIALS, "{\"token\":\"top\\\"secret\",\"url\":\"https://x\"}")).doesNotContain("secret").contains("https://x");
    }

    @Test
    void anEvseUidIsNoSecret() {
        assertThat(Masking.body(ModuleId.CDRS, "{\"cdr_location\":{\"evse_uid\":\"LOC-1-1\"}}")).contains("LOC-1-1");
    }

    @Test
    void aTokensPathIsMaskedWhateverTheEndpointIsCalled() {
        assertThat(Masking.path("/ocpi/2.2.1/receiver/tokens/DE/ALP/04A1B2C3D4")).doesNotContain("04A1B2C3");
        assertThat(Masking.lastSegment("https://cpo.example/rfid/NL/TCP/04A1B2C3D4?type=RFID")).isEqualTo("https://cpo.example/rfid/NL/TCP/***D4?type=RFID");
    }

    @Test
    void theCardInAnAuthorisationIsMasked() {
        assertThat(Masking.path("/ocpi/2.2.1/sender/tokens/04A1B2C3D4/authorize")).isEqualTo("/ocpi/2.2.1/sender/tokens/***D4/authorize");
        assertThat(Masking.path("https://emsp.example/rfid/04A1B2C3D4/authorize?type=RFID")).isEqualTo("https://emsp.example/rfid/***D4/authorize?type=RFID");
    }

    @Test
    void theNameOfATokenIsMaskedAndThatOfOthersIsNot() {
        assertThat(Masking.object(ModuleId.TOKENS, "DE*ALP/04A1B2C3D4/RFID")).isEqualTo("DE*ALP/***D4/RFID");
        assertThat(Masking.object(ModuleId.LOCATIONS, "NL*ACM/LOC1/EVSE1")).isEqualTo("NL*ACM/LOC1/EVSE1");
        assertThat(Masking.object(ModuleId.CREDENTIALS, null)).isNull();
    }
}
