package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Rules between fields of CDRs (chapter mod_cdrs). Amounts of credit CDRs may be negative, whichever they are. */
final class CdrRules {

    private static final int ORDINARY_ID = 36;
    private static final int CREDIT_ID = 39;

    private CdrRules() {}

    /** CDR-04. */
    static void creditNamesItsOriginal(JsonNode cdr, ClassRule.At at, Mode mode, List<Fault> faults) {
        if (mode == Mode.FULL && isCredit(cdr) && !cdr.hasNonNull("credit_reference_id")) {
            faults.add(new Fault(at.of("credit_reference_id"), "the id of the credited CDR, because credit = true (CDR-04)",
                    Found.describe("credit_reference_id", cdr.path("credit_reference_id"))));
        }
    }

    /** CDR-03: a credit CDR has an id of its own. */
    static void creditIsAnotherCdr(JsonNode cdr, ClassRule.At at, Mode mode, List<Fault> faults) {
        JsonNode id = cdr.path("id");
        if (isCredit(cdr) && id.isTextual() && id.textValue().equalsIgnoreCase(cdr.path("credit_reference_id").textValue())) {
            faults.add(new Fault(at.of("id"), "another id than that of the credited CDR (CDR-03)", Found.describe("id", id)));
        }
    }

    /** CDR-19; what is longer than 39 the schema refuses. */
    static void longIdOnlyForCredit(JsonNode cdr, ClassRule.At at, Mode mode, List<Fault> faults) {
        JsonNode id = cdr.path("id");
        int length = id.isTextual() ? id.textValue().length() : 0;
        if (mode == Mode.FULL && !isCredit(cdr) && length > ORDINARY_ID && length <= CREDIT_ID) {
            faults.add(new Fault(at.of("id"), "at most 36 characters unless credit = true (CDR-19)", Found.describe("id", id)));
        }
    }

    /** CDR-33. */
    static void noSessionOnlyDimensions(JsonNode cdr, ClassRule.At at, Mode mode, List<Fault> faults) {
        Set<String> sessionOnly = ObjectModel.ocpi221().sessionOnlyDimensions();
        JsonNode periods = cdr.path("charging_periods");
        for (int i = 0; i < periods.size(); i++) {
            JsonNode dimensions = periods.path(i).path("dimensions");
            for (int j = 0; j < dimensions.size(); j++) {
                JsonNode type = dimensions.path(j).path("type");
                if (sessionOnly.contains(type.asText())) {
                    faults.add(new Fault(at.of("charging_periods[" + i + "].dimensions[" + j + "].type"),
                            "a dimension that is allowed in a CDR (CDR-33)", Found.describe("type", type)));
                }
            }
        }
    }

    private static boolean isCredit(JsonNode cdr) {
        return cdr.path("credit").booleanValue();
    }
}
