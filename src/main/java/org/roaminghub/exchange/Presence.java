package org.roaminghub.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.roaminghub.ocpi.ConnectionStatus;
import org.roaminghub.partners.PartnerConnection;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;

/** Who is there, from memory: what was heard of each partner in this process, and what the {@link AliveCheck} made of it. */
@ApplicationScoped
public class Presence {
    private final Partners partners;
    private final Clock clock;
    private final Map<String, Signs> signs = new ConcurrentHashMap<>();
    private final Set<String> offline = ConcurrentHashMap.newKeySet();

    /** What was heard of a partner last; null when nothing yet. */
    record Signs(Instant heard, int failures) {
        static final Signs NOTHING = new Signs(null, 0);
    }

    Presence(Partners partners, Clock clock) {
        this.partners = partners;
        this.clock = clock;
    }

    /** Whether requests may be sent to this partner: it is registered and alive, or a backend, for which the hub speaks (HCI-07). */
    public boolean isConnected(String partner) {
        return !isOffline(partner) && partners.config(partner).map(config -> config.ocpi().isEmpty() || partners.link(partner).isPresent()).orElse(false);
    }

    /** Whether this registered partner does not answer: nothing is sent to it until it is back (HCI-08). */
    public boolean isOffline(String partner) {
        return offline.contains(partner);
    }

    /** What others are told about the parties of this partner; {@code registration} is null when there never was one. */
    public ConnectionStatus status(PartnerConfig partner, PartnerConnection.State registration) {
        return AliveRules.status(partner.ocpi().isPresent(), registration, !isOffline(partner.partner()));
    }

    /** The partner called us, or answered. */
    public void heard(String partner) {
        signs.put(partner, new Signs(clock.instant(), 0));
        // For this process at once; the check tells the others.
        offline.remove(partner);
    }

    void failed(String partner) {
        signs.merge(partner, new Signs(null, 1), (known, one) -> new Signs(known.heard(), known.failures() + 1));
    }

    Signs signs(String partner) {
        return signs.getOrDefault(partner, Signs.NOTHING);
    }

    /** Partners heard in this process, with the last time. */
    Map<String, Instant> lastHeard() {
        return signs.entrySet().stream().filter(entry -> entry.getValue().heard() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().heard()));
    }

    /** What the database says now. Whoever was heard since it went away is back for this process already. */
    void learn(Map<String, PresenceStore.Row> rows) {
        rows.values().forEach(row -> {
            boolean heardSince = Optional.ofNullable(signs(row.partner()).heard()).map(heard -> heard.isAfter(row.since())).orElse(false);
            if (row.reachable() || heardSince) {
                offline.remove(row.partner());
            } else {
                offline.add(row.partner());
            }
        });
    }

    void gone(String partner) {
        offline.add(partner);
    }
}
