package org.roaminghub.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/** Which request may be addressed how, and what the headers say. */
class RoutingRulesTest {
    private static final PartyId HUB = PartyId.of("NL", "HUB");

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            GET,    LOCATIONS,        SENDER,   true,  NL*HUB, true
            GET,    LOCATIONS,        SENDER,   true,  DE*OTH, true
            GET,    LOCATIONS,        SENDER,   true,  -,      false
            HEAD,   TOKENS,           SENDER,   true,  -,      false
            GET,    LOCATIONS,        SENDER,   false, -,      true
            PUT,    LOCATIONS,        RECEIVER, false, NL*HUB, true
            PATCH,  TOKENS,           RECEIVER, false, NL*HUB, true
            DELETE, TARIFFS,          RECEIVER, false, NL*HUB, true
            PUT,    SESSIONS,         RECEIVER, false, NL*HUB, false
            PATCH,  SESSIONS,         RECEIVER, false, NL*HUB, false
            POST,   CDRS,             RECEIVER, true,  NL*HUB, false
            POST,   COMMANDS,         RECEIVER, false, NL*HUB, false
            POST,   TOKENS,           SENDER,   false, NL*HUB, false
            POST,   TOKENS,           SENDER,   false, -,      true
            PUT,    CHARGINGPROFILES, RECEIVER, false, NL*HUB, false
            GET,    CHARGINGPROFILES, RECEIVER, false, NL*HUB, false
            DELETE, CHARGINGPROFILES, RECEIVER, false, NL*HUB, false
            GET,    CHARGINGPROFILES, RECEIVER, false, -,      true
            GET,    SESSIONS,         SENDER,   true,  NL*HUB, true
            POST,   CDRS,             RECEIVER, true,  -,      true
            """)
    void whoMayBeAddressedHow_ROUTE11_ROUTE13_ROUTE17_A35(String method, ModuleId module, InterfaceRole role, boolean list, String to, boolean allowed) {
        RoutingHeaders headers = new RoutingHeaders(Optional.of(PartyId.of("DE", "ALP")), Optional.ofNullable(to).map(PartyId::parse));

        assertThat(RoutingRules.fault(method, module, role, list, headers, HUB).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void withoutAnyRoutingHeaderTheTwoPlatformsSpeakDirectly_ROUTE03() {
        assertThat(RoutingRules.fault("GET", ModuleId.LOCATIONS, InterfaceRole.SENDER, true, RoutingHeaders.NONE, HUB)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OCPI-to-party-id", "OCPI-to-country-code", "OCPI-from-party-id", "OCPI-from-country-code"})
    void halfAPairIsAFault_A27(String only) {
        Map<String, String> headers = Map.of(only, only.endsWith("id") ? "ALP" : "DE");

        assertThatThrownBy(() -> RoutingHeaders.of(headers::get)).hasMessageContaining(only.endsWith("id") ? "country-code: is missing" : "party-id: is missing");
    }

    @Test
    void partiesHaveNoCase_TRANS54() {
        Map<String, String> headers = Map.of("OCPI-to-country-code", "de", "OCPI-to-party-id", "alp");

        assertThat(RoutingHeaders.of(headers::get).to()).contains(PartyId.of("DE", "ALP"));
    }

    @Test
    void whatIsNoPartyIsAFault_ROUTE01() {
        Map<String, String> headers = Map.of("OCPI-to-country-code", "DEU", "OCPI-to-party-id", "ALP");

        assertThatThrownBy(() -> RoutingHeaders.of(headers::get)).hasMessageContaining("OCPI-to-country-code");
    }
}
