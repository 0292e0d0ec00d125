package org.roaminghub.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roaminghub.modules.tokens.Authorisations.Authorisation;
import org.roaminghub.modules.tokens.Authorisations.Method;
import org.roaminghub.ocpi.PartyId;

/** Which permission a session stands on (decision 0018). */
class PermissionsTest {
    private static final PartyId CPO = PartyId.of("NL", "ACM");
    private static final PartyId EMSP = PartyId.of("DE", "ALP");
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant END = START.plus(Duration.ofHours(1));

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            RFID,        -1,    LOC1, E1, true
            RFID,        -15,   LOC1, E1, true
            RFID,        -16,   LOC1, E1, false
            RFID,        4,     LOC1, -,  true
            RFID,        -1,    LOC1, -,  true
            RFID,        -1,    -,    -,  true
            RFID,        -1,    LOC1, E2, false
            RFID,        -1,    LOC2, -,  false
            RFID,        30,    LOC1, E1, true
            RFID,        30,    LOC1, -,  false
            RFID,        30,    -,    -,  false
            RFID,        61,    LOC1, E1, false
            APP_USER,    -600,  LOC1, E1, true
            AD_HOC_USER, -600,  LOC1, E1, true
            APP_USER,    -1500, LOC1, E1, false
            """)
    void aPermissionCountsAtItsPlaceAndInItsTime_SES21(String type, int minutes, String location, String evse, boolean counts) {
        Authorisation given = given(Method.COMMAND, type, START.plus(Duration.ofMinutes(minutes)), location, evse, "DE", "R");

        assertThat(Permissions.newest(List.of(given), START, END, "LOC1", "E1").isPresent()).isEqualTo(counts);
    }

    @Test
    void ofSeveralTheNewestIsTaken_SES20_SES21_CDR21() {
        List<Authorisation> newestFirst = List.of(
                given(Method.COMMAND, "RFID", START.plusSeconds(1_800), "LOC1", "E2", "DE", "elsewhere"),
                given(Method.AUTH_REQUEST, "RFID", START.plusSeconds(600), "LOC1", "E1", "DE", "second"),
                given(Method.COMMAND, "RFID", START.minusSeconds(60), "LOC1", "E1", "DE", "first"));

        assertThat(Permissions.newest(newestFirst, START, END, "LOC1", "E1").orElseThrow().reference()).isEqualTo("second");
    }

    @Test
    void aTokenOfSomebodyElseBringsNoCdrThere_D12() {
        assertThat(Permissions.newest(List.of(given(Method.COMMAND, "RFID", START, "LOC1", "E1", "FR", "R")), START, END, "LOC1", "E1")).isEmpty();
    }

    private static Authorisation given(Method method, String type, Instant at, String location, String evse, String country, String reference) {
        return new Authorisation(CPO, EMSP, "CARD", type, location, evse, method, reference, "{\"country_code\":\"" + country + "\",\"party_id\":\"ALP\"}", at);
    }
}
