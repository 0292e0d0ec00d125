package org.roaminghub.partners;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.partners.config.AgreementSet;
import org.roaminghub.partners.config.ConfigFault;
import org.roaminghub.partners.config.OcpiSettings.Registration;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.partners.config.PartnerConfigReader;
import org.roaminghub.partners.config.PartnerConfigs;
import org.roaminghub.platform.HubSecrets;
import org.roaminghub.platform.HubSettings;

/**
 * The partner files in force. A folder with a fault is refused whole: at the first start the hub does not start, later the
 * running files stay (design §5).
 */
@ApplicationScoped
public class PartnerFiles {
    private static final Logger LOG = Logger.getLogger(PartnerFiles.class);

    private final HubSettings settings;
    private final HubSecrets secrets;
    private final SecretReferences references;
    private final Event<PartnersChanged> changed;
    private volatile Snapshot snapshot = Snapshot.EMPTY;
    private volatile List<ConfigFault> refused = List.of();

    PartnerFiles(HubSettings settings, HubSecrets secrets, SecretReferences references, Event<PartnersChanged> changed) {
        this.settings = settings;
        this.secrets = secrets;
        this.references = references;
        this.changed = changed;
    }

    /** Answer of a reload: what changed, or why nothing did. */
    public record Reload(List<String> added, List<String> changed, List<String> removed, List<ConfigFault> faults) {
    }

    private record PartyKey(PartyId party, boolean cpoSide) {
    }

    private record Snapshot(Map<String, PartnerConfig> byName, Map<PartyKey, PartnerConfig> byParty, Map<String, PartnerConfig> byTokenA,
            Map<String, PartnerConfig> byBackendToken, AgreementSet agreements) {
        static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), Map.of(), Map.of(), AgreementSet.of(List.of()));
    }

    void atStart(@Observes @Priority(50) StartupEvent event) {
        Path folder = settings.partnerFolder();
        if (!Files.isDirectory(folder)) {
            LOG.warnf("No partners: the folder %s does not exist (HUB_PARTNER_CONFIGS)", folder);
            return;
        }
        Reload reload = reload();
        if (!reload.faults().isEmpty()) {
            throw new IllegalStateException("The partner files are refused:\n  "
                    + reload.faults().stream().map(ConfigFault::toString).collect(Collectors.joining("\n  ")));
        }
        LOG.infof("Partners: %s", all().isEmpty() ? "none" : String.join(", ", snapshot.byName().keySet().stream().sorted().toList()));
    }

    @Scheduled(identity = "partner-files", every = "10s", delayed = "10s")
    void pickUpChanges() {
        if (Files.isDirectory(settings.partnerFolder())) {
            reload();
        }
    }

    /** Reads the folder again; with a fault anywhere nothing changes. */
    public synchronized Reload reload() {
        PartnerConfigs read = PartnerConfigReader.read(settings.partnerFolder(), references);
        if (read instanceof PartnerConfigs.Refused refusal) {
            if (!refusal.faults().equals(refused)) {
                LOG.errorf("The partner files are refused, the running ones stay: %s", refusal.faults());
                refused = refusal.faults();
            }
            return new Reload(List.of(), List.of(), List.of(), refusal.faults());
        }
        refused = List.of();
        Snapshot before = snapshot;
        Snapshot after = index(((PartnerConfigs.Loaded) read).partners());
        snapshot = after;
        List<String> added = after.byName().keySet().stream().filter(name -> !before.byName().containsKey(name)).sorted().toList();
        List<String> removed = before.byName().keySet().stream().filter(name -> !after.byName().containsKey(name)).sorted().toList();
        List<String> different = after.byName().entrySet().stream().filter(entry -> before.byName().containsKey(entry.getKey()))
                .filter(entry -> !Objects.equals(entry.getValue(), before.byName().get(entry.getKey()))).map(Map.Entry::getKey).sorted().toList();
        Set<String> touched = new HashSet<>(added);
        touched.addAll(removed);
        touched.addAll(different);
        if (!touched.isEmpty()) {
            changed.fire(new PartnersChanged(touched));
        }
        return new Reload(added, different, removed, List.of());
    }

    private Snapshot index(List<PartnerConfig> configs) {
        Map<String, PartnerConfig> byName = new HashMap<>();
        Map<PartyKey, PartnerConfig> byParty = new HashMap<>();
        Map<String, PartnerConfig> byTokenA = new HashMap<>();
        Map<String, PartnerConfig> byBackendToken = new HashMap<>();
        for (PartnerConfig config : configs) {
            byName.put(config.partner(), config);
            config.parties().forEach(party -> byParty.put(new PartyKey(party.id(), party.role() == Role.CPO), config));
            config.ocpi().ifPresent(ocpi -> {
                if (ocpi.registration() instanceof Registration.TheyStart theyStart) {
                    byTokenA.put(secrets.hash(theyStart.tokenA().value()), config);
                }
            });
            config.backend().ifPresent(backend -> byBackendToken.put(secrets.hash(backend.token().value()), config));
        }
        return new Snapshot(byName, byParty, byTokenA, byBackendToken, AgreementSet.of(configs));
    }

    Optional<PartnerConfig> config(String partner) {
        return Optional.ofNullable(snapshot.byName().get(partner));
    }

    Optional<PartnerConfig> byParty(PartyId party, boolean cpoSide) {
        return Optional.ofNullable(snapshot.byParty().get(new PartyKey(party, cpoSide)));
    }

    Optional<PartnerConfig> byTokenA(String hash) {
        return Optional.ofNullable(snapshot.byTokenA().get(hash));
    }

    Optional<PartnerConfig> byBackendToken(String hash) {
        return Optional.ofNullable(snapshot.byBackendToken().get(hash));
    }

    List<PartnerConfig> all() {
        return snapshot.byName().values().stream().sorted(java.util.Comparator.comparing(PartnerConfig::partner)).toList();
    }

    AgreementSet agreements() {
        return snapshot.agreements();
    }
}
