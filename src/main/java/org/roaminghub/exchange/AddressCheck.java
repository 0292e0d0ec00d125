package org.roaminghub.exchange;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.roaminghub.exchange.guard.Checked;
import org.roaminghub.exchange.guard.UrlGuard;
import org.roaminghub.platform.HubSettings;

/** {@link UrlGuard} for connecting: resolves off the event loop and remembers an answer for a short while. */
@ApplicationScoped
public class AddressCheck {
    private static final Duration REMEMBER = Duration.ofSeconds(30);
    private static final int LOOK_UPS_AT_ONCE = 4;

    private final boolean allowPrivate;
    private final ExecutorService lookUps = Executors.newFixedThreadPool(LOOK_UPS_AT_ONCE, task -> {
        Thread thread = new Thread(task, "partner-addresses");
        thread.setDaemon(true);
        return thread;
    });
    private final AsyncCache<String, Checked> checked = Caffeine.newBuilder().expireAfterWrite(REMEMBER).maximumSize(10_000).executor(lookUps).buildAsync();

    AddressCheck(HubSettings settings) {
        this.allowPrivate = settings.allowPrivateAddresses();
    }

    @PreDestroy
    void close() {
        lookUps.shutdown();
    }

    CompletionStage<Checked> check(URI uri) {
        return checked.get(uri.getScheme() + "://" + uri.getRawAuthority(), origin -> checkNow(uri));
    }

    /** Checks without memory, on the calling thread: for URLs a partner hands us in a handshake. */
    public Checked checkNow(URI uri) {
        return UrlGuard.check(uri, allowPrivate, InetAddress::getAllByName);
    }
}
