package org.roaminghub.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.ModuleDefinition;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.core.TokenIssuers;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Translated;
import org.roaminghub.ocpi.Translation;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.pull.PulledObjects.Item;

/**
 * Takes the objects of a page one by one through the checks of pushes. Who owns one is what it says itself (TRANS-28); one that
 * cannot be taken does not stop the others (TRANS-11).
 */
@ApplicationScoped
class PageIntake {
    private static final Logger LOG = Logger.getLogger(PageIntake.class);
    /** Short transactions: a long writer holds the feed back (D3). */
    private static final int GROUP = 50;

    private final InboundBody bodies;
    private final TokenIssuers issuers;
    private final PulledObjects objects;
    private final Absences absences;
    private final Jdbi jdbi;

    PageIntake(InboundBody bodies, TokenIssuers issuers, PulledObjects objects, Absences absences, Jdbi jdbi) {
        this.bodies = bodies;
        this.issuers = issuers;
        this.objects = objects;
        this.absences = absences;
        this.jdbi = jdbi;
    }

    /** An object that could not be taken. @param object folded key, or its place in the list */
    record Fault(String object, String reason, String raw) {
    }

    /** What became of a page. @param shown keys of the party's objects and, in locations, of their EVSEs @param high highest last_updated, or null */
    record Taken(int objects, int created, int updated, int unchanged, int ignored, List<Fault> faults, Set<String> shown, Instant high) {
    }

    /** @param translation of the partner's version into ours, empty where it is ours */
    Taken take(Pull pull, PartnerConfig config, Optional<Translation> translation, List<String> texts) {
        Page page = new Page(pull, config, translation);
        for (int index = 0; index < texts.size(); index++) {
            page.check(texts.get(index), "page " + (pull.pages() + 1) + ", object " + (index + 1));
        }
        page.store();
        absences.reappeared(pull, page.items);
        return page.taken(texts.size());
    }

    private final class Page {
        private final Pull pull;
        private final PartnerConfig config;
        private final Optional<Translation> translation;
        private final ModuleDefinition definition;
        private final List<Item> items = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private final Set<String> shown = new LinkedHashSet<>();
        private Instant high;
        private int created;
        private int updated;
        private int unchanged;
        private int ignored;

        Page(Pull pull, PartnerConfig config, Optional<Translation> translation) {
            this.pull = pull;
            this.config = config;
            this.translation = translation;
            this.definition = PulledObjects.definition(pull.module());
        }

        void check(String text, String place) {
            String name = place;
            try {
                InboundBody.Inbound inbound = bodies.read(definition.schemaClass(), inOurVersion(text), Mode.FULL, config);
                ObjectNode body = inbound.body();
                if (!isOf(pull.party(), body)) {
                    // Of another party of this platform, which has a pull of its own, or of nobody it speaks for.
                    ignored++;
                    return;
                }
                String key = Document.fold(definition.keyOf().apply(body));
                name = key.isBlank() || key.startsWith("/") ? place : key;
                show(body, name);
                bodies.check(definition.schemaClass(), body, Mode.FULL, config);
                if (name.equals(place)) {
                    throw OcpiException.invalid("id: expected one, found none");
                }
                Instant time = bodies.lastUpdated(body);
                high = high == null || time.isAfter(high) ? time : high;
                items.add(new Item(key, inbound.text(), body));
            } catch (OcpiException e) {
                fault(name, e.getMessage(), text);
            }
        }

        private String inOurVersion(String text) {
            if (translation.isEmpty()) {
                return text;
            }
            Translated translated = translation.get().inbound(pull.module(), bodies.parse(text), (uid, type) -> issuers.of(List.of(pull.party()), uid, type));
            if (translated instanceof Translated.Withheld withheld) {
                throw OcpiException.invalid(withheld.reason());
            }
            Translated.Carried carried = (Translated.Carried) translated;
            return carried.isChanged() ? carried.document().toString() : text;
        }

        /** Also what is refused is there: a faulty object is not a removed one. */
        private void show(JsonNode body, String key) {
            shown.add(key);
            if (pull.module() == ModuleId.LOCATIONS) {
                body.path("evses").forEach(evse -> shown.add(key + "/" + Document.fold(evse.path("uid").asText())));
            }
        }

        void store() {
            Set<String> known = items.isEmpty() ? Set.of() : objects.unchanged(pull.module(), pull.party(), items);
            unchanged += (int) items.stream().filter(item -> known.contains(item.key())).count();
            List<Item> fresh = items.stream().filter(item -> !known.contains(item.key())).toList();
            for (int from = 0; from < fresh.size(); from += GROUP) {
                store(fresh.subList(from, Math.min(fresh.size(), from + GROUP)));
            }
        }

        private void store(List<Item> group) {
            try {
                List<Change> changes = jdbi.inTransaction(transaction -> group.stream()
                        .map(item -> objects.store(transaction, pull.module(), pull.party(), config.partner(), item)).toList());
                for (int index = 0; index < group.size(); index++) {
                    count(group.get(index), changes.get(index));
                }
            } catch (OcpiException | UnableToExecuteStatementException e) {
                if (group.size() > 1) {
                    group.forEach(item -> store(List.of(item)));
                    return;
                }
                fault(group.get(0).key(), reason(e), group.get(0).text());
            }
        }

        private void count(Item item, Change change) {
            objects.committed(pull.module(), pull.party(), item.key(), change);
            switch (change) {
                case CREATED -> created++;
                case UPDATED -> updated++;
                case STALE, SAME -> unchanged++;
            }
        }

        private void fault(String object, String reason, String raw) {
            LOG.warnf("Pull of %s: %s is not taken: %s", pull, pull.module() == ModuleId.TOKENS ? "an object" : object.replaceAll("\\p{Cntrl}", " "), reason);
            faults.add(new Fault(object, reason, raw));
        }

        Taken taken(int objectsInPage) {
            return new Taken(objectsInPage, created, updated, unchanged, ignored, faults, shown, high);
        }
    }

    /** An object that names no owner is no other party's: it is faulty. */
    private static boolean isOf(PartyId party, JsonNode body) {
        String country = body.path("country_code").asText();
        String id = body.path("party_id").asText();
        if (!PartyId.isValid(country, id)) {
            throw OcpiException.invalid("country_code, party_id: expected a party, found none");
        }
        return party.equals(PartyId.of(country, id));
    }

    /** A value that the database cannot hold is the object's fault; anything else is ours and stops the page. */
    private static String reason(RuntimeException error) {
        if (error instanceof OcpiException) {
            return error.getMessage();
        }
        String state = error.getCause() instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
        if (state.startsWith("22") || state.startsWith("54")) {
            return "it holds a value that cannot be stored";
        }
        throw error;
    }
}
