package org.roaminghub.partners;

import java.util.Set;

/** Files or connections of these partners changed; rooms that keep something about them look again. */
public record PartnersChanged(Set<String> partners) {
}
