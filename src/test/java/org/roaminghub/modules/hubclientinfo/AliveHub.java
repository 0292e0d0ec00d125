package org.roaminghub.modules.hubclientinfo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaminghub.HubWithPartners;

/** A hub that asks after two silent seconds, with partners of many kinds. */
public class AliveHub extends HubWithPartners {
    private static final String PARTNERS = """
            partner: alpha
            parties: [ { role: EMSP, country_code: DE, party_id: ALP } ]
            ocpi: { registration: { token_a: "${file:../secrets/alpha}" } }
            agreements: [ { with: NL*ACM }, { with: NL*TCP }, { with: NL*TWO } ]
            ---
            partner: quiet
            parties: [ { role: EMSP, country_code: FR, party_id: QUI } ]
            ocpi: { registration: { token_a: "${file:../secrets/quiet}" } }
            agreements: [ { with: NL*TCP } ]
            delivery: { timeout: 1s }
            ---
            partner: deaf
            parties: [ { role: EMSP, country_code: FR, party_id: DEA } ]
            ocpi: { registration: { token_a: "${file:../secrets/deaf}" } }
            agreements: [ { with: NL*TCP } ]
            delivery: { timeout: 1s }
            ---
            partner: leaving
            parties: [ { role: EMSP, country_code: FR, party_id: LEA } ]
            ocpi: { registration: { token_a: "${file:../secrets/leaving}" } }
            agreements: [ { with: NL*TCP } ]
            ---
            partner: later
            parties: [ { role: EMSP, country_code: AT, party_id: LAT } ]
            ocpi: { registration: { token_a: "${file:../secrets/later}" } }
            agreements: [ { with: NL*TCP } ]
            ---
            partner: looker
            parties: [ { role: EMSP, country_code: AT, party_id: LOO } ]
            ocpi: { registration: { token_a: "${file:../secrets/looker}" } }
            agreements: [ { with: NL*TCP } ]
            ---
            partner: bare
            parties: [ { role: EMSP, country_code: AT, party_id: BAR } ]
            ocpi: { registration: { token_a: "${file:../secrets/bare}" } }
            agreements: [ { with: NL*TCP } ]
            ---
            partner: puller
            parties: [ { role: EMSP, country_code: AT, party_id: PUL } ]
            ocpi: { registration: { token_a: "${file:../secrets/puller}" } }
            agreements: [ { with: NL*TCP } ]
            delivery: { mode: { hubclientinfo: pull-only } }
            ---
            partner: navigator
            parties: [ { role: NSP, country_code: BE, party_id: NAV } ]
            ocpi: { registration: { token_a: "${file:../secrets/navigator}" } }
            agreements: [ { with: NL*TCP } ]
            ---
            partner: shifter
            parties: [ { role: SCSP, country_code: BE, party_id: SCS } ]
            ocpi: { registration: { token_a: "${file:../secrets/shifter}" } }
            agreements: [ { with: NL*TCP } ]
            ---
            partner: stranger
            parties: [ { role: EMSP, country_code: BE, party_id: STR } ]
            ocpi: { registration: { token_a: "${file:../secrets/stranger}" } }
            ---
            partner: tcp
            parties: [ { role: CPO, country_code: NL, party_id: TCP } ]
            ocpi: { registration: { token_a: "${file:../secrets/tcp}" } }
            ---
            partner: two
            parties: [ { role: CPO, country_code: NL, party_id: TWO }, { role: EMSP, country_code: NL, party_id: TWO } ]
            ocpi: { registration: { token_a: "${file:../secrets/two}" } }
            ---
            partner: acme-backend
            parties: [ { role: CPO, country_code: NL, party_id: ACM } ]
            backend: { token: "${file:../secrets/acme}" }
            """;

    public AliveHub() {
        super("hub-alive", PARTNERS, List.of("alpha", "quiet", "deaf", "leaving", "later", "looker", "bare", "puller", "navigator", "shifter", "stranger", "tcp", "two", "acme", "gone"));
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("hub.alive.silence", "PT2S");
        return settings;
    }
}
