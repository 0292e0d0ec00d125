package org.roaminghub.modules.chargingprofiles;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.routing.Callbacks;

/** Ends requests whose result did not come in time. No result says so in this module: the requester has the same timeout (CP-16). */
@ApplicationScoped
class ProfileTimeouts {
    private static final Logger LOG = Logger.getLogger(ProfileTimeouts.class);

    private final Callbacks callbacks;

    ProfileTimeouts(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    @Scheduled(identity = "profile-timeouts", every = "1s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void end() {
        int ended = callbacks.timeOut(ModuleId.CHARGINGPROFILES, null);
        if (ended > 0) {
            LOG.warnf("%d results of charging profile requests did not come in time", ended);
        }
    }
}
