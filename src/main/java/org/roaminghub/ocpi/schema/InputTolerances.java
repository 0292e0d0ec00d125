package org.roaminghub.ocpi.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where the hub accepts more than the tables of 2.2.1 allow; each line is a decision of the requirements' ambiguity list.
 * What it sends is a matter of the sender, not of this class.
 */
final class InputTolerances {

    // A partner that also speaks 2.3.0 lists it, and custom modules are allowed by agreement (VER-10): closing these two
    // enums would refuse exactly the partners the version list exists for.
    private static final Set<String> OPEN_ENUMS = Set.of("VersionNumber", "ModuleID");

    private InputTolerances() {}

    static FieldModel widen(String className, FieldModel field) {
        if (field.kind() == FieldModel.Kind.ENUM && OPEN_ENUMS.contains(field.type())) {
            return field.asOpenText();
        }
        return switch (className + "." + field.name()) {
            // the erratum that lengthened these in Location forgot the CDR.
            case "CdrLocation.address" -> field.withMaxLength(255);
            case "CdrLocation.state" -> field.withMaxLength(45);
            // the end of a day is written both ways.
            case "RegularHours.period_end" -> field.withRegex("(" + field.regex().orElseThrow() + "|24:00)");
            // only the credentials entry may leave it out, which ModelConstraints checks.
            case "Endpoint.role" -> field.withCardinality(FieldModel.Cardinality.OPTIONAL);
            default -> field;
        };
    }

    static List<String> widen(String enumName, List<String> values) {
        if (!enumName.equals("SessionStatus")) {
            return values;
        }
        List<String> more = new ArrayList<>(values);
        // the specification itself uses both words.
        more.add("RESERVED");
        return List.copyOf(more);
    }
}
