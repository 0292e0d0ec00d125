package org.roaminghub.partners.config;

import org.roaminghub.ocpi.PartyId;

/** With whom the parties of a file exchange data, as written on that side. */
public sealed interface Agreement {

    /** With one party of the opposite role. */
    record With(PartyId party) implements Agreement {}

    /** With every party of the opposite role, those of files still to come included. */
    record WithAll() implements Agreement {}
}
