package org.roaminghub.ocpi.schema;

/**
 * One thing that is wrong with a document, safe to send back to the partner and to store.
 *
 * @param path     where, with dots and indexes: {@code evses[0].connectors[1].max_voltage}; {@code $} is the document itself
 * @param expected what OCPI asks for, in words
 * @param found    what stands there: at most 60 characters, control characters escaped, values of token and uid masked
 */
public record Fault(String path, String expected, String found) {

    /** Path of a fault of the document as such. */
    public static final String DOCUMENT = "$";
    static final String ONE_OF = "one of ";

    /** The last entry of a list that was cut: how many more there were. */
    static Fault more(int count) {
        return new Fault("… and " + count + " more", "", "");
    }

    /** Whether a closed list of values does not hold this one; A-15 wants such faults relayed and counted rather than refused. */
    public boolean isUnknownEnumValue() {
        return expected.startsWith(ONE_OF) && found.startsWith("\"");
    }

    /** One line for a status message or a log. */
    @Override
    public String toString() {
        if (expected.isEmpty()) {
            return path;
        }
        return path + ": expected " + expected + ", found " + found;
    }
}
