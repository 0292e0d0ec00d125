package org.roaminghub.modules.core;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.Partners;

/** The eMSP behind a token, for CPO platforms whose version of OCPI does not name it. */
@ApplicationScoped
public class TokenIssuers {
    private final DocumentStore store;
    private final Partners partners;

    TokenIssuers(DocumentStore store, Partners partners) {
        this.store = store;
        this.partners = partners;
    }

    /**
     * The one eMSP that has an agreement with the CPO and sent this token here; for a token that nobody sent, the eMSP of the CPO's
     * only agreement. Two eMSPs with the same token are not told apart: a wrong guess would be a wrong bill (D4).
     */
    public Optional<PartyId> of(Collection<PartyId> cpos, String uid, String type) {
        Set<PartyId> emsps = cpos.stream().flatMap(cpo -> partners.agreements().emspsOf(cpo).stream()).collect(Collectors.toSet());
        List<PartyId> issuers = store.findByKey(ModuleId.TOKENS, Document.fold(uid + "/" + type)).stream().map(Document::owner).filter(emsps::contains).distinct().toList();
        List<PartyId> possible = issuers.isEmpty() ? List.copyOf(emsps) : issuers;
        return possible.size() == 1 ? Optional.of(possible.get(0)) : Optional.empty();
    }
}
