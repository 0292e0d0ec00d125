package org.roaminghub.modules.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.roaminghub.modules.core.rules.DocumentRules;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.OcpiTime;
import org.roaminghub.ocpi.schema.DuplicateKey;
import org.roaminghub.ocpi.schema.Fault;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.NotJson;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.partners.QuirkCounts;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.partners.config.PartnerConfig.Validation;
import org.roaminghub.partners.config.Quirk;

/** Reads and judges what a partner sent; every fault is named in one answer (D2). */
@ApplicationScoped
public class InboundBody {
    private static final Logger LOG = Logger.getLogger(InboundBody.class);

    private final QuirkCounts quirks;
    private final Clock clock;

    InboundBody(QuirkCounts quirks, Clock clock) {
        this.quirks = quirks;
        this.clock = clock;
    }

    /**
     * A document as the hub goes on with it.
     *
     * @param text the very text that came, or that of the corrected document where a quirk changed something (D1)
     */
    public record Inbound(ObjectNode body, String text) {
    }

    /** Parses an object a partner sent and corrects what its file says must be corrected; it is not judged yet. */
    public Inbound read(String schemaClass, String text, Mode mode, PartnerConfig sender) {
        ObjectNode body = parse(text);
        Set<Quirk> applied = DocumentRules.received(sender.quirks(), schemaClass, body, mode, clock.instant());
        applied.forEach(quirk -> quirks.applied(sender.partner(), quirk));
        return new Inbound(body, applied.isEmpty() ? text : body.toString());
    }

    /** As {@link #check(String, JsonNode, Mode, Validation, String)}, without what this partner's quirks tolerate. */
    public List<Fault> check(String schemaClass, JsonNode document, Mode mode, PartnerConfig sender) {
        JsonNode judged = DocumentRules.judged(sender.quirks(), schemaClass, document);
        return check(schemaClass, judged, mode, sender.validation(), sender.partner());
    }

    /** Parses a body that must be one JSON object. */
    public ObjectNode parse(String body) {
        try {
            JsonNode node = StrictJson.parse(body == null ? "" : body);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw OcpiException.invalid("body: a JSON object is expected");
        } catch (NotJson e) {
            // The one case that stays an HTTP error: there is no request to answer (TRANS-33, A-03).
            throw new OcpiException(OcpiStatus.INVALID_PARAMETERS, 400, "body: not JSON, " + e.getMessage());
        } catch (DuplicateKey e) {
            throw OcpiException.invalid(e.getMessage());
        }
    }

    /**
     * Checks against the object model.
     *
     * @return the faults that were tolerated because the partner's file says so
     */
    public List<Fault> check(String schemaClass, JsonNode document, Mode mode, Validation strictness, String partner) {
        if (strictness == Validation.ACCEPT) {
            return List.of();
        }
        List<Fault> faults = SchemaCheck.check(schemaClass, document, mode);
        if (faults.isEmpty()) {
            return faults;
        }
        if (strictness == Validation.REJECT) {
            throw OcpiException.invalid(describe(faults));
        }
        LOG.warnf("%s sent a %s with faults, accepted as its file asks: %s", partner, schemaClass, describe(faults));
        return faults;
    }

    /**
     * Whether nothing but times changed, at a partner whose times move without a change (field notes, pain 29).
     *
     * @param stored what is stored; only asked for when the partner's file says so
     * @param change what the stored document would become
     */
    public boolean isUnchanged(String schemaClass, Supplier<Optional<ObjectNode>> stored, UnaryOperator<ObjectNode> change, PartnerConfig sender) {
        boolean unchanged = sender.quirks().has(Quirk.IN_BUMPED_TIMES)
                && stored.get().filter(before -> DocumentRules.sameButForTimes(schemaClass, before, change.apply(before.deepCopy()))).isPresent();
        if (unchanged) {
            quirks.applied(sender.partner(), Quirk.IN_BUMPED_TIMES);
        }
        return unchanged;
    }

    /** last_updated of a document or a PATCH, without which nothing can be ordered (LOC-18, SES-14, TOK-05). */
    public Instant lastUpdated(JsonNode document) {
        return OcpiTime.parse(document.path("last_updated").asText(null))
                .orElseThrow(() -> OcpiException.invalid("last_updated: a DateTime is expected, " + (document.has("last_updated") ? "found something else" : "it is missing")));
    }

    /** All faults in one line: path, expected, found. */
    public static String describe(List<Fault> faults) {
        return faults.stream().map(fault -> fault.path() + ": expected " + fault.expected() + ", found " + fault.found()).collect(Collectors.joining("; "));
    }
}
