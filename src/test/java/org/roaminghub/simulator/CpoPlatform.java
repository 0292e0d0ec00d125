package org.roaminghub.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.ocpi.InterfaceRole;

/**
 * A CPO platform whose lists the hub pulls, as faulty as a test wants them. It is not registered by a handshake: the test tells the
 * hub its {@link #token()} and {@link #endpoints()}.
 */
public final class CpoPlatform implements AutoCloseable {
    private final Connection connection = new Connection();
    private final Behaviours behaviours = new Behaviours();
    private final ReceivedLog received = new ReceivedLog(1_000);
    private final Map<String, CpoList> lists = new TreeMap<>();
    private final String token = connection.offer();
    private final OcpiServer server;

    public CpoPlatform() {
        List.of("locations", "tariffs", "sessions", "cdrs").forEach(module -> lists.put(module, new CpoList(this::url, EmspUrls.path(module))));
        server = new OcpiServer(new OcpiRouter(TokenEncoding.BASE64, connection, Map.copyOf(lists)), behaviours, received);
        server.start(0);
    }

    public CpoList locations() {
        return lists.get("locations");
    }

    public CpoList tariffs() {
        return lists.get("tariffs");
    }

    public CpoList sessions() {
        return lists.get("sessions");
    }

    public CpoList cdrs() {
        return lists.get("cdrs");
    }

    public String token() {
        return token;
    }

    /** SENDER endpoints of these modules. */
    public List<Endpoint> endpoints(String... modules) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String module : modules) {
            endpoints.add(new Endpoint(module, InterfaceRole.SENDER, url(EmspUrls.path(module))));
        }
        return endpoints;
    }

    public Behaviours behaviours() {
        return behaviours;
    }

    /** Path and query of every request to a module, in order. */
    public List<String> asked(String module) {
        return received.of(module, "GET").stream().map(Received::path).toList();
    }

    public ReceivedLog received() {
        return received;
    }

    public String url(String path) {
        return server.url(path);
    }

    /** Away: the port is closed. */
    public void stop() {
        server.stop();
    }

    /** Back on the same port. */
    public void restart() {
        server.start(server.port());
    }

    @Override
    public void close() {
        server.stop();
    }
}
