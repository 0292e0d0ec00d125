package org.roaminghub.modules.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;

/**
 * What is peculiar to an object module; everything else is the same for all of them and lives in {@link ObjectService}.
 *
 * @param module      the module
 * @param schemaClass its object class in the object model
 * @param ownerRole   the role that owns these objects: CPO, or eMSP for Tokens
 * @param idOf        the id of a document, as its owner writes it
 * @param keyOf       the key under which it is stored, unfolded: the id, a Token's with its type
 * @param recipientOf the one eMSP party it concerns, null where it is for everyone with an agreement
 */
public record ModuleDefinition(
        ModuleId module,
        String schemaClass,
        Role ownerRole,
        Function<JsonNode, String> idOf,
        Function<JsonNode, String> keyOf,
        Function<JsonNode, PartyId> recipientOf) {

    /** A module whose objects are for everyone with an agreement and are keyed by {@code id}. */
    public static ModuleDefinition broadcast(ModuleId module, String schemaClass, Role ownerRole) {
        return new ModuleDefinition(module, schemaClass, ownerRole, body -> body.path("id").asText(), body -> body.path("id").asText(), body -> null);
    }

    /** A module whose objects concern the eMSP of their {@code cdr_token} alone (D4). */
    public static ModuleDefinition directed(ModuleId module, String schemaClass) {
        return new ModuleDefinition(module, schemaClass, Role.CPO, body -> body.path("id").asText(), body -> body.path("id").asText(),
                ModuleDefinition::issuer);
    }

    /** Texts of two and three characters pass the tables and still name no party. */
    private static PartyId issuer(JsonNode body) {
        String country = body.path("cdr_token").path("country_code").asText();
        String party = body.path("cdr_token").path("party_id").asText();
        if (!PartyId.isValid(country, party)) {
            throw OcpiException.invalid("cdr_token.country_code, cdr_token.party_id: expected the eMSP of the token, found something that is no party");
        }
        return PartyId.of(country, party);
    }
}
