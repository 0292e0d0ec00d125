package org.roaminghub.exchange;

/** A partner that was OFFLINE answers again or called us. Fired by the one replica that noticed, after it was written down. */
public record PartnerBack(String partner) {
}
