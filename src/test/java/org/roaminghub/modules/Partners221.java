package org.roaminghub.modules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.partners.Connections;
import org.roaminghub.partners.Connections.Agreed;
import org.roaminghub.partners.PartnersChanged;

/**
 * The partners of the tests as registered platforms, without going through a handshake: alpha and beta and stranger are eMSPs, tcp
 * is a CPO platform that has an agreement with alpha alone, lenient one whose faults are tolerated. They have no endpoints, so nothing is pushed to them.
 */
@ApplicationScoped
public class Partners221 {
    private final Connections connections;
    private final Jdbi jdbi;
    private final Event<PartnersChanged> changed;

    Partners221(Connections connections, Jdbi jdbi, Event<PartnersChanged> changed) {
        this.connections = connections;
        this.jdbi = jdbi;
        this.changed = changed;
    }

    /** All of them, registered. */
    public void connect() {
        List.of("alpha", "beta", "stranger", "tcp", "lenient").forEach(partner -> connections.registered(
                new Agreed(partner, liveToken(partner), "theirs", "https://" + partner + ".example/versions", "2.2.1", List.of(), JsonNodeFactory.instance.arrayNode()), null));
    }

    /** A partner whose platform is this one, with these of its interfaces. */
    public void connect(String partner, FakePlatform platform, String... interfaces) {
        connections.registered(new Agreed(partner, liveToken(partner), "their-token-for-" + partner, platform.url("/versions"), "2.2.1", platform.endpoints(interfaces),
                JsonNodeFactory.instance.arrayNode()), null);
    }

    /** As if the partner had never registered: its TOKEN_A is fresh again. */
    public void forget(String partner) {
        jdbi.useHandle(handle -> handle.execute("delete from partner_connection where partner = ?", partner));
        changed.fire(new PartnersChanged(Set.of(partner)));
    }

    public static Platform alpha() {
        return Platform.withToken(liveToken("alpha"));
    }

    /** Its file says raw tokens. */
    public static Platform beta() {
        return Platform.withAuthorization("Token " + liveToken("beta"));
    }

    public static Platform stranger() {
        return Platform.withToken(liveToken("stranger"));
    }

    public static Platform tcp() {
        return Platform.withToken(liveToken("tcp"));
    }

    public static Platform lenient() {
        return Platform.withToken(liveToken("lenient"));
    }

    public static String liveToken(String partner) {
        return "live-token-of-" + partner;
    }
}
