package org.roaminghub.simulator;

/** Which interface of an OCPI module an endpoint serves (requirement VER-05). */
public enum InterfaceRole {
    /** The data owner's interface: others pull from it. */
    SENDER,
    /** The interface that takes pushes. */
    RECEIVER
}
