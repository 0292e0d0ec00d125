package org.roaminghub.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The baseline for list pages: an endpoint that does nothing but read the rows of 50 Locations with their EVSEs as text by keyset
 * and send them. Started as a process of its own: {@code BareServer <jdbc url> <port>}.
 */
public final class BareServer {
    private static final String SQL = """
            select d.serial, left(d.body, -1) || coalesce(',"evses":[' || e.list || ']', '') || ',"last_updated":"' || d.last_updated || '"}'
            from (select serial, owner, id, body, last_updated from document where module = 'locations' and serial > ? order by serial limit 50) d
            left join lateral (select string_agg(body, ',' order by position) as list from evse where owner = d.owner and location = d.id) e on true
            order by d.serial""";

    private BareServer() {
    }

    public static void main(String... arguments) {
        String url = arguments[0];
        ThreadLocal<Connection> connections = ThreadLocal.withInitial(() -> connect(url));
        Vertx vertx = Vertx.vertx();
        vertx.createHttpServer().requestHandler(request -> vertx.executeBlocking(() -> page(connections.get(), after(request)), false)
                .onSuccess(body -> request.response().putHeader("Content-Type", "application/json").end(body))
                .onFailure(error -> request.response().setStatusCode(500).end(String.valueOf(error)))).listen(Integer.parseInt(arguments[1]), "127.0.0.1");
    }

    private static long after(HttpServerRequest request) {
        return Long.parseLong(request.getParam("after", "0"));
    }

    private static Connection connect(String url) {
        try {
            return DriverManager.getConnection(url);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String page(Connection connection, long after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setLong(1, after);
            StringBuilder body = new StringBuilder(200_000).append("{\"data\":[");
            try (ResultSet rows = statement.executeQuery()) {
                String separator = "";
                while (rows.next()) {
                    body.append(separator).append(rows.getString(2));
                    separator = ",";
                }
            }
            return body.append("],\"status_code\":1000}").toString();
        }
    }
}
