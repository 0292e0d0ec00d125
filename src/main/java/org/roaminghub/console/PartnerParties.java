package org.roaminghub.console;

import jakarta.enterprise.context.ApplicationScoped;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;

/** From a partner's name to the parties it speaks for, in which sessions and CDRs are told apart. */
@ApplicationScoped
class PartnerParties {
    private final Partners partners;

    PartnerParties(Partners partners) {
        this.partners = partners;
    }

    String[] of(String partner) {
        PartnerConfig config = partners.config(partner)
                .orElseThrow(() -> ApiProblem.invalid("partner", "no partner file names " + partner + "; GET /api/v1/partners lists those that do"));
        return config.parties().stream().map(party -> party.id().toString()).distinct().toArray(String[]::new);
    }
}
