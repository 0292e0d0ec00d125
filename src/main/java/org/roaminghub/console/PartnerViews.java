package org.roaminghub.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.roaminghub.exchange.Presence;
import org.roaminghub.ocpi.ConnectionStatus;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.partners.PartnerConnection;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;

/** Joins the partner files with the state of the connections, without touching the columns that hold secrets. */
@ApplicationScoped
class PartnerViews {
    static final String REGISTERED = "REGISTERED";
    private static final String PLANNED = "PLANNED";

    private final Presence presence;
    private final ObjectMapper json;

    PartnerViews(Presence presence, ObjectMapper json) {
        this.presence = presence;
        this.json = json;
    }

    private record Connection(String partner, String state, String version, Instant registeredAt, String versionsUrl, String endpoints,
                              Instant statusSince) {
        static final Connection NONE = new Connection(null, PLANNED, null, null, null, null, null);
    }

    List<PartnerItem> items(Handle handle, List<PartnerConfig> configs) {
        Map<String, Connection> connections = connections(handle, configs);
        return configs.stream().map(config -> item(config, connections.getOrDefault(config.partner(), Connection.NONE))).toList();
    }

    /** State of the registration, and what others are told. */
    record State(String registration, ConnectionStatus status) {
    }

    /** Only the states, for the page. */
    Map<String, State> states(Handle handle, List<PartnerConfig> configs) {
        Map<String, Connection> connections = connections(handle, configs);
        return configs.stream().collect(Collectors.toMap(PartnerConfig::partner, config -> {
            Connection connection = connections.getOrDefault(config.partner(), Connection.NONE);
            return new State(state(config, connection), status(config, connection));
        }));
    }

    private ConnectionStatus status(PartnerConfig config, Connection connection) {
        return presence.status(config, PartnerConnection.State.valueOf(connection.state()));
    }

    private static Map<String, Connection> connections(Handle handle, List<PartnerConfig> configs) {
        return handle.createQuery("""
                        select c.partner, c.state, c.version, c.registered_at, c.versions_url, c.endpoints,
                            case c.state when 'REGISTERED' then greatest(c.registered_at, p.since) when 'UNREGISTERED' then c.updated_at end as status_since
                        from partner_connection c left join partner_presence p on p.partner = c.partner where c.partner = any(:partners)""")
                .bind("partners", configs.stream().map(PartnerConfig::partner).toArray(String[]::new))
                .map((row, context) -> connection(row)).stream().collect(Collectors.toMap(Connection::partner, connection -> connection));
    }

    private static Connection connection(ResultSet row) throws SQLException {
        return new Connection(row.getString("partner"), row.getString("state"), row.getString("version"),
                ListQuery.instant(row.getObject("registered_at", OffsetDateTime.class)), row.getString("versions_url"), row.getString("endpoints"),
                ListQuery.instant(row.getObject("status_since", OffsetDateTime.class)));
    }

    private PartnerItem item(PartnerConfig config, Connection connection) {
        boolean backend = config.ocpi().isEmpty();
        Map<String, String> modes = new TreeMap<>();
        config.delivery().modes().forEach((module, mode) -> modes.put(module, mode.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        return new PartnerItem(config.partner(), config.name(), backend ? "backend" : "ocpi",
                config.parties().stream().map(party -> new PartnerItem.Party(party.role().name(), party.id().countryCode(), party.id().partyId(), party.name())).toList(),
                state(config, connection), status(config, connection), connection.statusSince(), connection.version(), connection.registeredAt(), connection.versionsUrl(), endpoints(connection),
                backend ? null : Partners.weStart(config).isPresent() ? "we_start" : "they_start", backend ? Map.of() : modes);
    }

    private static String state(PartnerConfig config, Connection connection) {
        return config.ocpi().isEmpty() ? REGISTERED : connection.state();
    }

    private List<Endpoint> endpoints(Connection connection) {
        if (connection.endpoints() == null) {
            return List.of();
        }
        try {
            return json.readValue(connection.endpoints(), new TypeReference<>() { });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored endpoints of " + connection.partner() + " are not readable", e);
        }
    }
}
