package org.roaminghub.alerts;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.roaminghub.platform.HubSettings;
import org.roaminghub.platform.HubSignature;

/**
 * Posts openings and clearings to the operator's own URL, signed. One that is not taken (2xx) is tried again for a day, less and
 * less often, across restarts; after a crash in between it may come twice.
 */
@ApplicationScoped
class Webhook {
    private static final Logger LOG = Logger.getLogger(Webhook.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration USEFUL = Duration.ofDays(1);

    private final Notices notices;
    private final Optional<URI> url;
    private final Optional<String> secret;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "alert-webhook");
        thread.setDaemon(true);
        return thread;
    });

    Webhook(Notices notices, HubSettings settings, Clock clock) {
        this.notices = notices;
        this.url = settings.alertsWebhookUrl();
        this.secret = settings.alertsWebhookSecret();
        this.clock = clock;
    }

    void start(@Observes @Priority(400) StartupEvent event) {
        if (url.isPresent() && secret.isEmpty()) {
            throw new IllegalStateException("HUB_ALERTS_WEBHOOK_URL is set without HUB_ALERTS_WEBHOOK_SECRET: posts must be signed");
        }
        url.ifPresent(target -> loop.scheduleWithFixedDelay(() -> tellAll(target), 1, 1, TimeUnit.SECONDS));
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        loop.shutdownNow();
    }

    private void tellAll(URI target) {
        try {
            Optional<Notices.Notice> due = notices.takeDue(LEASE);
            while (due.isPresent() && tell(target, due.get())) {
                due = notices.takeDue(LEASE);
            }
        } catch (RuntimeException e) {
            LOG.warnf("Alerts cannot be told at the moment (%s); trying again", e.getMessage());
        }
    }

    /** @return whether it was taken; if not, others had better wait a moment, too */
    private boolean tell(URI target, Notices.Notice notice) {
        String failure = post(target, notice.body());
        if (failure == null) {
            notices.told(notice);
            return true;
        }
        Instant now = clock.instant();
        if (now.isAfter(notice.createdAt().plus(USEFUL))) {
            LOG.errorf("The webhook was not told of an alert within a day (%s): %s", failure, notice.body());
            notices.givenUp(notice, failure);
            return false;
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(notice.attempts() - 1, 10));
        notices.again(notice, failure, now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait));
        LOG.warnf("The webhook did not take a notice, attempt %d: %s", notice.attempts(), failure);
        return false;
    }

    /** @return why it was not taken, or null. The URL may hold a secret, so it is in no message */
    private String post(URI target, String body) {
        HttpRequest request = HttpRequest.newBuilder(target).timeout(PATIENCE).header("Content-Type", "application/json")
                .header(HubSignature.HEADER, HubSignature.of(secret.orElseThrow(), body)).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 300 ? null : "HTTP " + status;
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the hub stops";
        }
    }
}
