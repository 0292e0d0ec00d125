package org.roaminghub.ocpi.schema;

/**
 * An object names one field twice: readers differ in which value they take, so the hub takes neither. Answered with OCPI 2001
 * and the fault, not with an HTTP error, because the text is JSON (TRANS-34, A-03).
 */
public final class DuplicateKey extends RuntimeException {

    private final transient Fault fault;

    DuplicateKey(String path) {
        super(path + " stands twice", null, false, false);
        this.fault = new Fault(path, "each field once", "the field twice");
    }

    /** The first field that stands twice. */
    public Fault fault() {
        return fault;
    }
}
