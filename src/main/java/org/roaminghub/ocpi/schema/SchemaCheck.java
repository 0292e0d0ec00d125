package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a document against a class of OCPI 2.2.1 and lists every fault by field path (design D2, §5).
 *
 * <p>Unknown fields are no fault. Where the hub accepts more than the tables say stands in {@link InputTolerances}.
 * What a fault leads to (refuse, warn, accept) is the caller's decision. All schemas are compiled once, when this class is
 * first used; {@link #check} may be called from many threads.
 */
public final class SchemaCheck {

    /** How many faults are listed; one more entry then says how many were left out. */
    public static final int MAX_FAULTS = 100;
    /**
     * Entries of all lists of one document. The validator keeps every fault in memory before we cut the list, so 600 kB of empty
     * EVSEs cost 350 MB of heap (measured); the largest honest documents have a tenth of this many entries.
     */
    public static final int MAX_LIST_ENTRIES = 50_000;

    private static final ObjectModel MODEL = ObjectModel.ocpi221();
    private static final FaultWriter FAULTS = new FaultWriter(MODEL);
    private static final Map<Mode, Map<String, JsonSchema>> SCHEMAS = compile();

    private SchemaCheck() {}

    /**
     * Every fault of the document, in the order of the class's table, then those of its {@link ModelConstraints}; empty if none.
     *
     * @param className as the specification writes it: Location, EVSE, CDR, StartSession …
     * @param document  a tree from {@link StrictJson}; null counts as an absent document
     * @throws IllegalArgumentException if OCPI 2.2.1 has no such class
     */
    public static List<Fault> check(String className, JsonNode document, Mode mode) {
        JsonSchema schema = SCHEMAS.get(mode).get(className);
        if (schema == null) {
            throw new IllegalArgumentException("OCPI 2.2.1 has no class " + className);
        }
        JsonNode tree = document == null ? MissingNode.getInstance() : document;
        if (!tree.isObject()) {
            return List.of(new Fault(Fault.DOCUMENT, "an object of type " + className, Found.describe("", tree)));
        }
        if (listEntries(tree, 0) > MAX_LIST_ENTRIES) {
            return List.of(new Fault(Fault.DOCUMENT, "at most " + MAX_LIST_ENTRIES + " list entries in one object", "more"));
        }
        Set<ValidationMessage> messages = schema.validate(tree);
        List<Fault> constraints = ModelConstraints.check(className, tree, mode);
        if (messages.isEmpty() && constraints.isEmpty()) {
            return List.of();
        }
        return listed(className, messages, constraints);
    }

    // A set, because one value can break two rules that read the same: too long and of the wrong form.
    private static List<Fault> listed(String className, Set<ValidationMessage> messages, List<Fault> constraints) {
        Set<Fault> faults = new LinkedHashSet<>();
        int read = 0;
        for (ValidationMessage message : messages) {
            if (faults.size() == MAX_FAULTS) {
                break;
            }
            faults.add(FAULTS.write(className, message));
            read++;
        }
        for (Fault fault : constraints) {
            if (faults.size() == MAX_FAULTS) {
                break;
            }
            faults.add(fault);
            read++;
        }
        List<Fault> listed = new ArrayList<>(faults);
        int more = messages.size() + constraints.size() - read;
        if (more > 0) {
            listed.add(Fault.more(more));
        }
        return List.copyOf(listed);
    }

    private static int listEntries(JsonNode node, int counted) {
        int count = node.isArray() ? counted + node.size() : counted;
        for (JsonNode child : node) {
            if (count > MAX_LIST_ENTRIES) {
                return count;
            }
            if (child.isContainerNode()) {
                count = listEntries(child, count);
            }
        }
        return count;
    }

    private static Map<Mode, Map<String, JsonSchema>> compile() {
        JsonMetaSchema dialect = JsonMetaSchema.builder(JsonMetaSchema.getV7()).formats(OcpiFormats.all()).build();
        JsonSchemaFactory factory =
                JsonSchemaFactory.builder().metaSchema(dialect).defaultMetaSchemaIri(dialect.getIri()).build();
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .typeLoose(false).pathType(PathType.JSON_POINTER).formatAssertionsEnabled(true).build();
        Map<Mode, Map<String, JsonSchema>> schemas = new EnumMap<>(Mode.class);
        for (Mode mode : Mode.values()) {
            SchemaWriter writer = new SchemaWriter(MODEL, mode);
            Map<String, JsonSchema> ofMode = new HashMap<>();
            for (String className : MODEL.classNames()) {
                JsonSchema schema = factory.getSchema(writer.write(className), config);
                schema.initializeValidators();
                ofMode.put(className, schema);
            }
            schemas.put(mode, ofMode);
        }
        return schemas;
    }
}
