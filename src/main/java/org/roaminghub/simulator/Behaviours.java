package org.roaminghub.simulator;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The switchboard of a platform's behaviour. The most specific setting wins alone: object, then module, then everywhere; so
 * {@code object(…, ok())} exempts one object from a general failure. Takes effect with the next request.
 *
 * <p>Modules are the OCPI module ids in lower case, and {@code versions} and {@code details} (of a version). Objects are named as in the hub's lanes,
 * {@code NL*ACM/LOC1/EVSE1}; a setting for {@code NL*ACM/LOC1} holds for everything below it.
 */
public final class Behaviours {

    private volatile Behaviour general = Behaviour.ok();
    private final Map<String, Behaviour> byModule = new ConcurrentHashMap<>();
    private final Map<String, Behaviour> byObject = new ConcurrentHashMap<>();

    Behaviours() {}

    /** For every request that no module or object setting covers. */
    public void everywhere(Behaviour behaviour) {
        general = behaviour;
    }

    /** For one module, for instance {@code cdrs}. */
    public void module(String module, Behaviour behaviour) {
        byModule.put(module, behaviour);
    }

    /** For one object and what is below it, for instance {@code ("locations", "NL*ACM/LOC1")}; ids in any case. */
    public void object(String module, String object, Behaviour behaviour) {
        byObject.put(key(module, object), behaviour);
    }

    /** Back to answering as the protocol says, everywhere. */
    public void reset() {
        general = Behaviour.ok();
        byModule.clear();
        byObject.clear();
    }

    Behaviour of(String module, String object) {
        String candidate = object;
        while (!byObject.isEmpty() && !candidate.isEmpty()) {
            Behaviour specific = byObject.get(key(module, candidate));
            if (specific != null) {
                return specific;
            }
            candidate = candidate.substring(0, Math.max(0, candidate.lastIndexOf('/')));
        }
        return byModule.getOrDefault(module, general);
    }

    private static String key(String module, String object) {
        return module + " " + object.toUpperCase(Locale.ROOT);
    }
}
