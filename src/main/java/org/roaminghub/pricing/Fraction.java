package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact quotient, because a third of an hour has no exact decimal (S1): nothing is divided before an amount is emitted,
 * so rounding sees the true value and a tie is really a tie.
 *
 * @param denominator always positive
 */
record Fraction(BigDecimal numerator, BigDecimal denominator) implements Comparable<Fraction> {

    static final Fraction ZERO = of(BigDecimal.ZERO);

    /** Decimals of volumes and explanation lines that have no exact decimal. */
    private static final int SHOWN_DECIMALS = 10;

    static Fraction of(BigDecimal value) {
        return new Fraction(value, BigDecimal.ONE);
    }

    static Fraction ratio(BigDecimal numerator, BigDecimal denominator) {
        if (denominator.signum() < 0) {
            return new Fraction(numerator.negate(), denominator.negate());
        }
        if (denominator.signum() == 0) {
            throw new ArithmeticException("denominator is zero");
        }
        return new Fraction(numerator, denominator);
    }

    Fraction plus(Fraction other) {
        if (denominator.compareTo(other.denominator) == 0) {
            return new Fraction(numerator.add(other.numerator), denominator);
        }
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Fraction minus(Fraction other) {
        return plus(other.times(BigDecimal.ONE.negate()));
    }

    Fraction times(BigDecimal factor) {
        return new Fraction(numerator.multiply(factor), denominator);
    }

    Fraction times(Fraction factor) {
        return new Fraction(numerator.multiply(factor.numerator), denominator.multiply(factor.denominator));
    }

    Fraction dividedBy(Fraction divisor) {
        return ratio(numerator.multiply(divisor.denominator), denominator.multiply(divisor.numerator));
    }

    int signum() {
        return numerator.signum();
    }

    BigDecimal rounded(int scale, RoundingMode mode) {
        return numerator.divide(denominator, scale, mode);
    }

    /** For people: exact where 10 decimals are enough, without trailing zeros. */
    BigDecimal shown() {
        return withoutTrailingZeros(rounded(SHOWN_DECIMALS, RoundingMode.HALF_UP));
    }

    static BigDecimal withoutTrailingZeros(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
