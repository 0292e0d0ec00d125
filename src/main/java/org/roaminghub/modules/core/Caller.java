package org.roaminghub.modules.core;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.partners.config.AgreementSet;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.partners.config.PartnerConfig.Validation;

/** The partner that makes a request, and what it may see and change (D12: a partner sees only its own). */
public record Caller(PartnerConfig config, AgreementSet agreements) {

    public String partner() {
        return config.partner();
    }

    public Validation validation() {
        return config.validation();
    }

    /** The caller's parties that take the eMSP side of an agreement, or the CPO side. */
    public Set<PartyId> parties(boolean cpoSide) {
        return config.parties().stream().filter(party -> (party.role() == Role.CPO) == cpoSide)
                .map(party -> party.id()).collect(Collectors.toSet());
    }

    /** The caller's parties of both sides. */
    public Set<PartyId> allParties() {
        return config.parties().stream().map(party -> party.id()).collect(Collectors.toSet());
    }

    /** Pushing objects of others is answered as if the object did not exist (TRANS-27). */
    public void mustOwn(PartyId owner, ModuleDefinition definition) {
        boolean owns = config.parties().stream().anyMatch(party -> party.id().equals(owner) && (party.role() == Role.CPO) == (definition.ownerRole() == Role.CPO));
        if (!owns) {
            throw OcpiException.absent(definition.module());
        }
    }

    /** Whose objects of this module the caller can list. */
    public List<PartyId> visibleOwners(ModuleDefinition definition) {
        boolean ownersAreCpos = definition.ownerRole() == Role.CPO;
        return parties(!ownersAreCpos).stream()
                .flatMap(reader -> (ownersAreCpos ? agreements.cposOf(reader) : agreements.emspsOf(reader)).stream())
                .distinct().toList();
    }

    boolean mayRead(Document document, ModuleDefinition definition) {
        boolean own = config.parties().stream().anyMatch(party -> party.id().equals(document.owner()) && (party.role() == Role.CPO) == (definition.ownerRole() == Role.CPO));
        boolean concerned = document.recipient() == null || parties(false).contains(document.recipient());
        return own || (concerned && visibleOwners(definition).contains(document.owner()));
    }
}
