package org.roaminghub.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jboss.logging.Logger;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.Translated;
import org.roaminghub.ocpi.Translation;
import org.roaminghub.ocpi.schema.DuplicateKey;
import org.roaminghub.ocpi.schema.NotJson;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.Partners;

/**
 * The edge between the hub's own version and those of partners (D9): texts go through a {@link Translation} here, and what it could
 * not carry is counted and, where somebody will miss it, told once. A partner of the hub's version never comes as far as a parser.
 */
@ApplicationScoped
public class Translator {
    private static final Logger LOG = Logger.getLogger(Translator.class);

    private final Partners partners;
    private final MeterRegistry metrics;
    private final Cache<String, Boolean> told = Caffeine.newBuilder().maximumSize(10_000).build();

    Translator(Partners partners, MeterRegistry metrics) {
        this.partners = partners;
        this.metrics = metrics;
    }

    /** A call as the partner's version writes it, or why that cannot be done. */
    record Leaving(PartnerCall call, Optional<String> withheld) {
    }

    /** What goes to a partner, whoever sends it. */
    Leaving outbound(PartnerCall call) {
        Optional<Translation> translation = call.body() == null || call.module().isConfiguration() ? Optional.empty()
                : partners.link(call.partner()).flatMap(PartnerLink::translation);
        if (translation.isEmpty() || !(StrictJson.parse(call.body()) instanceof ObjectNode document)) {
            return new Leaving(call, Optional.empty());
        }
        Translated translated = outbound(translation.get(), call.partner(), call.module(), document);
        if (translated instanceof Translated.Withheld withheld) {
            return new Leaving(call, Optional.of(withheld.reason()));
        }
        Translated.Carried carried = (Translated.Carried) translated;
        return new Leaving(carried.isChanged() ? call.withBody(carried.document().toString()) : call, Optional.empty());
    }

    /** A document for a partner; what is lost on the way is noted. */
    public Translated outbound(Translation translation, String partner, ModuleId module, ObjectNode document) {
        Translated translated = translation.outbound(module, document);
        if (translated instanceof Translated.Carried carried) {
            carried.lost().forEach(path -> metrics.counter("hub.translation.lost", "partner", partner, "module", module.id(), "field", path.replaceAll("\\[\\d+]", "")).increment());
            carried.alarming().forEach(reason -> tell(partner, module, document, reason));
        } else {
            tell(partner, module, document, "held back, " + ((Translated.Withheld) translated).reason());
        }
        return translated;
    }

    /**
     * An answer in another version; what is no OCPI answer stays as it is.
     *
     * @param each   for the documents in {@code data}, one or a list
     * @param status for the status code
     */
    public static Answer answer(String envelope, Function<ObjectNode, Translated> each, IntUnaryOperator status) {
        if (!(parse(envelope) instanceof ObjectNode answer)) {
            return new Answer(envelope, Optional.empty());
        }
        boolean changed = false;
        if (answer.get("data") instanceof ArrayNode list) {
            changed = list(answer, list, each);
        } else if (answer.get("data") instanceof ObjectNode document) {
            Translated translated = each.apply(document);
            if (translated instanceof Translated.Withheld withheld) {
                return new Answer(envelope, Optional.of(withheld.reason()));
            }
            Translated.Carried carried = (Translated.Carried) translated;
            answer.set("data", carried.document());
            changed = carried.isChanged();
        }
        int code = answer.path("status_code").asInt();
        if (status.applyAsInt(code) != code) {
            answer.put("status_code", status.applyAsInt(code));
            changed = true;
        }
        return new Answer(changed ? answer.toString() : envelope, Optional.empty());
    }

    /** An answer in the other version, or why its one document cannot be told there. */
    public record Answer(String text, Optional<String> withheld) {
    }

    /** Puts a translated list in place; entries that cannot be told are left out. @return whether anything is different */
    private static boolean list(ObjectNode answer, ArrayNode list, Function<ObjectNode, Translated> each) {
        boolean changed = false;
        ArrayNode kept = answer.putArray("data");
        for (JsonNode item : list) {
            Translated translated = item instanceof ObjectNode document ? each.apply(document) : null;
            if (translated instanceof Translated.Carried carried) {
                changed |= carried.isChanged();
                kept.add(carried.document());
            } else if (translated == null) {
                kept.add(item);
            } else {
                changed = true;
            }
        }
        return changed;
    }

    private static JsonNode parse(String text) {
        try {
            return StrictJson.parse(text);
        } catch (NotJson | DuplicateKey e) {
            return null;
        }
    }

    /** Once per partner and object: the same loss happens with every push of it. */
    private void tell(String partner, ModuleId module, ObjectNode document, String reason) {
        String id = document.path("id").asText(document.path("uid").asText());
        String object = module.id() + " " + document.path("country_code").asText() + "*" + document.path("party_id").asText() + "/" + (module == ModuleId.TOKENS ? Masking.masked(id) : id);
        if (told.asMap().putIfAbsent(partner + " " + object + " " + reason, true) == null) {
            LOG.warnf("%s gets %s not as it is, for its version of OCPI: %s", partner, object, reason);
        }
    }
}
