package org.roaminghub.ocpi;

/** What a party does on the network; the names are the wire values of the Role enum of OCPI 2.2.1. */
public enum Role {
    /** Charge point operator. */
    CPO,
    /** E-mobility service provider. */
    EMSP,
    /** Roaming hub. */
    HUB,
    /** National access point. */
    NAP,
    /** Navigation service provider. */
    NSP,
    /** Any other role. */
    OTHER,
    /** Smart charging service provider. */
    SCSP
}
