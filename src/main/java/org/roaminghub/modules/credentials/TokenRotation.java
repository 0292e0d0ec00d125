package org.roaminghub.modules.credentials;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.partners.PartnerConnection;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.platform.HubSettings;

/** Replaces tokens before they are old (CRED-29). A partner that cannot be told keeps its tokens and is asked again at the next turn. */
@ApplicationScoped
public class TokenRotation {
    private static final Logger LOG = Logger.getLogger(TokenRotation.class);

    private final Partners partners;
    private final Handshake handshake;
    private final HubSettings settings;
    private final Clock clock;

    TokenRotation(Partners partners, Handshake handshake, HubSettings settings, Clock clock) {
        this.partners = partners;
        this.handshake = handshake;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(identity = "token-rotation", every = "1h", delayed = "13m")
    void replaceOld() {
        Duration age = settings.tokenRotation();
        if (!age.isZero()) {
            partners.all().stream().filter(partner -> isOlder(partner, age)).forEach(this::replace);
        }
    }

    private boolean isOlder(PartnerConfig partner, Duration age) {
        return partner.ocpi().isPresent() && partners.connection(partner.partner())
                .filter(connection -> connection.state == PartnerConnection.State.REGISTERED && connection.tokenSince.plus(age).isBefore(clock.instant())).isPresent();
    }

    private void replace(PartnerConfig partner) {
        try {
            handshake.rotate(partner);
            LOG.infof("New tokens with %s: the old ones were %d days old", partner.partner(), settings.tokenRotation().toDays());
        } catch (OcpiException e) {
            LOG.warnf("The tokens with %s are old and could not be replaced: %s", partner.partner(), e.getMessage());
        }
    }
}
