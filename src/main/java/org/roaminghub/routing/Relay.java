package org.roaminghub.routing;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntUnaryOperator;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.exchange.PartnerCall;
import org.roaminghub.exchange.PartnerClient;
import org.roaminghub.exchange.Presence;
import org.roaminghub.exchange.Translator;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.AgreementSet;
import org.roaminghub.partners.config.PartnerConfig;

/**
 * Brings one request of a party to another party and its answer back: two legs, two tokens, a new X-Request-ID, the same
 * X-Correlation-ID, TO and FROM unchanged (ROUTE-05, ROUTE-16, TRANS-50, TRANS-51). Never repeated: the requester waits and
 * decides itself.
 */
@ApplicationScoped
public class Relay {
    private final Partners partners;
    private final PartnerClient client;
    private final Presence presence;

    Relay(Partners partners, PartnerClient client, Presence presence) {
        this.partners = partners;
        this.client = client;
        this.presence = presence;
    }

    /**
     * A request on its way.
     *
     * @param path          raw path below the interface's URL, beginning with a slash, or empty
     * @param query         raw query or null
     * @param body          JSON text or null
     * @param correlationId of the request that came in
     * @param patience      how long the requester can wait; the receiver's own timeout applies when it is shorter
     */
    public record Request(ModuleId module, InterfaceRole role, String method, String path, String query, String body, PartyId from, PartyId to,
            String correlationId, Duration patience) {
    }

    /** How it ended. */
    public sealed interface Answer {

        /** The receiver answered in OCPI: what it says goes back as it is (ROUTE-23). {@code asked} is the URL that was asked. */
        record Received(URI asked, Outcome.Answered answer) implements Answer {
        }

        /**
         * The hub could not get an answer: 4000 to 4003 (ROUTE-24, TRANS-45), or 2001 for a path that leads elsewhere. {@code sent}
         * tells whether the request left. What went wrong on the wire stands in the exchange log: addresses of one partner are
         * nothing for another (D12).
         */
        record Failed(OcpiStatus status, String reason, boolean sent) implements Answer {
        }
    }

    /** Whether the CPO serves this interface, or the eMSP (VER-05). */
    public static boolean servedByCpo(ModuleId module, InterfaceRole role) {
        return switch (module) {
            case LOCATIONS, TARIFFS, SESSIONS, CDRS -> role == InterfaceRole.SENDER;
            case TOKENS, COMMANDS, CHARGINGPROFILES -> role == InterfaceRole.RECEIVER;
            case CREDENTIALS, HUBCLIENTINFO -> throw new IllegalArgumentException(module + " is never routed");
        };
    }

    /** The partner that serves an interface for a party, if the other party may reach it: foreign and absent look alike (D12). */
    public Optional<PartnerConfig> receiver(PartyId from, PartyId to, boolean receiverIsCpo) {
        AgreementSet agreements = partners.agreements();
        boolean agreed = receiverIsCpo ? agreements.contains(to, from) : agreements.contains(from, to);
        return agreed ? partners.of(to, receiverIsCpo) : Optional.empty();
    }

    /**
     * The partner that serves an interface for a party.
     *
     * @throws OcpiException 4001 when there is none the requester has an agreement with
     */
    public PartnerConfig mustReach(PartyId from, PartyId to, ModuleId module, InterfaceRole role) {
        return receiver(from, to, servedByCpo(module, role)).orElseThrow(() -> new OcpiException(OcpiStatus.UNKNOWN_RECEIVER, 200, unknown(from, to)));
    }

    /** Sends a request to the interface that the receiving party's platform named for it (VER-08), and to nothing beside it (D12). */
    public CompletionStage<Answer> send(Request request) {
        if (RelayPaths.leaveTheirInterface(request.path())) {
            return failed(OcpiStatus.INVALID_PARAMETERS, "the path must not have segments that lead upwards");
        }
        Optional<PartnerConfig> receiver = receiver(request.from(), request.to(), servedByCpo(request.module(), request.role()));
        if (receiver.isEmpty()) {
            return failed(OcpiStatus.UNKNOWN_RECEIVER, unknown(request.from(), request.to()));
        }
        Optional<PartnerLink> link = connected(receiver);
        if (link.isEmpty()) {
            return notConnected(request.to());
        }
        Optional<String> endpoint = link.get().endpoint(request.module(), request.role());
        if (endpoint.isEmpty()) {
            return failed(OcpiStatus.HUB_ERROR, request.to() + " has no " + request.module().id() + " interface as " + request.role());
        }
        return call(link.get(), request, endpoint.get() + request.path() + (request.query() == null ? "" : "?" + request.query()),
                servedByCpo(request.module(), request.role()));
    }

    /** Sends a request to a URL that the receiving party gave us itself; {@code path} and {@code query} are not used. */
    public CompletionStage<Answer> sendTo(String url, Request request, boolean receiverIsCpo) {
        Optional<PartnerLink> link = connected(partners.of(request.to(), receiverIsCpo));
        if (link.isEmpty()) {
            return notConnected(request.to());
        }
        return call(link.get(), request, url, receiverIsCpo);
    }

    /** Nobody is asked who is known to be away: the requester would wait for nothing (HCI-08). */
    private Optional<PartnerLink> connected(Optional<PartnerConfig> partner) {
        return partner.filter(config -> !presence.isOffline(config.partner())).flatMap(config -> partners.link(config.partner()));
    }

    private static CompletionStage<Answer> notConnected(PartyId party) {
        return failed(OcpiStatus.RECEIVER_NOT_CONNECTED, party + " is not connected to this hub at the moment");
    }

    private CompletionStage<Answer> call(PartnerLink link, Request request, String url, boolean receiverIsCpo) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            return failed(OcpiStatus.HUB_ERROR, "the URL that " + request.to() + " gave is none");
        }
        Duration timeout = request.patience().compareTo(link.timeout()) < 0 ? request.patience() : link.timeout();
        PartnerCall call = new PartnerCall(link.partner(), request.module(), request.method(), uri, link.headers(request.from(), request.to()), request.body(),
                card(request), request.correlationId(), 1, timeout);
        PartyId emsp = receiverIsCpo ? request.from() : request.to();
        return client.send(call).thenApply(outcome -> answer(uri, inOurVersion(link, request.module(), emsp, outcome), request.to()));
    }

    /** What a request is about, where that is a card: only then the log knows which part of the URL to mask (D11). */
    private static String card(Request request) {
        boolean names = request.module() == ModuleId.TOKENS && request.role() == InterfaceRole.RECEIVER;
        String uid = request.path().substring(request.path().lastIndexOf('/') + 1);
        return names ? request.from() + "/" + uid + "/" + Optional.ofNullable(request.query()).orElse("") : null;
    }

    /** What two parties say to each other about a token is about one of the eMSP of the two. */
    private Outcome inOurVersion(PartnerLink link, ModuleId module, PartyId emsp, Outcome outcome) {
        if (link.translation().isEmpty() || !(outcome instanceof Outcome.Answered answered)) {
            return outcome;
        }
        return answered.withBody(Translator.answer(answered.body(), document -> link.translation().get().inbound(module, document, (uid, type) -> Optional.of(emsp)),
                IntUnaryOperator.identity()).text());
    }

    private static Answer answer(URI asked, Outcome outcome, PartyId to) {
        if (outcome instanceof Outcome.NotSent notSent && notSent.cause() == Outcome.Cause.NOT_IN_VERSION) {
            return new Answer.Failed(OcpiStatus.HUB_ERROR, to + " cannot be told this: " + notSent.reason(), false);
        }
        if (outcome instanceof Outcome.NotSent) {
            return new Answer.Failed(OcpiStatus.RECEIVER_NOT_CONNECTED, to + " cannot be reached at the moment", false);
        }
        if (outcome instanceof Outcome.Unknown) {
            return new Answer.Failed(OcpiStatus.FORWARD_TIMED_OUT, to + " was asked and gave no complete answer in time", true);
        }
        Outcome.Answered answered = (Outcome.Answered) outcome;
        if (answered.httpStatus() == 401 || answered.httpStatus() == 403) {
            // It is our token that is refused there; the requester's own is fine.
            return new Answer.Failed(OcpiStatus.RECEIVER_NOT_CONNECTED, to + " does not accept the hub at the moment", true);
        }
        boolean moved = answered.httpStatus() >= 300 && answered.httpStatus() < 400;
        boolean understood = !moved && (answered.ocpiStatus().isPresent() || answered.httpStatus() == 404
                || (answered.httpStatus() >= 200 && answered.httpStatus() < 300 && answered.body().isBlank()));
        return understood ? new Answer.Received(asked, answered)
                : new Answer.Failed(OcpiStatus.HUB_ERROR, to + " answered HTTP " + answered.httpStatus() + " and no OCPI", true);
    }

    private static String unknown(PartyId from, PartyId to) {
        return "there is no receiver " + to + " that " + from + " has an agreement with";
    }

    private static CompletionStage<Answer> failed(OcpiStatus status, String reason) {
        return CompletableFuture.completedFuture(new Answer.Failed(status, reason, false));
    }
}
