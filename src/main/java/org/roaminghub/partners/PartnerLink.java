package org.roaminghub.partners;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.TokenHeader;
import org.roaminghub.ocpi.Translation;
import org.roaminghub.ocpi.versions.OcpiVersion;
import org.roaminghub.partners.config.DeliverySettings;
import org.roaminghub.partners.config.OcpiSettings.TokenEncoding;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.partners.config.Quirks;

/** A registered partner as seen by those who call it: where its endpoints are, how it wants to be called. */
public final class PartnerLink {
    private final PartnerConfig config;
    private final List<Endpoint> endpoints;
    private final String versionsUrl;
    private final String theirToken;
    private final OcpiVersion version;

    PartnerLink(PartnerConfig config, OcpiVersion version, List<Endpoint> endpoints, String versionsUrl, String theirToken) {
        this.config = config;
        this.version = version;
        this.endpoints = List.copyOf(endpoints);
        this.versionsUrl = versionsUrl;
        this.theirToken = theirToken;
    }

    public String partner() {
        return config.partner();
    }

    /** The version in force: that of the last handshake (CRED-08, CRED-17). */
    public OcpiVersion version() {
        return version;
    }

    /** What documents go through on their way to and from this partner; empty when it speaks as the hub does. */
    public Optional<Translation> translation() {
        return version.translation();
    }

    /** URL of a module's interface without a trailing slash, as the partner's version details gave it (VER-08). */
    public Optional<String> endpoint(ModuleId module, InterfaceRole role) {
        return endpoints.stream().filter(endpoint -> endpoint.identifier().equals(module.id()) && endpoint.role() == role)
                .map(endpoint -> endpoint.url().endsWith("/") ? endpoint.url().substring(0, endpoint.url().length() - 1) : endpoint.url())
                .findFirst();
    }

    /** Authorization and routing headers of a functional request (ROUTE-01, ROUTE-04). The map holds a secret: never log it. */
    public Map<String, String> headers(PartyId from, PartyId to) {
        Map<String, String> headers = new LinkedHashMap<>(authorization());
        headers.put("OCPI-from-country-code", from.countryCode());
        headers.put("OCPI-from-party-id", from.partyId());
        PartyId receiver = quirks().value(Quirk.ROUTING_TO).map(PartyId::parse).orElse(to);
        headers.put("OCPI-to-country-code", receiver.countryCode());
        headers.put("OCPI-to-party-id", receiver.partyId());
        return headers;
    }

    /** Where the partner's versions are: what the still-alive check asks for (HCI-12). */
    public String versionsUrl() {
        return versionsUrl;
    }

    /** All headers of a request of a configuration module, which is routed nowhere (ROUTE-02). The map holds a secret: never log it. */
    public Map<String, String> authorization() {
        boolean raw = config.ocpi().map(ocpi -> ocpi.tokenEncoding() == TokenEncoding.RAW).orElse(false);
        return Map.of("Authorization", raw ? TokenHeader.raw(theirToken) : TokenHeader.base64(theirToken));
    }

    public boolean pushes(ModuleId module) {
        return config.delivery().mode(module.id()) == DeliverySettings.Mode.PUSH;
    }

    public int maxInFlight() {
        return config.delivery().maxInFlight();
    }

    public int ratePerSecond() {
        return config.delivery().ratePerSecond();
    }

    public Duration timeout() {
        return config.delivery().timeout();
    }

    /** Whether the partner takes PATCH in this module; otherwise everything is a PUT. */
    public boolean patches(ModuleId module) {
        return config.delivery().patch() && !quirks().list(Quirk.PUT_ONLY).contains(module.id());
    }

    /** Whether the partner takes DELETE in this module. */
    public boolean deletes(ModuleId module) {
        return !quirks().list(Quirk.NO_DELETE).contains(module.id());
    }

    public Quirks quirks() {
        return config.quirks();
    }

    public DeliverySettings.CdrInDoubt cdrInDoubt() {
        return config.delivery().cdrInDoubt();
    }
}
