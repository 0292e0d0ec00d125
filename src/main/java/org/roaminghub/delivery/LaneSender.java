package org.roaminghub.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.exchange.PartnerCall;
import org.roaminghub.exchange.PartnerClient;
import org.roaminghub.exchange.Presence;
import org.roaminghub.exchange.Verdict;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.HubParty;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.QuirkCounts;
import org.roaminghub.partners.config.Quirk;

/**
 * Turns a feed entry into OCPI requests: PATCH where the receiver has the base, PUT where not, DELETE for what is gone; a
 * PATCH that meets an unknown object, or a partner without PATCH, is repeated as PUT, and a child of an unknown parent as its
 * parent (TRANS-23, A-05).
 */
@ApplicationScoped
class LaneSender {
    private final Partners partners;
    private final PartnerClient client;
    private final Presence presence;
    private final Instance<DocumentSource> documents;
    private final HubParty hub;
    private final QuirkCounts quirks;

    LaneSender(Partners partners, PartnerClient client, Presence presence, Instance<DocumentSource> documents, HubParty hub, QuirkCounts quirks) {
        this.partners = partners;
        this.client = client;
        this.presence = presence;
        this.documents = documents;
        this.hub = hub;
        this.quirks = quirks;
    }

    /** How an entry ended. */
    record Result(Verdict verdict, String reason, Integer httpStatus, Integer ocpiStatus, Optional<Duration> retryAfter, Outcome.Cause notTried) {

        static Result of(Outcome outcome) {
            Outcome.Answered answered = outcome instanceof Outcome.Answered complete ? complete : null;
            Outcome.Cause cause = outcome instanceof Outcome.NotSent notSent ? notSent.cause() : null;
            return new Result(Verdict.of(outcome), PartnerClient.reason(outcome), answered == null ? null : answered.httpStatus(),
                    answered == null ? null : answered.ocpiStatus().orElse(null),
                    answered == null ? Optional.empty() : answered.retryAfter(), cause);
        }

        static Result hubFault(Throwable error) {
            return new Result(Verdict.OBJECT_REFUSED, "fault of the hub: " + error, null, null, Optional.empty(), null);
        }

        /** The partner has no such method. */
        boolean methodUnknown() {
            return httpStatus != null && (httpStatus == 405 || httpStatus == 501);
        }

        /** Not the partner but our own agreement with it kept the request back. */
        boolean rateLimited() {
            return notTried == Outcome.Cause.RATE_LIMITED;
        }

        /** The partner is known to be away; this request was not tried. */
        boolean knownAway() {
            return notTried == Outcome.Cause.BREAKER_OPEN || notTried == Outcome.Cause.OFFLINE;
        }

        static final Result WITHHELD = new Result(Verdict.ACCEPTED, "the partner's file keeps this back", null, null, Optional.empty(), null);
        static final Result NOTHING_TO_SEND = new Result(Verdict.ACCEPTED, "the object never existed", null, null, Optional.empty(), null);
    }

    boolean canReach(LaneKey lane) {
        return partners.link(lane.partner()).flatMap(link -> link.endpoint(lane.module(), InterfaceRole.RECEIVER)).isPresent();
    }

    int maxInFlight(LaneKey lane) {
        return partners.link(lane.partner()).map(PartnerLink::maxInFlight).orElse(1);
    }

    /** Completes on {@code executor}: neither the caller's locks nor an event loop wait for the database. */
    CompletionStage<Result> send(LaneKey lane, LaneQueue.Item item, int attempt, Executor executor) {
        if (presence.isOffline(lane.partner())) {
            // Not even the document is read for a partner that is away.
            return CompletableFuture.completedFuture(Result.of(Outcome.NotSent.OFFLINE));
        }
        Optional<PartnerLink> link = partners.link(lane.partner());
        if (link.isEmpty()) {
            return CompletableFuture.completedFuture(new Result(Verdict.CREDENTIALS_REFUSED, "not registered", null, null, Optional.empty(), null));
        }
        if (item.outgoing() != null && !link.get().quirks().has(Quirk.Kind.DOCUMENTS_OUT)) {
            return send(lane, link.get(), item, item.outgoing(), attempt, executor);
        }
        FeedEntry entry = item.entry();
        return CompletableFuture.supplyAsync(() -> item.outgoing() != null ? Optional.of(item.outgoing()) : read(entry.module(), entry.owner(), entry.object()), executor)
                .thenComposeAsync(outgoing -> outgoing.isEmpty() ? CompletableFuture.completedFuture(Result.NOTHING_TO_SEND)
                        : documents.get().adapted(link.get(), lane.module(), lane.owner(), outgoing.get())
                                .map(adapted -> send(lane, link.get(), item, adapted, attempt, executor))
                                .orElse(CompletableFuture.completedFuture(Result.WITHHELD)), executor);
    }

    private CompletionStage<Result> send(LaneKey lane, PartnerLink link, LaneQueue.Item item, Outgoing outgoing, int attempt, Executor executor) {
        Attempt request = new Attempt(lane, item.entry().object(), link, outgoing, UUID.randomUUID().toString(), attempt, executor);
        boolean patch = item.baseConfirmed() && outgoing.patch().isPresent();
        if (patch && !link.patches(lane.module())) {
            counted(link, Quirk.PUT_ONLY);
        }
        return patch && link.patches(lane.module()) ? request.patch() : request.put();
    }

    private void counted(PartnerLink link, Quirk quirk) {
        if (link.quirks().has(quirk)) {
            quirks.applied(link.partner(), quirk);
        }
    }

    private Optional<Outgoing> read(ModuleId module, PartyId owner, String object) {
        DocumentSource.ObjectKey key = new DocumentSource.ObjectKey(owner, object);
        return Optional.ofNullable(documents.get().read(module, List.of(key)).get(key));
    }

    private final class Attempt {
        private final LaneKey lane;
        private final String object;
        private final PartnerLink link;
        private final Outgoing outgoing;
        private final String correlationId;
        private final int number;
        private final Executor executor;

        Attempt(LaneKey lane, String object, PartnerLink link, Outgoing outgoing, String correlationId, int number, Executor executor) {
            this.lane = lane;
            this.object = object;
            this.link = link;
            this.outgoing = outgoing;
            this.correlationId = correlationId;
            this.number = number;
            this.executor = executor;
        }

        CompletionStage<Result> patch() {
            return call("PATCH", outgoing.patch().orElseThrow()).thenCompose(result ->
                    result.verdict() == Verdict.NOT_KNOWN || result.methodUnknown() ? put() : CompletableFuture.completedFuture(result));
        }

        CompletionStage<Result> put() {
            if (outgoing.put().isEmpty() && !link.deletes(lane.module())) {
                counted(link, Quirk.NO_DELETE);
                return CompletableFuture.completedFuture(Result.WITHHELD);
            }
            if (outgoing.put().isEmpty()) {
                return call("DELETE", null).thenApply(result -> result.verdict() == Verdict.NOT_KNOWN ? accepted(result) : result);
            }
            return call("PUT", outgoing.put().get()).thenCompose(result ->
                    result.verdict() == Verdict.NOT_KNOWN && outgoing.parent().isPresent() ? putParent(result) : CompletableFuture.completedFuture(result));
        }

        private CompletionStage<Result> putParent(Result unknownParent) {
            Optional<Outgoing> parent = read(lane.module(), lane.owner(), outgoing.parent().orElseThrow());
            parent = parent.flatMap(found -> documents.get().adapted(link, lane.module(), lane.owner(), found));
            return parent.isEmpty() ? CompletableFuture.completedFuture(unknownParent)
                    : new Attempt(lane, outgoing.parent().orElseThrow(), link, parent.get(), correlationId, number, executor).put();
        }

        private Result accepted(Result absent) {
            return new Result(Verdict.ACCEPTED, absent.reason(), absent.httpStatus(), absent.ocpiStatus(), Optional.empty(), null);
        }

        private CompletionStage<Result> call(String method, String body) {
            String path = Stream.concat(Stream.of(lane.owner().countryCode(), lane.owner().partyId()), outgoing.path().stream().map(LaneSender::escape))
                    .collect(Collectors.joining("/"));
            String query = outgoing.query().isEmpty() ? "" : "?" + outgoing.query();
            URI uri = URI.create(link.endpoint(lane.module(), InterfaceRole.RECEIVER).orElseThrow() + "/" + path + query);
            Map<String, String> headers = lane.module().isConfiguration() ? link.authorization() : link.headers(fromParty(), lane.receiver());
            PartnerCall call = new PartnerCall(lane.partner(), lane.module(), method, uri, headers, body, lane.owner() + "/" + object, correlationId, number, link.timeout());
            return client.send(call, link.ratePerSecond()).thenApplyAsync(Result::of, executor);
        }

        /** Broadcast data comes from the hub, a Session from its owner (ROUTE-09, ROUTE-13). */
        private PartyId fromParty() {
            return lane.module() == ModuleId.SESSIONS ? lane.owner()
                    : hub.id();
        }
    }

    /** Percent-encodes a path segment. */
    static String escape(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
