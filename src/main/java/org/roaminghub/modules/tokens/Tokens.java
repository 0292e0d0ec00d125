package org.roaminghub.modules.tokens;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.Partners;

/** Finds the contract behind a card that was held to a charger. */
@ApplicationScoped
public class Tokens {
    private final DocumentStore store;
    private final Partners partners;
    private final ObjectMapper json;

    Tokens(DocumentStore store, Partners partners, ObjectMapper json) {
        this.store = store;
        this.partners = partners;
        this.json = json;
    }

    /**
     * The tokens with this uid and type of all eMSPs that have an agreement with the CPO: none when the card is foreign, more
     * than one when two eMSPs issued the same number, which only a person can decide.
     */
    public List<JsonNode> find(PartyId cpo, String uid, String type) {
        Set<PartyId> emsps = partners.agreements().emspsOf(cpo);
        return store.findByKey(ModuleId.TOKENS, Document.fold(TokensReceiver.key(uid, type))).stream()
                .filter(document -> emsps.contains(document.owner())).map(this::parse).toList();
    }

    /** The eMSP a token belongs to. */
    public static PartyId issuer(JsonNode token) {
        return PartyId.of(token.path("country_code").asText(), token.path("party_id").asText());
    }

    private JsonNode parse(Document document) {
        try {
            return json.readTree(document.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored token " + document.key() + " of " + document.owner() + " is not JSON", e);
        }
    }
}
