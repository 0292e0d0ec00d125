package org.roaminghub.partners.config;

import java.util.List;
import java.util.Optional;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.ocpi.versions.OcpiVersion;

/**
 * One partner as its file describes it (contracts §3). A partner speaks OCPI or is a backend: exactly one of {@code ocpi} and
 * {@code backend} is there.
 *
 * @param partner    unique name for URLs, metrics and logs: a-z, 0-9 and hyphens, at most 40
 * @param name       for people; the partner name if the file gives none
 * @param agreements as written in this file; {@link AgreementSet} joins those of all files into one fact
 * @param quirks     deviations from OCPI that this partner needs; off unless named
 * @param file       the file it stands in, for messages
 */
public record PartnerConfig(String partner, String name, List<Party> parties, Optional<OcpiSettings> ocpi, List<Agreement> agreements,
                            DeliverySettings delivery, Validation validation, Quirks quirks, AlertSettings alerts,
                            Optional<Backend> backend, String file) {

    /** A party the partner speaks for. @param name for people; the partner's name if the file gives none */
    public record Party(Role role, PartyId id, String name) {}

    /** What happens to a document that breaks the tables of the specification (design D2). */
    public enum Validation { REJECT, WARN, ACCEPT }

    /** The versions of OCPI that are agreed with it and that the hub serves, newest first; none for a backend. */
    public List<OcpiVersion> versions() {
        return ocpi.map(OcpiSettings::served).orElse(List.of());
    }

    /** The parties of this role. */
    public List<PartyId> parties(Role role) {
        return parties.stream().filter(party -> party.role() == role).map(Party::id).toList();
    }

    /** The parties on one side of agreements: CPOs on the one, on the other eMSPs and all who deal with CPOs as eMSPs do (ROUTE-12). */
    public List<PartyId> parties(boolean cpoSide) {
        return parties.stream().filter(party -> cpoSide ? party.role() == Role.CPO : party.role() != Role.CPO && party.role() != Role.HUB)
                .map(Party::id).distinct().toList();
    }
}
