package org.roaminghub.modules.commands;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.routing.Callbacks;

/** Tells eMSPs of results that never came: TIMEOUT (CMD-06, CMD-07). */
@ApplicationScoped
class CommandTimeouts {
    private static final Logger LOG = Logger.getLogger(CommandTimeouts.class);

    private final Callbacks callbacks;

    CommandTimeouts(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    @Scheduled(identity = "command-timeouts", every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void timeOut() {
        int ended = callbacks.timeOut(ModuleId.COMMANDS, "{\"result\":\"TIMEOUT\"}");
        if (ended > 0) {
            LOG.warnf("%d commands got no result in time; their eMSPs are told TIMEOUT", ended);
        }
    }
}
