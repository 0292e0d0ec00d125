package org.roaminghub.pricing;

import java.util.Optional;

/** The OCPI versions whose pricing rules are known here, by what they can express (S29). */
public enum PricingVersion {

    /** Prices without VAT: including-VAT amounts are unknown. One tariff per session, no price limits. */
    V2_1_1(false),

    /** VAT per component, a tariff per period, min and max price. */
    V2_2_1(true);

    private final boolean vatKnown;

    PricingVersion(boolean vatKnown) {
        this.vatKnown = vatKnown;
    }

    /** The version of an OCPI version number; 2.2 prices like 2.2.1. Empty when its pricing rules are not known here. */
    public static Optional<PricingVersion> of(String ocpiVersion) {
        return switch (ocpiVersion) {
            case "2.1.1" -> Optional.of(V2_1_1);
            case "2.2", "2.2.1" -> Optional.of(V2_2_1);
            default -> Optional.empty();
        };
    }

    boolean isVatKnown() {
        return vatKnown;
    }
}
