package org.roaminghub.partners.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How documents reach the partner.
 *
 * @param modes         by OCPI module id, every one of {@link #MODULES}; default push
 * @param agreed        the modules of which the file itself says push; the others are pushed if the partner takes them
 * @param maxInFlight   requests at once, 1 to 1,000; default 8
 * @param timeout       of one request, up to 5 minutes; default 10 s
 * @param ratePerSecond requests started per second, 1 to 10,000; default 50
 * @param patch         false: always PUT; default true
 * @param cdrInDoubt    what settles a CDR of which we do not know whether it arrived (design D4); default hold
 * @param authorizeTimeout how long this CPO waits for the answer to an authorisation before it decides itself, the hub's part
 *                      included; up to 1 minute; default 4 s (TOK-27)
 */
public record DeliverySettings(Map<String, Mode> modes, Set<String> agreed, int maxInFlight, Duration timeout, int ratePerSecond, boolean patch,
                               CdrInDoubt cdrInDoubt, Duration authorizeTimeout) {

    /** The module ids that can be pushed; {@code tokens} go to CPO platforms. */
    public static final List<String> MODULES = List.of("locations", "tariffs", "sessions", "cdrs", "tokens", "hubclientinfo");

    /** Whether we push or the partner fetches (TRANS-06: it may always fetch). */
    public enum Mode { PUSH, PULL_ONLY }

    /** Ask a person, ask the partner by GET, send again because the partner ignores repeated ids, or wait until it pulls. */
    public enum CdrInDoubt { HOLD, GET, DEDUPES_BY_ID, WAIT_FOR_PULL }

    /** The mode of one of {@link #MODULES}. @throws IllegalArgumentException for another module */
    public Mode mode(String module) {
        Mode mode = modes.get(module);
        if (mode == null) {
            throw new IllegalArgumentException("no delivery mode for module " + module);
        }
        return mode;
    }
}
