package org.roaminghub;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.roaminghub.delivery.Lanes;
import org.roaminghub.modules.credentials.Handshake;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.OcpiSettings.Registration;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.platform.HubSettings;
import org.roaminghub.simulator.Behaviour;
import org.roaminghub.simulator.CpoBackend;
import org.roaminghub.simulator.EmspPlatform;
import org.roaminghub.simulator.EmspSettings;
import org.roaminghub.simulator.Fleet;
import org.roaminghub.simulator.FleetSettings;

/**
 * The try-it command's company: two eMSP platforms and a CPO backend with twenty charging stations, inside this process but over
 * real HTTP. One eMSP is healthy, the other refuses one Location and is slow, so that the console has something to show.
 */
@ApplicationScoped
class DemoRun {
    private static final Logger LOG = Logger.getLogger(DemoRun.class);
    private static final int STATIONS = 20;
    /** Short sessions in real time: there is always one that just began and one that just ended. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(6);
    private static final Duration PAUSE = Duration.ofSeconds(40);
    private static final List<String> ALPHA_CARDS = List.of("04A1B2C3D4", "04A1B2C3D5", "04A1B2C3D6");
    /** Nobody charges with it by himself: its eMSP is asked each time, for whoever tries the backend API. */
    private static final String ALPHA_ASKED = "04A1B2C3D7";
    private static final List<String> BETA_CARDS = List.of("08B1B2C3D4", "08B1B2C3D5");

    private final HubSettings settings;
    private final Partners partners;
    private final Handshake handshake;
    private final Lanes lanes;
    private final ObjectMapper json;
    private final int port;
    private final List<EmspPlatform> platforms = new ArrayList<>();
    private Fleet fleet;

    DemoRun(HubSettings settings, Partners partners, Handshake handshake, Lanes lanes, ObjectMapper json,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.settings = settings;
        this.partners = partners;
        this.handshake = handshake;
        this.lanes = lanes;
        this.json = json;
        this.port = port;
    }

    void start(@Observes @Priority(100_000) StartupEvent event) {
        if (!settings.demo()) {
            return;
        }
        Thread company = new Thread(this::run, "demo");
        company.setDaemon(true);
        company.start();
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        if (fleet != null) {
            fleet.stop();
        }
        platforms.forEach(EmspPlatform::stop);
    }

    private void run() {
        try {
            EmspPlatform alpha = platform("alpha", "DE", "ALP", "Alpha Mobility", ALPHA_CARDS);
            alpha.pushToken(card("DE", "ALP", "Alpha Mobility", ALPHA_ASKED, "NEVER"));
            EmspPlatform beta = platform("beta", "FR", "BET", "Beta Mobilité", BETA_CARDS);
            beta.behaviours().object("locations", "NL*ACM/LOC-2", Behaviour.ocpi(2001));
            LOG.debugf("Demo platforms at %s and %s", alpha.versionsUrl(), beta.versionsUrl());
            String token = partners.config("acme-backend").flatMap(PartnerConfig::backend).orElseThrow().token().value();
            List<String> cards = new ArrayList<>(ALPHA_CARDS);
            cards.addAll(BETA_CARDS);
            fleet = new Fleet(new CpoBackend("http://127.0.0.1:" + port, token), FleetSettings.of("NL", "ACM", STATIONS, cards)
                    .withAcceleration(1).withCharging(SHORTEST, LONGEST).withPause(PAUSE));
            fleet.start();
            LOG.infof("Demo: two eMSPs and %d charging stations are alive", STATIONS);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The demo's company did not start; the hub itself runs");
        }
    }

    /** Starts a platform where its file says, lets the hub register with it, and gives it cards. */
    private EmspPlatform platform(String partner, String country, String party, String name, List<String> cards) {
        PartnerConfig config = partners.config(partner).orElseThrow(() -> new IllegalStateException("no partner file for " + partner));
        Registration.WeStart registration = Partners.weStart(config).orElseThrow();
        EmspPlatform platform = new EmspPlatform(EmspSettings.of(country, party, name));
        platform.start(URI.create(registration.versionsUrl().toString()).getPort());
        platforms.add(platform);
        handshake.start(config, platform.versionsUrl(), platform.tokenA().orElseThrow(), "POST");
        // It lives in memory only and has forgotten everything since the last start.
        lanes.resync(partner);
        for (String card : cards) {
            platform.pushToken(card(country, party, name, card, "ALLOWED"));
        }
        return platform;
    }

    private ObjectNode card(String country, String party, String issuer, String uid, String whitelist) {
        return json.createObjectNode().put("country_code", country).put("party_id", party).put("uid", uid).put("type", "RFID")
                .put("contract_id", country + "-" + party + "-C" + uid.substring(2)).put("issuer", issuer).put("valid", true).put("whitelist", whitelist)
                .put("last_updated", "2026-01-01T00:00:00Z");
    }
}
