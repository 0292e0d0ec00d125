package org.roaminghub.pull;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.delivery.Backoff;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.exchange.PartnerCall;
import org.roaminghub.exchange.PartnerClient;
import org.roaminghub.exchange.Verdict;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.partners.config.Quirks;
import org.roaminghub.platform.HubSettings;
import org.roaminghub.pull.PageIntake.Fault;
import org.roaminghub.pull.PageIntake.Taken;
import org.roaminghub.pull.Pull.Mode;
import org.roaminghub.pull.Pull.State;
import org.roaminghub.pull.PullPlan.Source;

/** Works on one leased pull, page after page, until it ends, has to wait, or somebody else has the lease. */
@ApplicationScoped
class PullRun {
    private static final Logger LOG = Logger.getLogger(PullRun.class);
    /** What a partner dates a little earlier than it shows it, or two clocks disagree about, is fetched again (TRANS-53, A-23). */
    private static final Duration OVERLAP = Duration.ofMinutes(15);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration RATE_WAIT = Duration.ofMillis(400);
    /** Beside the request's own timeout: storing the page. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(30);
    private static final int MOST_ATTEMPTS = 5;
    private static final int MOST_PAGES = 100_000;

    private final PullStore store;
    private final PullPlan plan;
    private final PageIntake intake;
    private final Absences absences;
    private final PartnerClient client;
    private final Jdbi jdbi;
    private final Clock clock;
    private final PullTimes times;
    private final PartyId hub;

    PullRun(PullStore store, PullPlan plan, PageIntake intake, Absences absences, PartnerClient client, Jdbi jdbi, Clock clock, PullTimes times, HubSettings settings) {
        this.store = store;
        this.plan = plan;
        this.intake = intake;
        this.absences = absences;
        this.client = client;
        this.jdbi = jdbi;
        this.clock = clock;
        this.times = times;
        this.hub = PartyId.of(settings.countryCode(), settings.partyId());
    }

    /** Completes when the row was put down again, whatever came of it. */
    CompletionStage<Void> work(Pull pull, String lease, Executor executor) {
        return CompletableFuture.supplyAsync(() -> source(pull, lease), executor)
                .thenCompose(source -> source.map(found -> {
                    Turn turn = new Turn(found, lease, executor);
                    return pull.isRunning() ? turn.resume(pull) : turn.begin(pull);
                }).orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    private Optional<Source> source(Pull pull, String lease) {
        Optional<Source> source = plan.source(pull);
        if (source.isEmpty()) {
            // Its agreement or registration has just ended; the next alignment takes it out.
            store.leave(pull, lease, clock.instant().plus(LONGEST_WAIT));
        }
        return source;
    }

    private final class Turn {
        private final Source source;
        private final String lease;
        private final Executor executor;
        private final Quirks quirks;
        private final Duration leaseLength;

        Turn(Source source, String lease, Executor executor) {
            this.source = source;
            this.lease = lease;
            this.executor = executor;
            this.quirks = source.config().quirks();
            this.leaseLength = source.link().timeout().plus(LEASE_MARGIN);
        }

        CompletionStage<Void> begin(Pull pull) {
            Instant now = clock.instant();
            Optional<Mode> mode = modeAt(pull, now);
            if (mode.isEmpty()) {
                store.leave(pull, lease, times.earlier(pull.deltaAt(), pull.fullAt()));
                return done();
            }
            Optional<Instant> earliest = quirks.time(Quirk.PULL_INTERVAL).filter(interval -> pull.startedAt() != null).map(interval -> pull.startedAt().plus(interval));
            if (earliest.isPresent() && earliest.get().isAfter(now)) {
                store.leave(pull, lease, earliest.get());
                return done();
            }
            Instant from = from(pull, mode.get());
            return store.begin(pull, lease, leaseLength, mode.get(), from, Walk.first(rules(Optional.ofNullable(from)))).map(this::fetch).orElseGet(this::done);
        }

        private Optional<Mode> modeAt(Pull pull, Instant now) {
            boolean full = pull.wanted() == Mode.FULL || (pull.fullAt() != null && !pull.fullAt().isAfter(now));
            boolean delta = pull.wanted() == Mode.DELTA || !pull.deltaAt().isAfter(now);
            if (full || (delta && pull.highWater() == null)) {
                return Optional.of(Mode.FULL);
            }
            return delta ? Optional.of(Mode.DELTA) : Optional.empty();
        }

        /** Sessions are never asked for without a date (SES-06, A-26); everything else is complete without one. */
        private Instant from(Pull pull, Mode mode) {
            if (mode == Mode.DELTA) {
                return pull.highWater().minus(OVERLAP);
            }
            return pull.module() == ModuleId.SESSIONS ? Instant.EPOCH : null;
        }

        CompletionStage<Void> resume(Pull pull) {
            if (!store.keep(pull, lease, leaseLength)) {
                return done();
            }
            if (pull.walk().isAtEnd()) {
                return finish(pull);
            }
            WalkRules rules = rules(pull.from());
            if (!pull.walk().isAt(rules)) {
                // The partner moved meanwhile.
                return fetch(pull.at(Walk.first(rules)));
            }
            // Nobody knows whether a process that went away had used the link.
            return fetch(pull.abandoned() ? pull.at(pull.walk().again(rules)) : pull);
        }

        private WalkRules rules(Optional<Instant> from) {
            return WalkRules.of(source.endpoint(), from, quirks);
        }

        private CompletionStage<Void> fetch(Pull pull) {
            PartnerCall call = new PartnerCall(pull.partner(), pull.module(), "GET", URI.create(pull.walk().url()), source.link().headers(hub, pull.party()), null, null,
                    pull.correlationId(), pull.attempts() + 1, source.link().timeout());
            return client.send(call, source.link().ratePerSecond()).thenComposeAsync(outcome -> answered(pull, outcome), executor);
        }

        private CompletionStage<Void> answered(Pull pull, Outcome outcome) {
            Verdict verdict = Verdict.of(outcome);
            String reason = PartnerClient.reason(outcome);
            return switch (verdict) {
                case ACCEPTED -> page(pull, (Outcome.Answered) outcome);
                case WAIT -> wait(pull, outcome instanceof Outcome.Answered answered ? answered.retryAfter().orElse(FIRST_WAIT) : RATE_WAIT, null);
                case PARTNER_FAILS, OBJECT_REFUSED, NOT_KNOWN -> outcome instanceof Outcome.Answered ? badPage(pull, reason) : failed(pull, reason);
                case PARTNER_DOWN, CREDENTIALS_REFUSED, IN_DOUBT -> tryAgain(pull, reason);
            };
        }

        private CompletionStage<Void> page(Pull pull, Outcome.Answered answer) {
            Optional<List<String>> objects = PageText.objects(answer.body());
            if (objects.isEmpty()) {
                return badPage(pull, "the answer holds no list in data");
            }
            Taken taken = intake.take(pull, source.config(), source.link().translation(), objects.get());
            try {
                Walk next = pull.walk().read(objects.get().size(), PageHeaders.of(answer), rules(pull.from()));
                return save(pull, taken, next);
            } catch (WalkRefused e) {
                return end(pull, State.FAILED, e.getMessage());
            }
        }

        private CompletionStage<Void> save(Pull pull, Taken taken, Walk next) {
            return switch (store.page(pull, lease, leaseLength, taken, next)) {
                case LEASE_LOST -> done();
                case CANCELLED -> end(pull, State.CANCELLED, null);
                case GO_ON -> {
                    Pull further = pull.next(next);
                    if (next.isAtEnd()) {
                        yield finish(further);
                    }
                    yield further.pages() < MOST_PAGES ? fetch(further) : end(further, State.FAILED, "the list has no end after " + MOST_PAGES + " pages");
                }
            };
        }

        private CompletionStage<Void> badPage(Pull pull, String reason) {
            Optional<Walk> smaller = pull.walk().bad(rules(pull.from()));
            if (smaller.isEmpty()) {
                return failed(pull, reason);
            }
            boolean past = smaller.get().skipped() > pull.walk().skipped();
            List<Fault> faults = past ? List.of(new Fault("offset " + pull.walk().offset(), "the partner cannot write this object: " + reason, "")) : List.of();
            return save(pull, new Taken(0, 0, 0, 0, 0, faults, Set.of(), null), smaller.get());
        }

        private CompletionStage<Void> failed(Pull pull, String reason) {
            return pull.attempts() + 1 >= MOST_ATTEMPTS ? end(pull, State.FAILED, reason) : tryAgain(pull, reason);
        }

        private CompletionStage<Void> tryAgain(Pull pull, String reason) {
            return wait(pull, Backoff.after(pull.attempts() + 1, FIRST_WAIT, LONGEST_WAIT, ThreadLocalRandom.current()), reason);
        }

        /** @param error null when waiting was agreed and no failure */
        private CompletionStage<Void> wait(Pull pull, Duration time, String error) {
            Walk walk = error == null ? pull.walk() : pull.walk().again(rules(pull.from()));
            store.pause(pull, lease, walk, clock.instant().plus(time), pull.attempts() + (error == null ? 0 : 1), error);
            return done();
        }

        private CompletionStage<Void> finish(Pull pull) {
            boolean judged = pull.judgesAbsence() && !pull.walk().gaps();
            boolean ours = jdbi.inTransaction(transaction -> {
                boolean ended = store.end(transaction, pull, lease, State.DONE, null, times.nextDelta(quirks), times.nextFull(pull, quirks));
                if (ended && judged) {
                    absences.judge(transaction, pull);
                }
                if (ended) {
                    store.forgetShown(transaction, pull);
                }
                return ended;
            });
            if (ours && judged) {
                absences.act(pull, source.config());
            }
            LOG.infof("Pull of %s (%s) ended after %d pages", pull, pull.mode(), pull.pages());
            return done();
        }

        private CompletionStage<Void> end(Pull pull, State state, String error) {
            jdbi.useTransaction(transaction -> {
                if (store.end(transaction, pull, lease, state, error, times.nextDelta(quirks), times.nextFullAfter(state, pull, quirks))) {
                    store.forgetShown(transaction, pull);
                }
            });
            LOG.warnf("Pull of %s (%s) is %s%s", pull, pull.mode(), state, error == null ? "" : ": " + error);
            return done();
        }

        private CompletionStage<Void> done() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
