package org.roaminghub.ocpi.schema;

/** Builds paths such as {@code evses[0].connectors[1].max_voltage}. */
final class FieldPath {

    private final StringBuilder text = new StringBuilder();

    FieldPath name(String name) {
        if (text.length() > 0) {
            text.append('.');
        }
        // Names of unknown fields are the sender's; they are kept as short as other foreign text.
        text.append(Found.shortened(name, Found.MAX_CHARACTERS));
        return this;
    }

    FieldPath index(int index) {
        text.append('[').append(index).append(']');
        return this;
    }

    @Override
    public String toString() {
        return text.length() == 0 ? Fault.DOCUMENT : text.toString();
    }
}
