package org.roaminghub.pricing;

/** Either an amount with its explanation or the reason why there is none; never a guess (S24). */
public sealed interface PricingOutcome permits Priced, NotPriceable {
}
