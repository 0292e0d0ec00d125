package org.roaminghub.partners.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.partners.config.OcpiSettings.Registration;
import org.roaminghub.partners.config.PartnerConfig.Party;

/** What only all files together can show: names, parties and tokens that stand twice, agreements that lead nowhere. */
final class CrossChecks {

    /** A config and the line its document begins at. */
    record Placed(PartnerConfig config, int line) {}

    private final List<Placed> all;
    private final List<ConfigFault> faults;

    private CrossChecks(List<Placed> all, List<ConfigFault> faults) {
        this.all = all;
        this.faults = faults;
    }

    static void run(List<Placed> all, List<ConfigFault> faults) {
        CrossChecks checks = new CrossChecks(all, faults);
        checks.partnerNames();
        checks.parties();
        checks.inboundTokens();
        // With a file or a party unread, an agreement with it would be reported as wrong although it is not.
        if (faults.stream().noneMatch(fault -> fault.key().isEmpty() || fault.key().startsWith("parties["))) {
            checks.agreements();
        }
    }

    private void partnerNames() {
        Map<String, PartnerConfig> seen = new HashMap<>();
        for (Placed placed : all) {
            PartnerConfig config = placed.config();
            PartnerConfig first = seen.putIfAbsent(config.partner(), config);
            if (first != null && !config.partner().isEmpty()) {
                fault(placed, "partner", "'" + config.partner() + "' is also in " + first.file());
            }
        }
    }

    private void parties() {
        Map<List<Object>, PartnerConfig> seen = new HashMap<>();
        for (Placed placed : all) {
            for (Party party : placed.config().parties()) {
                PartnerConfig first = seen.putIfAbsent(List.of(party.role(), party.id()), placed.config());
                if (first != null) {
                    fault(placed, "parties", party.role() + " " + party.id() + " is also a party of " + first.partner());
                }
            }
        }
    }

    // A request is attributed to a partner by its token alone.
    private void inboundTokens() {
        Map<Secret, PartnerConfig> seen = new HashMap<>();
        for (Placed placed : all) {
            PartnerConfig config = placed.config();
            List<Secret> tokens = new ArrayList<>();
            config.backend().ifPresent(backend -> tokens.add(backend.token()));
            if (config.ocpi().map(OcpiSettings::registration).orElse(null) instanceof Registration.TheyStart theyStart) {
                tokens.add(theyStart.tokenA());
            }
            for (Secret token : tokens) {
                PartnerConfig first = token.value().isEmpty() ? null : seen.putIfAbsent(token, config);
                if (first != null) {
                    fault(placed, config.backend().isPresent() ? "backend.token" : "ocpi.registration.token_a",
                            "is the same token as that of " + first.partner());
                }
            }
        }
    }

    private void agreements() {
        for (Placed placed : all) {
            List<Agreement> agreements = placed.config().agreements();
            boolean cpo = !placed.config().parties(true).isEmpty();
            boolean emsp = !placed.config().parties(false).isEmpty();
            if (!agreements.isEmpty() && !cpo && !emsp) {
                fault(placed, "agreements", "need a party here that is no HUB");
                continue;
            }
            for (Agreement agreement : agreements) {
                if (agreement instanceof Agreement.With with) {
                    agreement(placed, with.party(), cpo, emsp);
                }
            }
        }
    }

    private void agreement(Placed placed, PartyId other, boolean cpo, boolean emsp) {
        if (!isKnown(other, party -> true)) {
            fault(placed, "agreements", other + " is not a party of any partner");
            return;
        }
        boolean fits = cpo && isKnown(other, party -> party.role() != Role.CPO && party.role() != Role.HUB)
                || emsp && isKnown(other, party -> party.role() == Role.CPO);
        if (!fits) {
            fault(placed, "agreements", other + " does not have the opposite role: an agreement joins a CPO and an EMSP, or another role that is no CPO");
        }
    }

    private boolean isKnown(PartyId id, Predicate<Party> condition) {
        return all.stream().flatMap(placed -> placed.config().parties().stream())
                .anyMatch(party -> party.id().equals(id) && condition.test(party));
    }

    private void fault(Placed placed, String key, String reason) {
        faults.add(new ConfigFault(placed.config().file(), placed.line(), key, reason));
    }
}
