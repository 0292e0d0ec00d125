package org.roaminghub.modules.tokens;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.roaminghub.modules.core.JsonMerge;
import org.roaminghub.modules.core.ModuleDefinition;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.Receiver;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.Role;

/** Tokens pushed by eMSPs. Unlike other objects a Token needs its type beside the uid: {@code ?type=}, by default RFID (TOK-03). */
@Path(OcpiUrls.RECEIVER + "tokens/{country_code}/{party_id}/{token_uid}")
public class TokensReceiver {
    /** Tokens as a module, keyed by uid and type. */
    public static final ModuleDefinition TOKENS = new ModuleDefinition(ModuleId.TOKENS, "Token", Role.EMSP, body -> body.path("uid").asText(),
            body -> key(body.path("uid").asText(), body.path("type").asText()), body -> null);

    private final ReceiverSupport support;

    TokensReceiver(ReceiverSupport support) {
        this.support = support;
    }

    static String key(String uid, String type) {
        return uid + "/" + type;
    }

    @GET
    public Response get(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("token_uid") String uid,
            @QueryParam("type") @DefaultValue("RFID") String type) {
        return support.get(TOKENS, Receiver.owner(country, party, TOKENS), key(uid, type));
    }

    @PUT
    public Response put(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("token_uid") String uid,
            @QueryParam("type") @DefaultValue("RFID") String type, byte[] body) {
        return support.put(TOKENS, Receiver.owner(country, party, TOKENS), key(uid, type), body);
    }

    @PATCH
    public Response patch(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("token_uid") String uid,
            @QueryParam("type") @DefaultValue("RFID") String type, byte[] body) {
        return support.patch(TOKENS, Receiver.owner(country, party, TOKENS), key(uid, type), body, JsonMerge::merge);
    }
}
