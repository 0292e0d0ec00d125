package org.roaminghub.partners.config;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.roaminghub.ocpi.PartyId;

/**
 * Which CPO party and eMSP party exchange data: the agreements of all files as one fact, on whichever side they are written
 * (contracts §3). It is what decides who sees what (design D12). Whoever is no CPO and no hub stands on the eMSP side (ROUTE-12).
 */
public record AgreementSet(Set<Pair> pairs) {

    /** One agreement. */
    public record Pair(PartyId cpo, PartyId emsp) {}

    public AgreementSet {
        pairs = Set.copyOf(pairs);
    }

    /** The pairs that these partners agree on. Agreements that name unknown parties, which the reader refuses, give none. */
    public static AgreementSet of(Collection<PartnerConfig> partners) {
        Set<Pair> pairs = new LinkedHashSet<>();
        for (PartnerConfig partner : partners) {
            for (Agreement agreement : partner.agreements()) {
                for (PartnerConfig other : partners) {
                    join(partner, agreement, other, pairs);
                }
            }
        }
        return new AgreementSet(pairs);
    }

    public boolean contains(PartyId cpo, PartyId emsp) {
        return pairs.contains(new Pair(cpo, emsp));
    }

    /** The eMSP parties that see this CPO party. */
    public Set<PartyId> emspsOf(PartyId cpo) {
        return pairs.stream().filter(pair -> pair.cpo().equals(cpo)).map(Pair::emsp).collect(Collectors.toUnmodifiableSet());
    }

    /** The CPO parties that this eMSP party sees. */
    public Set<PartyId> cposOf(PartyId emsp) {
        return pairs.stream().filter(pair -> pair.emsp().equals(emsp)).map(Pair::cpo).collect(Collectors.toUnmodifiableSet());
    }

    private static void join(PartnerConfig partner, Agreement agreement, PartnerConfig other, Set<Pair> pairs) {
        for (PartyId mine : partner.parties(false)) {
            other.parties(true).stream().filter(cpo -> covers(agreement, cpo, partner, other))
                    .forEach(cpo -> pairs.add(new Pair(cpo, mine)));
        }
        for (PartyId mine : partner.parties(true)) {
            other.parties(false).stream().filter(emsp -> covers(agreement, emsp, partner, other))
                    .forEach(emsp -> pairs.add(new Pair(mine, emsp)));
        }
    }

    // "all" means all others: a platform with both roles does not send its own data to itself through the hub.
    private static boolean covers(Agreement agreement, PartyId party, PartnerConfig partner, PartnerConfig other) {
        if (agreement instanceof Agreement.With with) {
            return with.party().equals(party);
        }
        return !partner.partner().equals(other.partner());
    }
}
