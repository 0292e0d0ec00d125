package org.roaminghub.pricing;

import java.util.Optional;

/** The versions and dialects of OCPI whose pricing rules are known here, by what they can express (S29, S30). */
public enum PricingVersion {

    /** Prices without VAT: including-VAT amounts are unknown. One tariff per session, no price limits. */
    V2_1_1,

    /** 2.1.1 as GIREVE extends it: rounding per component, SESSION_TIME. */
    V2_1_1_GIREVE,

    /** VAT per component, a tariff per period, min and max price. */
    V2_2_1,

    /** As 2.2.1; a tariff says whether its prices include taxes, and taxes are listed by rate. */
    V2_3_0;

    /** The version of an OCPI version number; 2.2 prices like 2.2.1. Empty when its pricing rules are not known here. */
    public static Optional<PricingVersion> of(String ocpiVersion) {
        return switch (ocpiVersion) {
            case "2.1.1" -> Optional.of(V2_1_1);
            case "2.2", "2.2.1" -> Optional.of(V2_2_1);
            case "2.3.0" -> Optional.of(V2_3_0);
            default -> Optional.empty();
        };
    }

    /**
     * The version of an OCPI version number in a partner's dialect. Empty when its pricing rules are not known here.
     *
     * @param dialect {@code GIREVE_211}, or null for plain OCPI
     */
    public static Optional<PricingVersion> of(String ocpiVersion, String dialect) {
        if (dialect == null) {
            return of(ocpiVersion);
        }
        boolean gireve = dialect.equals("GIREVE_211") && ocpiVersion.equals("2.1.1");
        return gireve ? Optional.of(V2_1_1_GIREVE) : Optional.empty();
    }

    boolean isGireve() {
        return this == V2_1_1_GIREVE;
    }

    /** Whether components carry VAT and an including-VAT amount exists (S17). */
    boolean isVatKnown() {
        return hasPeriodTariffsAndLimits();
    }

    boolean hasPeriodTariffsAndLimits() {
        return this == V2_2_1 || this == V2_3_0;
    }
}
