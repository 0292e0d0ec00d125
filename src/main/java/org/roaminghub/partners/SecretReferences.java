package org.roaminghub.partners;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.roaminghub.partners.config.Reference;
import org.roaminghub.partners.config.ReferenceLookup;
import org.roaminghub.platform.HubSecrets;
import org.roaminghub.platform.HubSettings;

/** Environment and files; in the demo, variables named {@code DEMO_…} are made up once and kept in the data folder. */
@ApplicationScoped
public class SecretReferences implements ReferenceLookup {
    private static final String DEMO_PREFIX = "DEMO_";

    private final HubSettings settings;
    private final HubSecrets secrets;

    SecretReferences(HubSettings settings, HubSecrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    @Override
    public Optional<String> find(Reference reference) {
        Optional<String> found = ReferenceLookup.system(settings.partnerFolder()).find(reference);
        if (found.isEmpty() && settings.demo() && reference.name().startsWith(DEMO_PREFIX)) {
            return Optional.of(demoSecret(reference.name()));
        }
        return found;
    }

    /** The demo's secret of this name, the same in every start on this data folder. */
    public String demoSecret(String name) {
        return secrets.generatedOnce(name.toLowerCase(java.util.Locale.ROOT) + ".secret", HubSecrets::newToken);
    }
}
