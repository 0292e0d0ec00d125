package org.roaminghub.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.roaminghub.delivery.CdrHandover.Cdr;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.exchange.PartnerCall;
import org.roaminghub.exchange.PartnerClient;
import org.roaminghub.exchange.Verdict;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.Partners;

/** Sends CDRs and writes down what became of each; a CDR whose fate is unknown is asked for, never guessed (D4). */
@ApplicationScoped
class CdrSender {
    private static final Logger LOG = Logger.getLogger(CdrSender.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(10);
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration WAIT_FOR_OTHERS = Duration.ofMinutes(10);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);
    private static final long POLL_MS = 500;
    private static final int DOUBTS_AT_ONCE = 50;

    private final CdrHandover handover;
    private final Partners partners;
    private final PartnerClient client;
    private final Feed feed;
    private final ObjectMapper json;
    private final Clock clock;
    private final Semaphore wake = new Semaphore(0);
    private final Map<PartyId, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Map<PartyId, Away> away = new ConcurrentHashMap<>();
    /** Answers arrive on event loops, which must not wait for the database. */
    private final ExecutorService workers = Executors.newFixedThreadPool(2, task -> {
        Thread worker = new Thread(task, "cdr-answers");
        worker.setDaemon(true);
        return worker;
    });
    private volatile boolean running;
    private Thread thread;

    CdrSender(CdrHandover handover, Partners partners, PartnerClient client, Feed feed, ObjectMapper json, Clock clock) {
        this.handover = handover;
        this.partners = partners;
        this.client = client;
        this.feed = feed;
        this.json = json;
        this.clock = clock;
    }

    void start(@Observes @Priority(210) StartupEvent event) {
        running = true;
        feed.onWake(wake::release);
        thread = new Thread(this::work, "cdr-sender");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) throws InterruptedException {
        running = false;
        wake.release();
        thread.join(TimeUnit.SECONDS.toMillis(5));
        // A CDR whose answer is on its way should not be in doubt after a planned restart.
        Instant end = clock.instant().plus(LAST_ANSWERS);
        while (underWay.values().stream().anyMatch(count -> count.get() > 0) && clock.instant().isBefore(end)) {
            wake.tryAcquire(50, TimeUnit.MILLISECONDS);
        }
        workers.shutdown();
        workers.awaitTermination(LAST_ANSWERS.toSeconds(), TimeUnit.SECONDS);
    }

    private void work() {
        while (running) {
            try {
                int abandoned = handover.doubtAbandoned();
                if (abandoned > 0) {
                    LOG.warnf("%d CDRs were being sent when a hub stopped; they are in doubt now", abandoned);
                }
                handover.receiversDue().forEach(this::sendDue);
                handover.inDoubtDue(DOUBTS_AT_ONCE).forEach(this::resolveDoubt);
                if (wake.tryAcquire(POLL_MS, TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("CDRs cannot be handed over at the moment (%s); trying again", e.getMessage());
                pause();
            }
        }
    }

    private void sendDue(PartyId receiver) {
        Optional<PartnerLink> link = partners.linkOf(receiver).filter(found -> found.pushes(ModuleId.CDRS))
                .filter(found -> found.endpoint(ModuleId.CDRS, InterfaceRole.RECEIVER).isPresent());
        if (link.isEmpty()) {
            return;
        }
        AtomicInteger busy = underWay.computeIfAbsent(receiver, key -> new AtomicInteger());
        Away resting = away.get(receiver);
        int free = (resting == null ? link.get().maxInFlight() : 1) - busy.get();
        if (free <= 0 || (resting != null && resting.until().isAfter(clock.instant()))) {
            return;
        }
        // Twice the timeout: a try that found no connection is repeated once, and the lease must outlive both.
        for (Cdr cdr : handover.takeDue(receiver, link.get().timeout().multipliedBy(2).plus(LEASE_MARGIN), free)) {
            busy.incrementAndGet();
            Cdr sending = new Cdr(cdr.owner(), cdr.id(), cdr.receiver(), CdrState.SENDING, cdr.body(), cdr.sha256(), cdr.attempts(), cdr.urlAtPartner());
            if (!sending.isIntact()) {
                busy.decrementAndGet();
                handover.rejected(sending, "fault of the hub: the stored body is not the one that was frozen", null, null);
                continue;
            }
            post(link.get(), sending).whenComplete((outcome, error) -> {
                workers.execute(() -> {
                    try {
                        note(link.get(), sending, error == null ? outcome : new Outcome.Unknown("fault of the hub: " + error));
                    } catch (RuntimeException e) {
                        LOG.warnf("What became of CDR %s/%s could not be written down (%s); it will be in doubt", sending.owner(), sending.id(), e.getMessage());
                    } finally {
                        busy.decrementAndGet();
                        wake.release();
                    }
                });
            });
        }
    }

    private CompletionStage<Outcome> post(PartnerLink link, Cdr cdr) {
        URI uri = URI.create(link.endpoint(ModuleId.CDRS, InterfaceRole.RECEIVER).orElseThrow());
        return client.send(call(link, cdr, "POST", uri, cdr.body()), link.ratePerSecond());
    }

    private PartnerCall call(PartnerLink link, Cdr cdr, String method, URI uri, String body) {
        return new PartnerCall(link.partner(), ModuleId.CDRS, method, uri, link.headers(cdr.owner(), cdr.receiver()), body,
                cdr.owner() + "/" + cdr.id(), UUID.randomUUID().toString(), cdr.attempts(), link.timeout());
    }

    private void note(PartnerLink link, Cdr cdr, Outcome outcome) {
        if (Verdict.of(outcome) != Verdict.PARTNER_DOWN) {
            away.remove(cdr.receiver());
        }
        String reason = PartnerClient.reason(outcome);
        Outcome.Answered answered = outcome instanceof Outcome.Answered complete ? complete : null;
        Integer http = answered == null ? null : answered.httpStatus();
        Integer ocpi = answered == null ? null : answered.ocpiStatus().orElse(null);
        Instant retry = clock.instant().plus(Backoff.after(cdr.attempts(), FIRST_RETRY, LONGEST_RETRY, ThreadLocalRandom.current()));
        switch (Verdict.of(outcome)) {
            case ACCEPTED -> handover.delivered(cdr, answered.location()
                    .flatMap(location -> CdrUrls.absolute(link.endpoint(ModuleId.CDRS, InterfaceRole.RECEIVER).orElseThrow(), location)).orElse(null), "accepted");
            case OBJECT_REFUSED, NOT_KNOWN -> {
                LOG.errorf("CDR %s/%s is rejected by %s: %s", cdr.owner(), cdr.id(), link.partner(), reason);
                handover.rejected(cdr, reason, http, ocpi);
            }
            case IN_DOUBT -> {
                LOG.warnf("CDR %s/%s is in doubt at %s: %s", cdr.owner(), cdr.id(), link.partner(), reason);
                handover.inDoubt(cdr, reason, clock.instant());
            }
            case PARTNER_DOWN -> handover.again(cdr, reason, http, ocpi, clock.instant().plus(rest(cdr.receiver())));
            case PARTNER_FAILS, CREDENTIALS_REFUSED -> handover.again(cdr, reason, http, ocpi, retry);
            case WAIT -> handover.again(cdr, reason, http, ocpi,
                    clock.instant().plus(answered == null ? Duration.ofMillis(200) : answered.retryAfter().orElse(FIRST_RETRY)));
        }
    }

    /** A receiver that is away is tried with one CDR at a time, so that its CDRs do not wait longer each than the receiver is away. */
    private Duration rest(PartyId receiver) {
        Instant now = clock.instant();
        return Duration.between(now, away.compute(receiver, (key, known) -> known != null && known.until().isAfter(now) ? known
                : Away.after(known, now)).until());
    }

    /** A receiver that could not be reached, and when the next try is. */
    private record Away(int failures, Instant until) {
        static Away after(Away known, Instant now) {
            int failures = known == null ? 1 : known.failures() + 1;
            return new Away(failures, now.plus(Backoff.after(failures, FIRST_RETRY, LONGEST_REST, ThreadLocalRandom.current())));
        }
    }

    private void resolveDoubt(Cdr cdr) {
        Optional<PartnerLink> link = partners.linkOf(cdr.receiver());
        if (link.isEmpty()) {
            handover.lookAgain(cdr, clock.instant().plus(LOOK_AGAIN));
            return;
        }
        switch (link.get().cdrInDoubt()) {
            case DEDUPES_BY_ID -> handover.again(cdr, "sent again: the partner recognises the id", null, null, clock.instant());
            case GET -> ask(link.get(), cdr);
            // A person, or the eMSP's own pull, decides, unless the partner's file says otherwise one day.
            case HOLD, WAIT_FOR_PULL -> handover.lookAgain(cdr, clock.instant().plus(WAIT_FOR_OTHERS));
        }
    }

    /** Reads the CDR back by the URL pattern that the partner used for the last CDR it took. */
    private void ask(PartnerLink link, Cdr cdr) {
        Optional<URI> url = handover.lastWithUrl(cdr.receiver(), cdr.owner())
                .flatMap(known -> CdrUrls.like(known.urlAtPartner(), known.id(), cdr.id()));
        handover.lookAgain(cdr, clock.instant().plus(LOOK_AGAIN));
        if (url.isEmpty()) {
            return;
        }
        client.send(call(link, cdr, "GET", url.get(), null), link.ratePerSecond()).thenAccept(outcome -> workers.execute(() -> {
            Verdict verdict = Verdict.of(outcome);
            if (verdict == Verdict.ACCEPTED && isSame(cdr, (Outcome.Answered) outcome)) {
                handover.delivered(cdr, url.get().toString(), "found at the partner");
            }
            if (verdict == Verdict.NOT_KNOWN) {
                handover.again(cdr, "not found at the partner", null, null, clock.instant());
                wake.release();
            }
        }));
    }

    private boolean isSame(Cdr cdr, Outcome.Answered answered) {
        try {
            JsonNode data = json.readTree(answered.body()).path("data");
            return cdr.id().equalsIgnoreCase(data.path("id").asText()) && cdr.owner().partyId().equalsIgnoreCase(data.path("party_id").asText());
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        } catch (InterruptedException e) {
            running = false;
        }
    }
}
