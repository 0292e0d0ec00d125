package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * The one place where the text of a body becomes a tree. Numbers keep their digits ({@code 1.10} stays {@code 1.10}, design D1),
 * a field that stands twice is refused, and so is anything after the document. How large a body may be is the HTTP layer's limit.
 */
public final class StrictJson {

    /** Objects and lists inside each other; the deepest OCPI object needs eight. */
    public static final int MAX_DEPTH = 64;
    /** Characters of one string; the longest of OCPI, signed data, has 5,000, extensions have been seen with more. */
    public static final int MAX_STRING = 100_000;
    private static final int MAX_NAME = 1_000;
    private static final int MAX_NUMBER = 100;

    private static final ObjectMapper MAPPER = mapper();

    private StrictJson() {}

    /**
     * The tree of a body.
     *
     * @throws NotJson      if the text is empty, malformed, too deep, or has a too long string or number
     * @throws DuplicateKey if an object names a field twice
     */
    public static JsonNode parse(String text) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            return parse(parser);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** As {@link #parse(String)}, for the bytes of a body in UTF-8; bytes that are not UTF-8 are {@link NotJson}. */
    public static JsonNode parse(byte[] bytes) {
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            return parse(parser);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private static JsonNode parse(JsonParser parser) throws IOException {
        JsonNode tree = tree(parser);
        if (tree == null || tree.isMissingNode()) {
            throw new NotJson("the body is empty");
        }
        if (parser.nextToken() != null) {
            throw new NotJson("there is text after the document" + at(parser.currentTokenLocation()));
        }
        return tree;
    }

    // Reading into a tree has no type to miss, so the only mismatch Jackson can report is the doubled field.
    private static JsonNode tree(JsonParser parser) throws IOException {
        try {
            return MAPPER.readTree(parser);
        } catch (MismatchedInputException e) {
            throw new DuplicateKey(pathOf(parser.getParsingContext()).toString());
        }
    }

    private static FieldPath pathOf(JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return new FieldPath();
        }
        FieldPath path = pathOf(context.getParent());
        if (context.inArray()) {
            return context.hasCurrentIndex() ? path.index(context.getCurrentIndex()) : path;
        }
        return context.hasCurrentName() ? path.name(context.getCurrentName()) : path;
    }

    private static NotJson refused(IOException e) {
        if (e instanceof StreamConstraintsException) {
            return new NotJson("the body is nested deeper than " + MAX_DEPTH + " levels, or a string in it is longer than "
                    + MAX_STRING + " characters, a name than " + MAX_NAME + " or a number than " + MAX_NUMBER);
        }
        JsonLocation location = e instanceof JacksonException jackson ? jackson.getLocation() : null;
        return new NotJson("the body is not valid JSON" + at(location));
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static ObjectMapper mapper() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH).maxStringLength(MAX_STRING).maxNameLength(MAX_NAME).maxNumberLength(MAX_NUMBER).build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(limits)
                // Interned names of strangers' fields would stay in the JVM's table.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        return JsonMapper.builder(factory)
                .nodeFactory(new BoundedNumbers())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** Refuses {@code 1e999999999}: eleven characters that become a gigabyte once somebody writes the number out. */
    private static final class BoundedNumbers extends JsonNodeFactory {
        @Override
        public ValueNode numberNode(BigDecimal number) {
            if (number != null && Math.abs((long) number.scale()) > MAX_NUMBER) {
                throw new NotJson("a number in the body is out of any range");
            }
            return super.numberNode(number);
        }
    }
}
