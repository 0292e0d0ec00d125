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
        /** A tariff that is used restricts an element; such tariffs are not priced here. */
        RESTRICTIONS_UNSUPPORTED,
        /** A restriction that OCPI does not define; ignoring it would widen the element (S24). */
        UNKNOWN_RESTRICTION,
        /** A period names a tariff that is not given (S3). */
        UNKNOWN_TARIFF_ID
    }
}
