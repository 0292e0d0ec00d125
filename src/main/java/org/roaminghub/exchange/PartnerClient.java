package org.roaminghub.exchange;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.roaminghub.exchange.ExchangeRow.Direction;
import org.roaminghub.exchange.guard.Checked;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.partners.PartnersChanged;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.partners.config.Quirks;

/**
 * The one way out to a partner: checks the address, respects rate and breaker, translates, sends, logs, measures. Every call ends in an
 * {@link Outcome}; it never throws. Retries are not its business, except one when no connection was there in the first place.
 */
@ApplicationScoped
public class PartnerClient {
    private static final int MESSAGE_CAP = 500;
    private static final int BREAKER_VOLUME = 4;
    private static final Duration BREAKER_OPEN = Duration.ofSeconds(2);
    private static final Duration RECONNECT_DELAY = Duration.ofMillis(200);

    private final HttpTransport transport;
    private final AddressCheck addresses;
    private final Translator translator;
    private final ExchangeLog log;
    private final Presence presence;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final AnswerReading answers;
    private final Map<String, TypedGuard<CompletionStage<Outcome>>> breakers = new ConcurrentHashMap<>();
    private final Map<String, AgreedRate> rates = new ConcurrentHashMap<>();

    PartnerClient(HttpTransport transport, AddressCheck addresses, Translator translator, ExchangeLog log, Presence presence, Clock clock, MeterRegistry metrics,
            AnswerReading answers) {
        this.transport = transport;
        this.addresses = addresses;
        this.translator = translator;
        this.log = log;
        this.presence = presence;
        this.clock = clock;
        this.metrics = metrics;
        this.answers = answers;
    }

    /** Sends a call that follows the partner's agreed rate; completes with its outcome. To a partner that is OFFLINE nothing is sent (HCI-08). */
    public CompletionStage<Outcome> send(PartnerCall call, int ratePerSecond) {
        if (presence.isOffline(call.partner())) {
            return CompletableFuture.completedFuture(Outcome.NotSent.OFFLINE);
        }
        AgreedRate rate = rates.computeIfAbsent(call.partner() + "@" + ratePerSecond, key -> new AgreedRate(ratePerSecond, System::nanoTime));
        if (rate.tryStart()) {
            return send(call);
        }
        return CompletableFuture.completedFuture(
                new Outcome.NotSent("the agreed " + ratePerSecond + " requests per second are used up", Outcome.Cause.RATE_LIMITED));
    }

    /** Sends a call outside the agreed rate: handshakes, which must not wait behind deliveries, and the still-alive check. */
    public CompletionStage<Outcome> send(PartnerCall inOurVersion) {
        Translator.Leaving leaving = translator.outbound(inOurVersion);
        PartnerCall call = leaving.call();
        String requestId = UUID.randomUUID().toString();
        Instant at = clock.instant();
        long started = System.nanoTime();
        TypedGuard<CompletionStage<Outcome>> breaker = breakers.computeIfAbsent(call.partner() + "/" + call.module().id(), key -> breakerGuard());
        AtomicReference<Outcome> failed = new AtomicReference<>();
        CompletionStage<Outcome> guarded;
        try {
            guarded = leaving.withheld().isPresent() ? CompletableFuture.completedFuture(new Outcome.NotSent(leaving.withheld().get(), Outcome.Cause.NOT_IN_VERSION))
                    : breaker.get(() -> attempt(call, requestId, failed));
        } catch (RuntimeException e) {
            guarded = CompletableFuture.failedFuture(e);
        }
        return guarded.exceptionally(error -> outcomeOf(error, failed.get())).thenApply(outcome -> {
            note(call.partner(), SignOfLife.of(outcome));
            record(call, requestId, at, Duration.ofNanos(System.nanoTime() - started), outcome);
            return outcome;
        });
    }

    /** What failed at the old address or with the old token says nothing about the new ones. */
    void forget(@Observes PartnersChanged event) {
        breakers.keySet().removeIf(key -> event.partners().contains(key.substring(0, key.indexOf('/'))));
    }

    private void note(String partner, SignOfLife sign) {
        switch (sign) {
            case ALIVE -> presence.heard(partner);
            case NONE -> presence.failed(partner);
            case UNDECIDED -> { }
        }
    }

    /** @param failed where a try leaves its outcome when it did not reach the partner */
    private CompletionStage<Outcome> attempt(PartnerCall call, String requestId, AtomicReference<Outcome> failed) {
        Quirks quirks = answers.quirks(call.partner());
        PartnerCall written = quirks.has(Quirk.TRAILING_SLASH) ? Slashes.ended(call) : call;
        return sent(written, requestId).thenCompose(outcome -> {
            // With its body, to the same server, once: the one redirect that means nothing but a spelling (A-13).
            Optional<PartnerCall> spelled = Slashes.redirected(written, outcome);
            return spelled.isEmpty() ? CompletableFuture.completedFuture(outcome) : sent(spelled.get(), requestId);
        }).thenApply(outcome -> answers.read(call.partner(), quirks, outcome)).thenApply(outcome -> {
            Verdict verdict = Verdict.of(outcome);
            if (verdict == Verdict.PARTNER_DOWN || verdict == Verdict.IN_DOUBT) {
                failed.set(outcome);
                throw new Unreachable(outcome);
            }
            return outcome;
        });
    }

    private CompletionStage<Outcome> sent(PartnerCall call, String requestId) {
        return addresses.check(call.uri()).thenCompose(checked -> {
            if (checked instanceof Checked.Refused refused) {
                return CompletableFuture.completedFuture(new Outcome.NotSent(refused.detail(), Outcome.Cause.REFUSED_URL));
            }
            return transport.send(call, requestId, ((Checked.Allowed) checked).address());
        });
    }

    private void record(PartnerCall call, String requestId, Instant at, Duration duration, Outcome outcome) {
        Verdict verdict = verdict(call, outcome);
        Timer.builder("hub.partner.requests").tags("partner", call.partner(), "module", call.module().id(), "verdict", verdict.name().toLowerCase(java.util.Locale.ROOT))
                .register(metrics).record(duration);
        boolean breakerOpen = outcome instanceof Outcome.NotSent notSent && notSent.cause() == Outcome.Cause.BREAKER_OPEN;
        if (breakerOpen) {
            return;
        }
        Outcome.Answered answered = outcome instanceof Outcome.Answered complete ? complete : null;
        // A page of a list is no evidence of one object, and large: what came of it stands in the documents.
        boolean list = call.method().equals("GET") && call.object() == null;
        boolean single = !list && (call.module() == ModuleId.CDRS || call.module() == ModuleId.TOKENS);
        boolean keepBodies = verdict != Verdict.ACCEPTED || single || call.module() == ModuleId.CREDENTIALS || call.module() == ModuleId.COMMANDS;
        log.add(new ExchangeRow(at, Direction.OUT, call.partner(), call.module().id(), call.method(), path(call), Masking.object(call.module(), call.object()),
                requestId, call.correlationId(), answered == null ? null : answered.httpStatus(),
                answered == null ? null : answered.ocpiStatus().orElse(null), (int) duration.toMillis(), call.attempt(),
                verdict == Verdict.ACCEPTED ? null : verdict + ": " + reason(outcome),
                keepBodies ? Masking.body(call.module(), call.body()) : null,
                keepBodies && answered != null ? Masking.body(call.module(), answered.body()) : null));
    }

    private static Verdict verdict(PartnerCall call, Outcome outcome) {
        boolean taken = call.answer() == PartnerCall.Answer.PLAIN && outcome instanceof Outcome.Answered answered && answered.httpStatus() >= 200 && answered.httpStatus() < 300;
        return taken ? Verdict.ACCEPTED : Verdict.of(outcome);
    }

    /** A partner's endpoints may have any path, so of a pushed token the last segment is masked, whatever stands before it. */
    private static String path(PartnerCall call) {
        boolean pushedToken = call.module() == ModuleId.TOKENS && call.object() != null;
        return pushedToken ? Masking.lastSegment(call.uri().toString()) : Masking.path(call.uri().toString());
    }

    /** The reason for people, from whatever the outcome says about itself. */
    public static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.NotSent notSent) {
            return notSent.reason();
        }
        if (outcome instanceof Outcome.Unknown unknown) {
            return unknown.reason();
        }
        Outcome.Answered answered = (Outcome.Answered) outcome;
        String message = answered.message().isEmpty() ? "" : ", \"" + printable(answered.message()) + "\"";
        return "HTTP " + answered.httpStatus() + answered.ocpiStatus().map(code -> ", OCPI " + code).orElse(", no OCPI envelope") + message;
    }

    /** What a partner writes goes into rows and logs: no control characters (PostgreSQL refuses NUL) and no novels. */
    private static String printable(String message) {
        String text = message.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
        return text.length() <= MESSAGE_CAP ? text : text.substring(0, MESSAGE_CAP) + "…";
    }

    private static Outcome outcomeOf(Throwable error, Outcome failed) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof Unreachable unreachable) {
            return unreachable.outcome;
        }
        if (cause instanceof CircuitBreakerOpenException) {
            // The first try may have opened the breaker under its repetition: then the partner was tried, and that counts.
            return failed != null ? failed : new Outcome.NotSent("the partner failed repeatedly, the next try is in a moment", Outcome.Cause.BREAKER_OPEN);
        }
        return new Outcome.Unknown("fault of the hub: " + cause);
    }

    private static TypedGuard<CompletionStage<Outcome>> breakerGuard() {
        return TypedGuard.create(new TypeLiteral<CompletionStage<Outcome>>() { })
                .withCircuitBreaker().requestVolumeThreshold(BREAKER_VOLUME).failureRatio(0.75)
                .delay(BREAKER_OPEN.toMillis(), ChronoUnit.MILLIS).failOn(Unreachable.class).done()
                .withRetry().maxRetries(1).delay(RECONNECT_DELAY.toMillis(), ChronoUnit.MILLIS).jitter(50, ChronoUnit.MILLIS)
                .whenException(PartnerClient::neverConnected).done()
                .build();
    }

    private static boolean neverConnected(Throwable error) {
        return error instanceof Unreachable unreachable && unreachable.outcome instanceof Outcome.NotSent;
    }

    /** Carries an outcome past the breaker as the failure that it is for it. */
    private static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Outcome outcome;

        Unreachable(Outcome outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }
    }
}
