package org.roaminghub.pricing;

import java.math.BigDecimal;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/** How a price and the rate beside it make amounts without and with taxes (S17, S18). */
enum TaxRule {

    /** 2.1.1: the price is without VAT and nobody knows the rate. */
    UNKNOWN,

    /** 2.2.1, and 2.3.0 with {@code tax_included} NO: the rate is added; no rate means no tax. */
    ADDED,

    /** 2.3.0 with {@code tax_included} YES: the price is gross; no rate means that it cannot be split. */
    INCLUDED,

    /** 2.3.0 with {@code tax_included} N/A: no taxes, a rate is ignored. */
    NONE;

    private static final BigDecimal LEAST_RATE = BigDecimal.valueOf(-100);

    /** @throws NotPriceableException TAX_INCLUDED_UNKNOWN, when a 2.3.0 tariff does not say whether its prices are gross */
    static TaxRule of(Tariff tariff, PricingVersion version) {
        return switch (version) {
            case V2_1_1, V2_1_1_GIREVE -> UNKNOWN;
            case V2_2_1 -> ADDED;
            case V2_3_0 -> ofTaxIncluded(tariff);
        };
    }

    private static TaxRule ofTaxIncluded(Tariff tariff) {
        String text = String.valueOf(tariff.taxIncluded());
        return switch (text) {
            case "NO" -> ADDED;
            case "YES" -> INCLUDED;
            case "N/A" -> NONE;
            default -> throw new NotPriceableException(
                    NotPriceable.Code.TAX_INCLUDED_UNKNOWN, "tariff " + tariff.id() + ": tax_included is " + text);
        };
    }

    /** The rate that applies, in percent; null when there is none or it is not known. */
    BigDecimal rate(BigDecimal vat) {
        return this == ADDED || this == INCLUDED ? vat : null;
    }

    /**
     * @param price of the tariff times what is billed
     * @throws NotPriceableException TAX_INCLUDED_UNKNOWN, when a gross price has a rate that no price can contain
     */
    Amount amount(Fraction price, BigDecimal rate) {
        if (this == INCLUDED && rate != null && rate.compareTo(LEAST_RATE) <= 0) {
            throw new NotPriceableException(NotPriceable.Code.TAX_INCLUDED_UNKNOWN, "a price cannot include " + rate + " % of taxes");
        }
        BigDecimal factor = rate == null ? BigDecimal.ONE : BigDecimal.ONE.add(rate.movePointLeft(2));
        return switch (this) {
            case UNKNOWN -> new Amount(price, null);
            case ADDED, NONE -> new Amount(price, price.times(factor));
            case INCLUDED -> new Amount(price.dividedBy(Fraction.of(factor)), price);
        };
    }
}
