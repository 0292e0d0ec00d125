package org.roaminghub.ocpi;

/** SENDER owns the data and is pulled from; RECEIVER takes pushes (VER-05). */
public enum InterfaceRole {
    SENDER,
    RECEIVER
}
