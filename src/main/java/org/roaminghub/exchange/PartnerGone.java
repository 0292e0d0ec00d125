package org.roaminghub.exchange;

/** A registered partner does not answer any more: it is OFFLINE. Fired by the one replica that noticed, after it was written down. */
public record PartnerGone(String partner) {
}
