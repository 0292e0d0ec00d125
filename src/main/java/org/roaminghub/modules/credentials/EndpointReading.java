package org.roaminghub.modules.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.partners.QuirkCounts;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.partners.config.Quirk;

/** The endpoints of a partner's version details, and what they are for where the partner says it wrongly or not at all. */
@ApplicationScoped
class EndpointReading {
    /** Modules whose objects CPOs own: a CPO platform is their sender, everyone else their receiver. Of Tokens it is the other way round. */
    private static final Set<ModuleId> OF_CPOS = EnumSet.of(ModuleId.LOCATIONS, ModuleId.TARIFFS, ModuleId.SESSIONS, ModuleId.CDRS);
    /** What eMSPs own or ask for. */
    private static final Set<ModuleId> OF_EMSPS = EnumSet.of(ModuleId.TOKENS, ModuleId.COMMANDS, ModuleId.CHARGINGPROFILES);

    private final QuirkCounts quirks;

    EndpointReading(QuirkCounts quirks) {
        this.quirks = quirks;
    }

    List<Endpoint> read(PartnerConfig partner, JsonNode endpoints) {
        List<Endpoint> read = new ArrayList<>();
        for (JsonNode endpoint : endpoints) {
            String identifier = endpoint.path("identifier").asText();
            Set<InterfaceRole> said = said(identifier, endpoint.path("role").asText(""));
            Set<InterfaceRole> roles = partner.quirks().has(Quirk.ENDPOINT_ROLES) ? corrected(partner, identifier, said) : said;
            roles.forEach(role -> read.add(new Endpoint(identifier, role, endpoint.path("url").asText())));
        }
        return read;
    }

    /** Only the credentials endpoint may leave its role out; an entry without one is none of ours. */
    private static Set<InterfaceRole> said(String identifier, String role) {
        if (role.equals(InterfaceRole.RECEIVER.name())) {
            return EnumSet.of(InterfaceRole.RECEIVER);
        }
        boolean sender = role.equals(InterfaceRole.SENDER.name()) || (role.isEmpty() && identifier.equals(ModuleId.CREDENTIALS.id()));
        return sender ? EnumSet.of(InterfaceRole.SENDER) : EnumSet.noneOf(InterfaceRole.class);
    }

    private Set<InterfaceRole> corrected(PartnerConfig partner, String identifier, Set<InterfaceRole> said) {
        Optional<ModuleId> module = ModuleId.of(identifier).filter(found -> OF_CPOS.contains(found) || OF_EMSPS.contains(found));
        if (module.isEmpty()) {
            return said;
        }
        boolean cpo = !partner.parties(Role.CPO).isEmpty();
        boolean other = partner.parties().stream().anyMatch(party -> party.role() != Role.CPO);
        Set<InterfaceRole> roles = EnumSet.noneOf(InterfaceRole.class);
        if (cpo) {
            roles.add(OF_CPOS.contains(module.get()) ? InterfaceRole.SENDER : InterfaceRole.RECEIVER);
        }
        if (other) {
            roles.add(OF_CPOS.contains(module.get()) ? InterfaceRole.RECEIVER : InterfaceRole.SENDER);
        }
        // A platform that is both may well mean what it says.
        Set<InterfaceRole> corrected = roles.containsAll(said) && !said.isEmpty() ? said : roles;
        if (!corrected.equals(said)) {
            quirks.applied(partner.partner(), Quirk.ENDPOINT_ROLES);
        }
        return corrected;
    }
}
