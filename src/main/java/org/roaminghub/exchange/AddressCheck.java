package org.roaminghub.exchange;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.roaminghub.exchange.guard.Checked;
import org.roaminghub.exchange.guard.UrlGuard;
import org.roaminghub.platform.HubSettings;

/** {@link UrlGuard} for connecting: resolves off the event loop and remembers an answer for a short while. */
@ApplicationScoped
public class AddressCheck {
    private static final Duration REMEMBER = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final boolean allowPrivate;
    private final AsyncCache<String, Checked> checked = Caffeine.newBuilder().expireAfterWrite(REMEMBER).maximumSize(10_000).buildAsync();

    AddressCheck(Vertx vertx, HubSettings settings) {
        this.vertx = vertx;
        this.allowPrivate = settings.allowPrivateAddresses();
    }

    CompletionStage<Checked> check(URI uri) {
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        return checked.get(origin, (key, executor) ->
                vertx.<Checked>executeBlocking(() -> checkNow(uri), false).toCompletionStage().toCompletableFuture());
    }

    /** Checks without memory, on the calling thread: for URLs a partner hands us in a handshake. */
    public Checked checkNow(URI uri) {
        return UrlGuard.check(uri, allowPrivate, InetAddress::getAllByName);
    }
}
