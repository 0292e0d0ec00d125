package org.roaminghub.partners;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.config.AgreementSet;
import org.roaminghub.partners.config.PartnerConfig;

/**
 * Which parties a partner is told about: those it has an agreement with (HCI-16), and those it had one with whose file is gone,
 * because it must still learn that they are SUSPENDED (HCI-06, decision 0012). Agreements are therefore remembered.
 */
@ApplicationScoped
public class Acquaintances {
    private final PartnerFiles files;
    private final Jdbi jdbi;
    private volatile Set<AgreementSet.Pair> ever = Set.of();

    Acquaintances(PartnerFiles files, Jdbi jdbi) {
        this.files = files;
        this.jdbi = jdbi;
    }

    /** Its own parties are never among them. */
    public Set<PartyId> of(PartnerConfig partner) {
        Set<PartyId> cpos = Set.copyOf(partner.parties(true));
        Set<PartyId> others = Set.copyOf(partner.parties(false));
        return Stream.concat(files.agreements().pairs().stream(), ever.stream().filter(this::hasLostAParty))
                .flatMap(pair -> Stream.concat(others.contains(pair.emsp()) ? Stream.of(pair.cpo()) : Stream.empty(),
                        cpos.contains(pair.cpo()) ? Stream.of(pair.emsp()) : Stream.empty()))
                .filter(party -> !cpos.contains(party) && !others.contains(party))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean hasLostAParty(AgreementSet.Pair pair) {
        return files.byParty(pair.cpo(), true).isEmpty() || files.byParty(pair.emsp(), false).isEmpty();
    }

    /** Before anybody who reads this looks again. */
    void remember(@Observes @Priority(20) PartnersChanged event) {
        Set<AgreementSet.Pair> now = files.agreements().pairs();
        if (ever.containsAll(now) && !ever.isEmpty()) {
            return;
        }
        ever = jdbi.inTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("insert into agreement_seen (cpo, emsp) values (?, ?) on conflict do nothing");
            now.forEach(pair -> batch.add(pair.cpo().toString(), pair.emsp().toString()));
            if (batch.size() > 0) {
                batch.execute();
            }
            List<AgreementSet.Pair> all = handle.select("select cpo, emsp from agreement_seen")
                    .map((row, context) -> new AgreementSet.Pair(PartyId.parse(row.getString(1)), PartyId.parse(row.getString(2)))).list();
            return Set.copyOf(all);
        });
    }
}
