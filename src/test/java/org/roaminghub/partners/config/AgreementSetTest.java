package org.roaminghub.partners.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.partners.config.AgreementSet.Pair;

class AgreementSetTest {

    private static final Agreement ALL = new Agreement.WithAll();

    @Test
    void anAgreementMeansTheSameOnEitherSide() {
        List<PartnerConfig> onEmsp = List.of(partner("a", List.of(with("NL*ACM")), "EMSP DE*ALP"), partner("b", List.of(), "CPO NL*ACM"));
        List<PartnerConfig> onCpo = List.of(partner("a", List.of(), "EMSP DE*ALP"), partner("b", List.of(with("DE*ALP")), "CPO NL*ACM"));
        List<PartnerConfig> onBoth =
                List.of(partner("a", List.of(with("NL*ACM")), "EMSP DE*ALP"), partner("b", List.of(with("DE*ALP")), "CPO NL*ACM"));

        assertThat(AgreementSet.of(onEmsp)).isEqualTo(AgreementSet.of(onCpo)).isEqualTo(AgreementSet.of(onBoth))
                .isEqualTo(new AgreementSet(Set.of(pair("NL*ACM", "DE*ALP"))));
    }

    @Test
    void nothingIsAgreedWithoutAnAgreement() {
        assertThat(AgreementSet.of(List.of(partner("a", List.of(), "EMSP DE*ALP"), partner("b", List.of(), "CPO NL*ACM"))).pairs()).isEmpty();
    }

    @Test
    void allMeansEveryPartyOfTheOppositeRoleAtOtherPartners() {
        AgreementSet set = AgreementSet.of(List.of(partner("a", List.of(ALL), "EMSP DE*ALP", "CPO DE*ALP"),
                partner("b", List.of(), "CPO NL*ACM", "CPO BE*ACM"), partner("c", List.of(), "EMSP FR*CCC"), partner("d", List.of(), "NSP NL*NAV")));

        assertThat(set.pairs()).containsExactlyInAnyOrder(pair("NL*ACM", "DE*ALP"), pair("BE*ACM", "DE*ALP"), pair("DE*ALP", "FR*CCC"), pair("DE*ALP", "NL*NAV"));
        assertThat(set.cposOf(PartyId.parse("DE*ALP"))).containsExactlyInAnyOrder(PartyId.parse("NL*ACM"), PartyId.parse("BE*ACM"));
        assertThat(set.emspsOf(PartyId.parse("DE*ALP"))).containsExactlyInAnyOrder(PartyId.parse("FR*CCC"), PartyId.parse("NL*NAV"));
        assertThat(set.contains(PartyId.parse("NL*ACM"), PartyId.parse("de*alp"))).isTrue();
        assertThat(set.contains(PartyId.parse("NL*ACM"), PartyId.parse("FR*CCC"))).isFalse();
    }

    @Test
    void whoeverIsNoCpoStandsOnTheEmspSide_ROUTE12() {
        AgreementSet set = AgreementSet.of(List.of(partner("a", List.of(ALL), "CPO NL*ACM"), partner("b", List.of(), "EMSP DE*ALP", "NSP DE*NSP"),
                partner("c", List.of(), "NAP DE*NAP"), partner("d", List.of(), "OTHER DE*OTH"), partner("e", List.of(), "SCSP DE*SCS"), partner("f", List.of(), "HUB DE*HUB")));

        assertThat(set.emspsOf(PartyId.parse("NL*ACM"))).extracting(PartyId::partyId).containsExactlyInAnyOrder("ALP", "NSP", "NAP", "OTH", "SCS");
    }

    @Test
    void anAgreementHoldsForAllPartiesOfThePartner() {
        AgreementSet set = AgreementSet.of(List.of(partner("a", List.of(with("NL*ACM")), "EMSP DE*ALP", "EMSP AT*ALP"),
                partner("b", List.of(), "CPO NL*ACM", "CPO NL*OTH")));

        assertThat(set.pairs()).containsExactlyInAnyOrder(pair("NL*ACM", "DE*ALP"), pair("NL*ACM", "AT*ALP"));
    }

    private static Agreement with(String party) {
        return new Agreement.With(PartyId.parse(party));
    }

    private static Pair pair(String cpo, String emsp) {
        return new Pair(PartyId.parse(cpo), PartyId.parse(emsp));
    }

    private static PartnerConfig partner(String name, List<Agreement> agreements, String... parties) {
        List<PartnerConfig.Party> list = Arrays.stream(parties).map(text -> text.split(" "))
                .map(parts -> new PartnerConfig.Party(Role.valueOf(parts[0]), PartyId.parse(parts[1]), name)).toList();
        DeliverySettings delivery =
                new DeliverySettings(Map.of(), Set.of(), 8, Duration.ofSeconds(10), 50, true, DeliverySettings.CdrInDoubt.HOLD, Duration.ofSeconds(4));
        return new PartnerConfig(name, name, list, Optional.empty(), agreements, delivery, PartnerConfig.Validation.REJECT, Quirks.NONE,
                new AlertSettings(Duration.ofMinutes(15), Duration.ofSeconds(60)), Optional.empty(), name + ".yaml");
    }
}
