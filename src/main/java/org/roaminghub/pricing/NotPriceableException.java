package org.roaminghub.pricing;

/** Carries the reason from the step that finds it to {@link CdrPricer}, which turns it into an outcome. */
final class NotPriceableException extends RuntimeException {

    private final NotPriceable.Code code;

    NotPriceableException(NotPriceable.Code code, String message) {
        super(message);
        this.code = code;
    }

    NotPriceable outcome() {
        return new NotPriceable(code, getMessage());
    }
}
