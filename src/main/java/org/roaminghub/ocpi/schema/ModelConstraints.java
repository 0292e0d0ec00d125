package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of the specification that span more than one field, by class, and the walk that finds the objects they hold for. In a
 * PATCH only rules are applied that partial content can break.
 */
final class ModelConstraints {

    private static final Map<String, List<ClassRule>> RULES = Map.of(
            "Location", List.of(LocationRules::publishAllowedToOnlyForUnpublished),
            "PublishTokenType", List.of(LocationRules::publishTokenIsComplete),
            "EVSE", List.of(LocationRules::connectorIdsUnique),
            "Hours", List.of(LocationRules::regularHoursOnlyWhereNotAlwaysOpen),
            "CDR", List.of(CdrRules::creditNamesItsOriginal, CdrRules::creditIsAnotherCdr, CdrRules::longIdOnlyForCredit,
                    CdrRules::noSessionOnlyDimensions),
            "ChargingProfile", List.of(ProfileRules::slowestRateHasOneDecimal),
            "ChargingProfilePeriod", List.of(ProfileRules::limitHasOneDecimal),
            "ActiveChargingProfileResult", List.of(ProfileRules::acceptedCarriesTheProfile),
            "Credentials", List.of(ConnectionRules::rolesUnique),
            "Endpoint", List.of(ConnectionRules::roleOnlyMissingForCredentials));

    /** By class the fields below which a rule can hold; a class that is not in it has none. */
    private static final Map<String, List<FieldModel>> WAYS = ways();

    private ModelConstraints() {}

    static List<Fault> check(String className, JsonNode document, Mode mode) {
        List<Fault> faults = new ArrayList<>();
        walk(className, document, "", mode, faults);
        return faults;
    }

    private static void walk(String className, JsonNode node, String path, Mode mode, List<Fault> faults) {
        if (!node.isObject()) {
            return;
        }
        ClassRule.At at = new ClassRule.At(path);
        RULES.getOrDefault(className, List.of()).forEach(rule -> rule.check(node, at, mode, faults));
        for (FieldModel field : WAYS.getOrDefault(className, List.of())) {
            JsonNode below = node.path(field.name());
            if (!field.cardinality().isList()) {
                walk(field.type(), below, at.of(field.name()), mode, faults);
                continue;
            }
            for (int i = 0; below.isArray() && i < below.size(); i++) {
                walk(field.type(), below.path(i), at.of(field.name()) + "[" + i + "]", mode, faults);
            }
        }
    }

    private static Map<String, List<FieldModel>> ways() {
        ObjectModel model = ObjectModel.ocpi221();
        Set<String> ruled = new HashSet<>(RULES.keySet());
        Map<String, List<FieldModel>> ways = new HashMap<>();
        // The model has no recursion, so this ends: each round goes one level up from the classes that have rules.
        boolean more = true;
        while (more) {
            more = false;
            for (String className : model.classNames()) {
                List<FieldModel> leading = model.fields(className).stream()
                        .filter(field -> field.kind() == FieldModel.Kind.CLASS && ruled.contains(field.type())).toList();
                if (!leading.isEmpty()) {
                    ways.put(className, leading);
                    more |= ruled.add(className);
                }
            }
        }
        return Map.copyOf(ways);
    }
}
