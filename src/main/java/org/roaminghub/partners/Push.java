package org.roaminghub.partners;

import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/** By the agreements, {@code partner} wants documents of {@code owner} in {@code module} pushed to its party {@code receiver}. */
public record Push(String partner, ModuleId module, PartyId owner, PartyId receiver) {
}
