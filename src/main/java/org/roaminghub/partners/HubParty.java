package org.roaminghub.partners;

import jakarta.enterprise.context.ApplicationScoped;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.platform.HubSettings;

/** The hub's own party, role HUB: it stands in routing headers and credentials and owns nothing. */
@ApplicationScoped
public class HubParty {
    private final HubSettings settings;

    HubParty(HubSettings settings) {
        this.settings = settings;
    }

    public PartyId id() {
        return PartyId.of(settings.countryCode(), settings.partyId());
    }

    public boolean is(PartyId party) {
        return id().equals(party);
    }
}
