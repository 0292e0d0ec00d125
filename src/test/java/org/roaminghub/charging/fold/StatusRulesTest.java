package org.roaminghub.charging.fold;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.roaminghub.ocpi.schema.ObjectModel;
import org.roaminghub.ocpp.CanonicalStatus;

class StatusRulesTest {

    /** Not available is not broken, and of what is silent nothing is known. */
    @ParameterizedTest
    @CsvSource({"OFFLINE, UNKNOWN", "UNKNOWN, UNKNOWN", "UNAVAILABLE, INOPERATIVE", "FAULTED, OUTOFORDER", "RESERVED, RESERVED", "AVAILABLE, AVAILABLE", "CHARGING, CHARGING"})
    void statusesMeanWhatTheSpecificationSays_LOC36(CanonicalStatus said, EvseStatus told) {
        assertThat(StatusRules.ocpiOf(said)).isEqualTo(told);
    }

    @ParameterizedTest
    @EnumSource
    void everyStatusIsOneOfOcpi_LOC36(CanonicalStatus said) {
        assertThat(ObjectModel.ocpi221().enumValues("Status")).contains(StatusRules.ocpiOf(said).name());
    }
}
