package org.roaminghub.simulator;

/** One module of the simulated platform: the request has passed the token check, its body is JSON. */
interface OcpiModule {
    OcpiReply answer(OcpiCall call);
}
