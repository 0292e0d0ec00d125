package org.roaminghub.partners;

/** This partner's registration has ended: what it had of us is gone with it. */
public record PartnerLeft(String partner) {
}
