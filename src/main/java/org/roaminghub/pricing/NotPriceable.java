package org.roaminghub.pricing;

/**
 * The session has no price; the CDR waits for a person (S24).
 *
 * @param message names the offending tariff, period or field
 */
public record NotPriceable(Code code, String message) implements PricingOutcome {

    /** Why there is no price. */
    public enum Code {
        /** A tariff that is used has another currency than the session; the hub converts nothing (S3). */
        CURRENCY_MISMATCH,
        /** Tariffs are given, none is valid at session start (S3). */
        NO_ACTIVE_TARIFF,
        /** Nothing was measured (S24). */
        NO_PERIODS,
        /** No tariff is given, which does not mean free of charge (S3). */
        NO_TARIFF,
        /** The tariff depends on power or current, and our own station did not report it (S13); never said of a received CDR. */
        RESTRICTION_INPUT_MISSING,
        /** A 2.3.0 tariff that is used does not say whether its prices include taxes (S18). */
        TAX_INCLUDED_UNKNOWN,
        /** A tariff that is used depends on local time and the zone of the location is not known (S7). */
        TIME_ZONE_MISSING,
        /** A restriction that OCPI does not define; ignoring it would widen the element (S24). */
        UNKNOWN_RESTRICTION,
        /** A period names a tariff that is not given (S3). */
        UNKNOWN_TARIFF_ID,
        /** A restriction whose value cannot be read; guessing it would widen or narrow the element (S24). */
        UNREADABLE_RESTRICTION
    }
}
