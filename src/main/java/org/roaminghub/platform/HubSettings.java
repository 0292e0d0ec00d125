package org.roaminghub.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The hub's settings, the {@code HUB_*} variables of {@code docs/configuration.md}. Secrets are optional here because the
 * hub generates what is not given (see {@link HubSecrets}).
 */
@ConfigMapping(prefix = "hub")
public interface HubSettings {
    /** Base of every URL the hub gives to partners, without a trailing slash. */
    @WithDefault("http://localhost:8080")
    URI publicUrl();

    /** Country code of the hub's own party (role HUB). */
    @WithDefault("NL")
    String countryCode();

    /** Party id of the hub's own party (role HUB). */
    @WithDefault("HUB")
    String partyId();

    /** Folder of the embedded PostgreSQL and of generated secrets. */
    @WithDefault("./data")
    Path dataDir();

    /** Folder of the partner files, {@code *.yaml}; see {@link #partnerFolder()} for the default. */
    Optional<Path> partnerConfigs();

    /** The folder in force: the one given, else {@code ./partner-configs}, in the demo its sub-folder {@code demo}. */
    default Path partnerFolder() {
        return partnerConfigs().orElseGet(() -> Path.of(demo() ? "./partner-configs/demo" : "./partner-configs"));
    }

    /** Folder of the mapping tables. */
    @WithDefault("./mappings")
    Path mappings();

    /** Whether simulated chargers and partners live inside this process. */
    @WithDefault("false")
    boolean demo();

    /** Whether partner URLs may be plain http and may resolve to loopback, private or link-local addresses. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** Base64 of 32 random bytes; generated into the data folder when absent. */
    Optional<String> secretKey();

    /** Password of the local user {@code admin}; generated and printed once when absent. */
    Optional<String> adminPassword();

    /** How long a registered partner may be silent before it is asked whether it is alive (HCI-12). */
    @WithDefault("PT5M")
    @WithName("alive.silence")
    Duration aliveSilence();

    /** How many days the exchange log is kept. */
    @WithDefault("30")
    int exchangeRetentionDays();

    /** How often what changed is pulled from a partner's lists, give or take a tenth. */
    @WithDefault("1h")
    Duration pullDelta();

    /** How often everything is pulled from a partner's lists, give or take a tenth. */
    @WithDefault("24h")
    Duration pullFull();

    /** Threads that fold charging events into sessions; by default half of the processors. */
    OptionalInt foldWorkers();

    /** Age at which the tokens of a partner are replaced by new ones (CRED-29); zero for never. */
    @WithDefault("30d")
    Duration tokenRotation();

    /** How often alerts are looked at. */
    @WithDefault("5s")
    @WithName("alerts.every")
    Duration alertsEvery();

    /** How long events may wait for a Location, Token or Tariff before somebody is told. */
    @WithDefault("10m")
    @WithName("alerts.unresolved")
    Duration alertsUnresolved();

    /** Where openings and clearings of alerts are posted. */
    @WithName("alerts.webhook.url")
    Optional<URI> alertsWebhookUrl();

    /** What these posts are signed with. */
    @WithName("alerts.webhook.secret")
    Optional<String> alertsWebhookSecret();
}
