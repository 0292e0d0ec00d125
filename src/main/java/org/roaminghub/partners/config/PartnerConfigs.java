package org.roaminghub.partners.config;

import java.util.List;

/** What came of reading the folder: all of it or nothing (design §5), so that a typing error never drops a partner. */
public sealed interface PartnerConfigs {

    /** Every partner of every file, in the order of file names and documents. */
    record Loaded(List<PartnerConfig> partners) implements PartnerConfigs {}

    /** Every fault of every file; keep the configuration in force. */
    record Refused(List<ConfigFault> faults) implements PartnerConfigs {}
}
