package org.roaminghub.pull;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;

/** Which lists there are to pull: those of registered platforms, for their parties that have an agreement. */
@ApplicationScoped
class PullPlan {
    private static final List<ModuleId> FROM_CPO = List.of(ModuleId.LOCATIONS, ModuleId.TARIFFS, ModuleId.SESSIONS, ModuleId.CDRS);

    private final Partners partners;

    PullPlan(Partners partners) {
        this.partners = partners;
    }

    /** A list that should be pulled. @param registeredAt of the registration that is in force */
    record Wanted(String partner, ModuleId module, PartyId party, Instant registeredAt) {
    }

    /** Where a list is and whose it is. */
    record Source(PartnerConfig config, PartnerLink link, String endpoint) {
    }

    List<Wanted> wanted() {
        List<Wanted> wanted = new ArrayList<>();
        for (PartnerConfig config : partners.all()) {
            partners.link(config.partner()).ifPresent(link -> partners.connection(config.partner()).ifPresent(connection -> {
                for (PartyId cpo : config.parties(Role.CPO)) {
                    if (!partners.agreements().emspsOf(cpo).isEmpty()) {
                        FROM_CPO.forEach(module -> add(wanted, link, module, cpo, connection.registeredAt));
                    }
                }
                for (PartyId emsp : config.parties(Role.EMSP)) {
                    if (!partners.agreements().cposOf(emsp).isEmpty()) {
                        add(wanted, link, ModuleId.TOKENS, emsp, connection.registeredAt);
                    }
                }
            }));
        }
        return wanted;
    }

    private static void add(List<Wanted> wanted, PartnerLink link, ModuleId module, PartyId party, Instant registeredAt) {
        link.endpoint(module, InterfaceRole.SENDER).ifPresent(endpoint -> wanted.add(new Wanted(link.partner(), module, party, registeredAt)));
    }

    Optional<Source> source(Pull pull) {
        return partners.link(pull.partner()).flatMap(link -> link.endpoint(pull.module(), InterfaceRole.SENDER)
                .flatMap(endpoint -> partners.config(pull.partner()).map(config -> new Source(config, link, endpoint))));
    }
}
