package org.roaminghub.modules.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaminghub.delivery.Outgoing;
import org.roaminghub.modules.core.rules.DocumentRules;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.QuirkCounts;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.partners.config.Quirks;

/**
 * Makes of a document what a partner can read. Partners without such quirks get the stored text itself (D1). CDRs are money:
 * their bytes are frozen, so no rule touches them (decision 0014).
 */
@ApplicationScoped
public class OutboundBody {
    /** The classes of a module's objects by level: a Location, an EVSE in it, a Connector in that. */
    private static final Map<ModuleId, List<String>> CLASSES = Map.of(ModuleId.LOCATIONS, List.of("Location", "EVSE", "Connector"),
            ModuleId.TARIFFS, List.of("Tariff"), ModuleId.TOKENS, List.of("Token"), ModuleId.SESSIONS, List.of("Session"));

    private final QuirkCounts counts;

    OutboundBody(QuirkCounts counts) {
        this.counts = counts;
    }

    /** A document that a partner reads from us; empty when its file says that it is not to get it. */
    public Optional<String> read(PartnerConfig reader, String schemaClass, String text) {
        Quirks quirks = reader.quirks();
        if (!quirks.has(Quirk.Kind.DOCUMENTS_OUT) || schemaClass.equals("CDR")) {
            return Optional.of(text);
        }
        ObjectNode document = (ObjectNode) StrictJson.parse(text);
        if (DocumentRules.withheld(quirks, schemaClass, document)) {
            counts.applied(reader.partner(), Quirk.OUT_WITHHOLD);
            return Optional.empty();
        }
        return Optional.of(sent(reader.partner(), quirks, schemaClass, text, document, Mode.FULL));
    }

    /** A change that is pushed to a partner; empty when it is not to get it. */
    Optional<Outgoing> adapted(PartnerLink link, ModuleId module, Outgoing outgoing) {
        if (!CLASSES.containsKey(module)) {
            return Optional.of(outgoing);
        }
        if (withheld(link, module, outgoing)) {
            counts.applied(link.partner(), Quirk.OUT_WITHHOLD);
            return Optional.empty();
        }
        Optional<String> put = outgoing.put().map(text -> pushed(link, schemaClass(module, outgoing), text, Mode.FULL));
        Optional<String> patch = outgoing.patch().map(text -> pushed(link, schemaClass(module, outgoing), text, Mode.PATCH));
        boolean folded = module == ModuleId.TOKENS && link.quirks().has(Quirk.OUT_UPPER_CASE_UIDS) && outgoing.query().equals("type=RFID");
        List<String> path = folded ? outgoing.path().stream().map(uid -> uid.toUpperCase(Locale.ROOT)).toList() : outgoing.path();
        return Optional.of(new Outgoing(path, outgoing.query(), put, patch, outgoing.parent()));
    }

    boolean withheld(PartnerLink link, ModuleId module, Outgoing outgoing) {
        return outgoing.put().isPresent() && link.quirks().has(Quirk.OUT_WITHHOLD)
                && DocumentRules.withheld(link.quirks(), schemaClass(module, outgoing), StrictJson.parse(outgoing.put().get()));
    }

    private String pushed(PartnerLink link, String schemaClass, String text, Mode mode) {
        return sent(link.partner(), link.quirks(), schemaClass, text, (ObjectNode) StrictJson.parse(text), mode);
    }

    private String sent(String partner, Quirks quirks, String schemaClass, String text, ObjectNode document, Mode mode) {
        Set<Quirk> applied = DocumentRules.sent(quirks, schemaClass, document, mode);
        applied.forEach(quirk -> counts.applied(partner, quirk));
        return applied.isEmpty() ? text : document.toString();
    }

    private static String schemaClass(ModuleId module, Outgoing outgoing) {
        List<String> levels = CLASSES.get(module);
        return levels.get(Math.min(outgoing.path().size(), levels.size()) - 1);
    }
}
