package org.roaminghub.modules.tariffs;

import jakarta.ws.rs.Path;
import org.roaminghub.modules.core.ModuleDefinition;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.Receiver;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.Role;

/** Tariffs pushed by CPO platforms. */
@Path(OcpiUrls.RECEIVER + "tariffs")
public class TariffsReceiver implements Receiver.Get, Receiver.Put, Receiver.Delete {
    /** Tariffs as a module. */
    public static final ModuleDefinition TARIFFS = ModuleDefinition.broadcast(ModuleId.TARIFFS, "Tariff", Role.CPO);

    private final ReceiverSupport support;

    TariffsReceiver(ReceiverSupport support) {
        this.support = support;
    }

    @Override
    public ModuleDefinition definition() {
        return TARIFFS;
    }

    @Override
    public ReceiverSupport support() {
        return support;
    }
}
