package org.roaminghub.modules.hubclientinfo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.roaminghub.exchange.PartnerBack;
import org.roaminghub.exchange.PartnerGone;

/** The events as other rooms see them. */
@ApplicationScoped
class ComingsAndGoings {
    private final List<String> events = new CopyOnWriteArrayList<>();

    void back(@Observes PartnerBack event) {
        events.add("back " + event.partner());
    }

    void gone(@Observes PartnerGone event) {
        events.add("gone " + event.partner());
    }

    List<String> events() {
        return events;
    }
}
