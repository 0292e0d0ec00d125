package org.roaminghub.partners;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.ocpi.TokenHeader;
import org.roaminghub.ocpi.versions.OcpiVersion;
import org.roaminghub.partners.config.AgreementSet;
import org.roaminghub.partners.config.DeliverySettings;
import org.roaminghub.partners.config.OcpiSettings.Registration;
import org.roaminghub.partners.config.OcpiSettings.TokenEncoding;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.platform.HubSecrets;

/** Who the partners are, what they may see of each other, and how a token leads to one of them. */
@ApplicationScoped
public class Partners {
    /** What another replica changes is seen after this time at the latest. */
    private static final Duration REMEMBER = Duration.ofSeconds(5);
    private static final List<ModuleId> FROM_CPO = List.of(ModuleId.TARIFFS, ModuleId.LOCATIONS, ModuleId.SESSIONS);
    /** Of CPOs' data nothing is broadcast to smart charging providers. */
    private static final Role NOT_TOLD = Role.SCSP;

    private final PartnerFiles files;
    private final Acquaintances acquaintances;
    private final HubSecrets secrets;
    private final ObjectMapper json;
    private final Clock clock;
    private final Cache<String, Optional<TokenHolder>> holders = Caffeine.newBuilder().expireAfterWrite(REMEMBER).maximumSize(10_000).build();
    private final Map<String, Optional<PartnerLink>> links = new ConcurrentHashMap<>();
    private final Map<PartyId, Optional<String>> cpoNames = new ConcurrentHashMap<>();

    private record TokenHolder(String partner, boolean registered) {
    }

    Partners(PartnerFiles files, Acquaintances acquaintances, HubSecrets secrets, ObjectMapper json, Clock clock) {
        this.files = files;
        this.acquaintances = acquaintances;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Who calls.
     *
     * @param registered false when the token is the partner's TOKEN_A, which opens versions and credentials only
     */
    public record Authenticated(PartnerConfig config, String token, boolean registered) {

        @Override
        public String toString() {
            return config.partner();
        }
    }

    /** The partner of an Authorization header. Tokens are compared by keyed hash, so the comparison tells nothing about them. */
    public Optional<Authenticated> authenticate(String header) {
        for (TokenHeader.Candidate candidate : TokenHeader.candidates(header)) {
            Optional<Authenticated> found = byToken(candidate);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Authenticated> byToken(TokenHeader.Candidate candidate) {
        String hash = secrets.hash(candidate.token());
        Optional<Authenticated> found = holders.get(hash, this::holder)
                .flatMap(holder -> config(holder.partner()).map(config -> new Authenticated(config, candidate.token(), holder.registered())))
                .or(() -> files.byTokenA(hash).filter(config -> !isUsed(config, hash)).map(config -> new Authenticated(config, candidate.token(), false)));
        return found.filter(who -> !candidate.raw() || takesRaw(who.config()));
    }

    private Optional<TokenHolder> holder(String hash) {
        return QuarkusTransaction.joiningExisting().call(() -> PartnerConnection.byTokenHash(hash, clock.instant()))
                .map(connection -> new TokenHolder(connection.partner,
                        connection.state == PartnerConnection.State.REGISTERED && !hash.equals(connection.offeredTokenHash)));
    }

    private boolean isUsed(PartnerConfig config, String tokenAHash) {
        return connection(config.partner()).map(connection -> tokenAHash.equals(connection.usedTokenAHash)).orElse(false);
    }

    /** Raw tokens are only taken from partners whose file says so (contracts §3). */
    private static boolean takesRaw(PartnerConfig config) {
        return config.ocpi().map(ocpi -> ocpi.tokenEncoding() != TokenEncoding.BASE64).orElse(false);
    }

    /** The partner whose backend token this is. */
    public Optional<PartnerConfig> byBackendToken(String token) {
        return files.byBackendToken(secrets.hash(token));
    }

    public Optional<PartnerConfig> config(String partner) {
        return files.config(partner);
    }

    public List<PartnerConfig> all() {
        return files.all();
    }

    public AgreementSet agreements() {
        return files.agreements();
    }

    /**
     * What has to be pushed to whom: every agreement gives the eMSP's platform three lanes and the CPO's platform one, and each
     * platform that wants ClientInfo one for every party it has to do with.
     */
    public List<Push> pushes() {
        List<Push> pushes = new ArrayList<>();
        for (AgreementSet.Pair pair : agreements().pairs()) {
            platformOf(pair.emsp(), false).filter(config -> hearsBroadcasts(config, pair.emsp()))
                    .ifPresent(config -> FROM_CPO.stream().filter(module -> pushed(config, module))
                            .forEach(module -> pushes.add(new Push(config.partner(), module, pair.cpo(), pair.emsp()))));
            platformOf(pair.cpo(), true).filter(config -> pushed(config, ModuleId.TOKENS))
                    .ifPresent(config -> pushes.add(new Push(config.partner(), ModuleId.TOKENS, pair.emsp(), pair.cpo())));
        }
        all().stream().filter(config -> config.ocpi().isPresent() && pushed(config, ModuleId.HUBCLIENTINFO)).filter(this::takesClientInfo)
                .forEach(config -> acquaintances.of(config)
                        .forEach(party -> pushes.add(new Push(config.partner(), ModuleId.HUBCLIENTINFO, party, config.parties().get(0).id()))));
        return pushes;
    }

    /** CPOs' data go to everyone on the other side who does something with it (ROUTE-12, A-75). */
    private static boolean hearsBroadcasts(PartnerConfig config, PartyId party) {
        return config.parties().stream().anyMatch(own -> own.id().equals(party) && own.role() != Role.CPO && own.role() != NOT_TOLD);
    }

    /** The receiver of HubClientInfo is optional: a platform without it is missing nothing and has no lane (HCI-01). */
    private boolean takesClientInfo(PartnerConfig config) {
        return link(config.partner()).flatMap(link -> link.endpoint(ModuleId.HUBCLIENTINFO, InterfaceRole.RECEIVER)).isPresent();
    }

    private static boolean pushed(PartnerConfig config, ModuleId module) {
        return config.delivery().mode(module.id()) == DeliverySettings.Mode.PUSH;
    }

    /** The partner that speaks for a party of this side, platform or backend. */
    public Optional<PartnerConfig> of(PartyId party, boolean cpoSide) {
        return files.byParty(party, cpoSide);
    }

    /** The OCPI platform that speaks for a party; a backend without OCPI is none. */
    private Optional<PartnerConfig> platformOf(PartyId party, boolean cpoSide) {
        return files.byParty(party, cpoSide).filter(config -> config.ocpi().isPresent());
    }

    /** The registered connection of a partner. */
    public Optional<PartnerLink> link(String partner) {
        return links.computeIfAbsent(partner, this::readLink);
    }

    /** The registered platform that speaks for an eMSP party. */
    public Optional<PartnerLink> linkOf(PartyId emsp) {
        return platformOf(emsp, false).flatMap(config -> link(config.partner()));
    }

    private Optional<PartnerLink> readLink(String partner) {
        return config(partner).filter(config -> config.ocpi().isPresent()).flatMap(config -> connection(partner)
                .filter(connection -> connection.state == PartnerConnection.State.REGISTERED)
                .map(connection -> new PartnerLink(config, version(connection), endpoints(connection), connection.versionsUrl, secrets.decrypt(connection.theirToken))));
    }

    private static OcpiVersion version(PartnerConnection connection) {
        return OcpiVersion.of(connection.version)
                .orElseThrow(() -> new IllegalStateException("the stored connection of " + connection.partner + " is of OCPI " + connection.version + ", which is not served"));
    }

    private List<Endpoint> endpoints(PartnerConnection connection) {
        try {
            return json.readValue(connection.endpoints, new TypeReference<>() { });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored endpoints of " + connection.partner + " are not readable", e);
        }
    }

    /** How far the registration of every partner is that ever had to do with one, read in one go. */
    public Map<String, PartnerConnection.State> connectionStates() {
        return QuarkusTransaction.joiningExisting().call(() -> PartnerConnection.<PartnerConnection>listAll().stream()
                .collect(Collectors.toMap(connection -> connection.partner, connection -> connection.state)));
    }

    public Optional<PartnerConnection> connection(String partner) {
        return QuarkusTransaction.joiningExisting().call(() -> PartnerConnection.of(partner));
    }

    /** How a CPO calls itself in its credentials, or else its file: the operator of Locations that name none (LOC-30, A-40). */
    public Optional<String> cpoName(PartyId cpo) {
        return cpoNames.computeIfAbsent(cpo, this::readCpoName);
    }

    private Optional<String> readCpoName(PartyId cpo) {
        return files.byParty(cpo, true).map(config -> nameInCredentials(config, cpo).orElseGet(() -> config.parties().stream()
                .filter(party -> party.role() == Role.CPO && party.id().equals(cpo)).findFirst().orElseThrow().name()));
    }

    private Optional<String> nameInCredentials(PartnerConfig config, PartyId cpo) {
        String roles = connection(config.partner()).map(connection -> connection.roles).orElse("[]");
        try {
            for (JsonNode role : json.readTree(roles)) {
                boolean same = cpo.toString().equalsIgnoreCase(role.path("country_code").asText() + "*" + role.path("party_id").asText());
                if (same && role.path("role").asText().equals(Role.CPO.name())) {
                    return Optional.ofNullable(role.at("/business_details/name").textValue());
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored roles of " + config.partner() + " are not readable", e);
        }
    }

    /** Whether the hub starts the registration with this partner. */
    public static Optional<Registration.WeStart> weStart(PartnerConfig config) {
        return config.ocpi().map(ocpi -> ocpi.registration()).filter(Registration.WeStart.class::isInstance).map(Registration.WeStart.class::cast);
    }

    void forget(@Observes @Priority(10) PartnersChanged event) {
        holders.invalidateAll();
        links.clear();
        cpoNames.clear();
    }
}
