package org.roaminghub.modules.core;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.roaminghub.ocpi.ModuleId;

/**
 * X-Total-Count without counting on every page. A count is good until an object of the module is created or deleted here, and
 * for a second at the most, for what other replicas create. Only counts without a date filter are kept.
 */
@ApplicationScoped
public class PageCounts {
    private static final Duration TRUST = Duration.ofSeconds(1);

    private record Key(ModuleId module, String visible, long generation) {
    }

    private final Map<ModuleId, AtomicLong> generations = new ConcurrentHashMap<>();
    private final Cache<Key, Long> counts = Caffeine.newBuilder().expireAfterWrite(TRUST).maximumSize(10_000).build();

    /** An object of the module appeared or disappeared. */
    public void changed(ModuleId module) {
        generation(module).incrementAndGet();
    }

    long count(ModuleId module, String visible, LongSupplier counting) {
        return counts.get(new Key(module, visible, generation(module).get()), key -> counting.getAsLong());
    }

    private AtomicLong generation(ModuleId module) {
        return generations.computeIfAbsent(module, key -> new AtomicLong());
    }
}
