package org.roaminghub.alerts;

/**
 * What a rule found in one round.
 *
 * @param key      what it is about, within its type: the same trouble has the same key in every round
 * @param partner  the partner concerned, null when no partner file names one
 * @param object   the object concerned; never a token uid
 * @param reason   what did not happen, with numbers
 * @param nextStep what the operator does now
 */
record Finding(AlertType type, String key, String partner, String object, String reason, String nextStep) {
}
