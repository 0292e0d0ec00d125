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
import org.roaminghub.exchange.Outcome;
import org.roaminghub.exchange.PartnerCall;
import org.roaminghub.exchange.PartnerClient;
import org.roaminghub.exchange.Verdict;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.HubParty;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.Partners;

/**
 * Turns a feed entry into OCPI requests: PATCH where the receiver has the base, PUT where not, DELETE for what is gone; a
 * PATCH that meets an unknown object is repeated as PUT, and a child of an unknown parent as its parent (TRANS-23, A-05).
 */
@ApplicationScoped
class LaneSender {
    private final Partners partners;
    private final PartnerClient client;
    private final Instance<DocumentSource> documents;
    private final HubParty hub;

    LaneSender(Partners partners, PartnerClient client, Instance<DocumentSource> documents, HubParty hub) {
        this.partners = partners;
        this.client = client;
        this.documents = documents;
        this.hub = hub;
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

        /** Not the partner but our own agreement with it kept the request back. */
        boolean rateLimited() {
            return notTried == Outcome.Cause.RATE_LIMITED;
        }

        /** Another request has just found the partner away; this one was not tried. */
        boolean breakerOpen() {
            return notTried == Outcome.Cause.BREAKER_OPEN;
        }

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
        if (item.outgoing() != null) {
            return send(lane, item, item.outgoing(), attempt, executor);
        }
        FeedEntry entry = item.entry();
        return CompletableFuture.supplyAsync(() -> read(entry.module(), entry.owner(), entry.object()), executor)
                .thenCompose(outgoing -> outgoing.isEmpty() ? CompletableFuture.completedFuture(Result.NOTHING_TO_SEND)
                        : send(lane, item, outgoing.get(), attempt, executor));
    }

    private CompletionStage<Result> send(LaneKey lane, LaneQueue.Item item, Outgoing outgoing, int attempt, Executor executor) {
        Optional<PartnerLink> link = partners.link(lane.partner());
        if (link.isEmpty()) {
            return CompletableFuture.completedFuture(new Result(Verdict.CREDENTIALS_REFUSED, "not registered", null, null, Optional.empty(), null));
        }
        Attempt request = new Attempt(lane, item.entry().object(), link.get(), outgoing, UUID.randomUUID().toString(), attempt, executor);
        boolean patch = item.baseConfirmed() && link.get().patch() && outgoing.patch().isPresent();
        return patch ? request.patch() : request.put();
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
                    result.verdict() == Verdict.NOT_KNOWN ? put() : CompletableFuture.completedFuture(result));
        }

        CompletionStage<Result> put() {
            if (outgoing.put().isEmpty()) {
                return call("DELETE", null).thenApply(result -> result.verdict() == Verdict.NOT_KNOWN ? accepted(result) : result);
            }
            return call("PUT", outgoing.put().get()).thenCompose(result ->
                    result.verdict() == Verdict.NOT_KNOWN && outgoing.parent().isPresent() ? putParent(result) : CompletableFuture.completedFuture(result));
        }

        private CompletionStage<Result> putParent(Result unknownParent) {
            Optional<Outgoing> parent = read(lane.module(), lane.owner(), outgoing.parent().orElseThrow());
            return parent.isEmpty() ? CompletableFuture.completedFuture(unknownParent)
                    : new Attempt(lane, outgoing.parent().orElseThrow(), link, parent.get(), correlationId, number, executor).put();
        }

        private Result accepted(Result absent) {
            return new Result(Verdict.ACCEPTED, absent.reason(), absent.httpStatus(), absent.ocpiStatus(), Optional.empty(), null);
        }

        private CompletionStage<Result> call(String method, String body) {
            String path = lane.owner().countryCode() + "/" + lane.owner().partyId() + "/"
                    + outgoing.path().stream().map(LaneSender::escape).collect(Collectors.joining("/"));
            String query = outgoing.query().isEmpty() ? "" : "?" + outgoing.query();
            URI uri = URI.create(link.endpoint(lane.module(), InterfaceRole.RECEIVER).orElseThrow() + "/" + path + query);
            Map<String, String> headers = link.headers(fromParty(), lane.receiver());
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
