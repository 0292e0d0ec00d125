package org.roaminghub.ocpi.v2_2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Translated;
import org.roaminghub.ocpi.Translation;

/**
 * Documents of 2.2 (changelog of 2.2.1): a CdrToken names no party, a CdrLocation needs a postal code, and what 2.2.1 added does
 * not exist. Whatever a 2.2 platform sends is 2.2.1 as well, but for the party of the token.
 */
public final class Version22 implements Translation {
    private static final String CDR_TOKEN = "cdr_token";

    @Override
    public Translated outbound(ModuleId module, ObjectNode document) {
        Downgrade downgrade = new Downgrade(document.deepCopy());
        return switch (module) {
            case LOCATIONS -> downgrade.location();
            case SESSIONS -> downgrade.session();
            case CDRS -> downgrade.cdr();
            case COMMANDS -> downgrade.command();
            case TARIFFS, TOKENS, CHARGINGPROFILES, CREDENTIALS, HUBCLIENTINFO -> Translated.Carried.unchanged(document);
        };
    }

    @Override
    public Translated inbound(ModuleId module, ObjectNode document, Issuers issuers) {
        boolean ofOneEmsp = module == ModuleId.SESSIONS || module == ModuleId.CDRS;
        // Some write the party all the same; then it is theirs to say.
        if (!ofOneEmsp || !(document.get(CDR_TOKEN) instanceof ObjectNode token) || token.has("country_code") || token.has("party_id")) {
            return Translated.Carried.unchanged(document);
        }
        JsonNode uid = token.path("uid");
        JsonNode type = token.path("type");
        if (!uid.isTextual() || !type.isTextual()) {
            // The field tables name what is missing.
            return Translated.Carried.unchanged(document);
        }
        Optional<PartyId> issuer = issuers.of(uid.asText(), type.asText());
        if (issuer.isEmpty()) {
            return new Translated.Withheld(CDR_TOKEN + ": expected a token whose eMSP this hub can tell, found one that no eMSP, or more than one, has sent here");
        }
        ObjectNode filled = document.deepCopy();
        ObjectNode named = filled.putObject(CDR_TOKEN).put("country_code", issuer.get().countryCode()).put("party_id", issuer.get().partyId());
        named.setAll(token.deepCopy());
        return new Translated.Carried(filled, List.of(), List.of(CDR_TOKEN + ".country_code", CDR_TOKEN + ".party_id"), List.of());
    }

    /** 2.2 has 4001 to 4003 and no general hub error. */
    @Override
    public int status(int code) {
        return code == OcpiStatus.HUB_ERROR.code() ? OcpiStatus.SERVER_ERROR.code() : code;
    }
}
