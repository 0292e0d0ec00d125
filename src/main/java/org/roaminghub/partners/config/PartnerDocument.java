package org.roaminghub.partners.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.partners.config.DeliverySettings.CdrInDoubt;
import org.roaminghub.partners.config.OcpiSettings.Registration;
import org.roaminghub.partners.config.OcpiSettings.TokenEncoding;
import org.roaminghub.partners.config.PartnerConfig.Party;
import org.roaminghub.partners.config.PartnerConfig.Validation;

/** One YAML document as a {@link PartnerConfig}: the keys, their forms and their defaults, one method per group of keys. */
final class PartnerDocument {

    private static final List<String> VERSIONS = List.of("2.1.1", "2.2", "2.2.1", "2.3.0");
    private static final List<String> MAPPED = List.of("location", "tariff", "token", "session", "cdr");
    private static final String URL_HINT = "an http or https URL without user name and #fragment";
    private static final String DURATION_HINT = "a duration such as 10s, 15m or 1h, at most ";

    private PartnerDocument() {}

    /** The config; if the document has faults they stand in the context, and the config is only good for finding more. */
    static PartnerConfig read(Section root, FileContext context) {
        String partner = root.requiredText("partner");
        if (!partner.isEmpty() && !partner.matches("[a-z0-9-]{1,40}")) {
            root.fault("partner", "must be 1 to 40 of a-z, 0-9 and hyphens");
        }
        String name = root.text("name").orElse(partner);
        List<Party> parties = parties(root, name);
        Optional<OcpiSettings> ocpi = root.section("ocpi").map(PartnerDocument::ocpi);
        Optional<Backend> backend = root.section("backend").map(PartnerDocument::backend);
        if (root.has("ocpi") == root.has("backend")) {
            root.fault("exactly one of ocpi and backend is needed");
        }
        PartnerConfig config = new PartnerConfig(partner, name, parties, ocpi, agreements(root), delivery(root),
                root.choice("validation", Validation.REJECT, Validation.values()), quirks(root), alerts(root), backend, context.file());
        root.refuseUnknownKeys();
        return config;
    }

    private static List<Party> parties(Section root, String partnerName) {
        List<Party> parties = new ArrayList<>();
        for (Section entry : root.sections("parties")) {
            Optional<Role> role = entry.read("role", "one of CPO, EMSP, HUB, NAP, NSP, OTHER, SCSP", PartnerDocument::role);
            if (!entry.has("role")) {
                entry.fault("role", "is missing");
            }
            String country = entry.requiredText("country_code");
            String party = entry.requiredText("party_id");
            String name = entry.text("name").orElse(partnerName);
            entry.refuseUnknownKeys();
            if (country.isEmpty() || party.isEmpty()) {
                continue;
            }
            if (!PartyId.isValid(country, "XXX")) {
                entry.fault("country_code", "must be two letters");
            } else if (!PartyId.isValid(country, party)) {
                entry.fault("party_id", "must be one to three letters or digits");
            } else {
                role.ifPresent(known -> parties.add(new Party(known, PartyId.of(country, party), name)));
            }
        }
        if (root.isAbsentOrEmpty("parties")) {
            root.fault("parties", "must name at least one party");
        }
        return List.copyOf(parties);
    }

    private static Optional<Role> role(String text) {
        return Arrays.stream(Role.values()).filter(role -> role.name().equals(text)).findFirst();
    }

    private static OcpiSettings ocpi(Section section) {
        List<String> versions = section.has("versions") ? section.texts("versions") : List.of("2.2.1");
        if (!VERSIONS.containsAll(versions) || versions.isEmpty()) {
            section.fault("versions", "must be a list of versions we speak: " + String.join(", ", VERSIONS));
        }
        TokenEncoding encoding = section.choice("token_encoding", TokenEncoding.BASE64, TokenEncoding.values());
        Registration registration = section.section("registration").map(PartnerDocument::registration).orElse(null);
        if (!section.has("registration")) {
            section.fault("registration", "is missing: give token_a, or versions_url and their_token");
        }
        section.refuseUnknownKeys();
        return new OcpiSettings(List.copyOf(versions), registration, encoding);
    }

    private static Registration registration(Section section) {
        boolean theyStart = section.has("token_a");
        boolean weStart = section.has("versions_url") || section.has("their_token");
        if (theyStart == weStart) {
            section.fault("exactly one is needed: token_a, or versions_url and their_token");
        }
        Registration registration = null;
        if (theyStart) {
            registration = new Registration.TheyStart(token(section, "token_a"));
        }
        if (weStart) {
            Optional<URI> url = section.read("versions_url", URL_HINT, Values::url);
            if (!section.has("versions_url")) {
                section.fault("versions_url", "is missing");
            }
            registration = new Registration.WeStart(url.orElse(null), token(section, "their_token"));
        }
        section.refuseUnknownKeys();
        return registration;
    }

    // The form is that of Credentials.token.
    private static Secret token(Section section, String key) {
        return section.secret(key, "1 to 64 printable ASCII characters without spaces", text -> text.matches("[\\x21-\\x7E]{1,64}"));
    }

    private static List<Agreement> agreements(Section root) {
        if (root.isScalar("agreements")) {
            return root.read("agreements", "a list, or the word all",
                    text -> text.equals("all") ? Optional.of(new Agreement.WithAll()) : Optional.<Agreement>empty())
                    .map(List::of).orElse(List.of());
        }
        List<Agreement> agreements = new ArrayList<>();
        for (Section entry : root.sections("agreements")) {
            entry.read("with", "a party such as NL*ACM, or the word all", PartnerDocument::agreement).ifPresent(agreements::add);
            if (!entry.has("with")) {
                entry.fault("with", "is missing");
            }
            entry.refuseUnknownKeys();
        }
        return List.copyOf(agreements);
    }

    private static Optional<Agreement> agreement(String text) {
        if (text.equals("all")) {
            return Optional.of(new Agreement.WithAll());
        }
        try {
            return Optional.of(new Agreement.With(PartyId.parse(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static DeliverySettings delivery(Section root) {
        Section section = root.sectionOrEmpty("delivery");
        Section mode = section.sectionOrEmpty("mode");
        Map<String, DeliverySettings.Mode> modes = new LinkedHashMap<>();
        Set<String> agreed = new HashSet<>();
        for (String module : DeliverySettings.MODULES) {
            modes.put(module, mode.choice(module, DeliverySettings.Mode.PUSH, DeliverySettings.Mode.values()));
            if (mode.has(module) && modes.get(module) == DeliverySettings.Mode.PUSH) {
                agreed.add(module);
            }
        }
        mode.refuseUnknownKeys();
        DeliverySettings delivery = new DeliverySettings(Map.copyOf(modes), Set.copyOf(agreed),
                section.read("max_in_flight", 8, "a whole number from 1 to 1000", Values.wholeNumber(1, 1_000)),
                section.read("timeout", Duration.ofSeconds(10), DURATION_HINT + "5m", Values.duration(Duration.ofMinutes(5))),
                section.read("rate_per_second", 50, "a whole number from 1 to 10000", Values.wholeNumber(1, 10_000)),
                section.read("patch", true, "true or false", Values::truth),
                section.choice("cdr_in_doubt", CdrInDoubt.HOLD, CdrInDoubt.values()),
                section.read("authorize_timeout", Duration.ofSeconds(4), DURATION_HINT + "1m", Values.duration(Duration.ofMinutes(1))));
        section.refuseUnknownKeys();
        return delivery;
    }

    /** Entries are {@code name}, or {@code name=value}. */
    private static Quirks quirks(Section root) {
        Map<Quirk, String> quirks = new LinkedHashMap<>();
        for (String entry : root.texts("quirks")) {
            int equals = entry.indexOf('=');
            String name = equals < 0 ? entry : entry.substring(0, equals);
            String value = equals < 0 ? "" : entry.substring(equals + 1);
            Optional<Quirk> known = Quirk.of(name);
            if (known.isEmpty()) {
                root.fault("quirks", "names " + name + ", which is no quirk that is known; known are "
                        + Arrays.stream(Quirk.values()).map(Quirk::id).sorted().collect(Collectors.joining(", ")));
            } else if (known.get().takesValue() && !known.get().accepts(value)) {
                root.fault("quirks", name + " must be written " + name + "=… with " + known.get().hint());
            } else if (!known.get().takesValue() && equals >= 0) {
                root.fault("quirks", name + " takes no value");
            } else if (quirks.put(known.get(), value) != null) {
                root.fault("quirks", "names " + name + " twice");
            }
        }
        return new Quirks(quirks);
    }

    private static AlertSettings alerts(Section root) {
        Section section = root.sectionOrEmpty("alerts");
        Values.Reader<Duration> duration = Values.duration(Duration.ofDays(30));
        AlertSettings alerts = new AlertSettings(
                section.read("cdr_delay", Duration.ofMinutes(15), DURATION_HINT + "30d", duration),
                section.read("location_push_age", Duration.ofSeconds(60), DURATION_HINT + "30d", duration));
        section.refuseUnknownKeys();
        return alerts;
    }

    private static Backend backend(Section section) {
        Secret token = section.secret("token", "printable ASCII without spaces", text -> text.matches("[\\x21-\\x7E]+"));
        Section mapping = section.sectionOrEmpty("mappings");
        Map<String, String> mappings = new LinkedHashMap<>();
        for (String kind : MAPPED) {
            // The name becomes part of a path below mappings/, hence no dots and slashes.
            mapping.read(kind, "the name of a table: letters, digits, _ and -",
                    text -> text.matches("[A-Za-z0-9_-]{1,60}") ? Optional.of(text) : Optional.<String>empty())
                    .ifPresent(table -> mappings.put(kind, table));
        }
        mapping.refuseUnknownKeys();
        Optional<URI> commandsUrl = section.read("commands_url", URL_HINT, Values::url);
        section.refuseUnknownKeys();
        return new Backend(token, Map.copyOf(mappings), commandsUrl);
    }
}
