package org.roaminghub.console;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The exchange log: every OCPI request and response, in and out, newest first. */
@Path("/api/v1/exchanges")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "exchanges")
@RolesAllowed(Roles.VIEWER)
class ExchangesResource {
    private static final int LONGEST_BODY = 16_000;
    private static final int FIRST_OCPI_STATUS = 1_000;
    private static final String FAILED = "(failure is not null or http_status is null or http_status >= 400 or ocpi_status >= 2000)";
    private static final String COLUMNS = """
            id, at, direction, partner, module, method, path, object, request_id, correlation_id, http_status, ocpi_status, duration_ms, attempt, failure,
            left(request_body, :longest) as request_body, left(response_body, :longest) as response_body,
            coalesce(length(request_body) > :longest, false) or coalesce(length(response_body) > :longest, false) as cut""";

    private final Reading reading;
    private final SecurityIdentity caller;

    ExchangesResource(Reading reading, SecurityIdentity caller) {
        this.reading = reading;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "The exchange log, newest first; status is an HTTP or OCPI status code, or failed, or ok")
    public Page<ExchangeItem> list(@QueryParam("partner") String partner, @QueryParam("module") String module, @QueryParam("correlation_id") String correlationId,
            @QueryParam("status") String status, @QueryParam("from") String from, @QueryParam("to") String to, @BeanParam ListQuery query) {
        Conditions conditions = new Conditions().with("longest", LONGEST_BODY);
        equal(conditions, "partner", partner);
        equal(conditions, "module", module);
        equal(conditions, "correlation_id", correlationId);
        if (!ListQuery.blank(status)) {
            status(conditions, status.trim());
        }
        if (!ListQuery.blank(from)) {
            conditions.and("at >= :from", "from", ListQuery.time("from", from));
        }
        if (!ListQuery.blank(to)) {
            conditions.and("at < :to", "to", ListQuery.time("to", to));
        }
        query.after(2).ifPresent(key -> conditions.and("(at, id) < (:after_at, :after_id)", "after_at", ListQuery.time("cursor", key.get(0)))
                .with("after_id", ListQuery.number("cursor", key.get(1))));
        boolean clear = TokenMask.seesTokens(caller);
        List<ExchangeItem> read = reading.read(handle -> conditions.with("rows", query.limit() + 1)
                .query(handle, "select " + COLUMNS + " from exchange" + conditions.where() + " order by at desc, id desc limit :rows")
                .map((row, context) -> item(row, clear)).list());
        return Page.of(read, query.limit(), item -> List.of(item.at().toString(), Long.toString(item.id())));
    }

    private static void equal(Conditions conditions, String column, String value) {
        if (!ListQuery.blank(value)) {
            conditions.and(column + " = :" + column, column, value);
        }
    }

    private static void status(Conditions conditions, String status) {
        if (status.equals("failed") || status.equals("ok")) {
            conditions.and(status.equals("ok") ? "not coalesce(" + FAILED + ", false)" : FAILED);
            return;
        }
        if (!status.matches("[0-9]{3,4}")) {
            throw ApiProblem.invalid("status", "expected an HTTP status such as 404, an OCPI status such as 2001, or failed, or ok");
        }
        int code = Integer.parseInt(status);
        conditions.and(code < FIRST_OCPI_STATUS ? "http_status = :status" : "ocpi_status = :status", "status", code);
    }

    private static ExchangeItem item(ResultSet row, boolean clear) throws SQLException {
        String module = row.getString("module");
        return new ExchangeItem(row.getLong("id"), row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("direction"), row.getString("partner"), module,
                row.getString("method"), row.getString("path"), TokenMask.object(module, row.getString("object"), clear), row.getString("request_id"),
                row.getString("correlation_id"), row.getObject("http_status", Integer.class), row.getObject("ocpi_status", Integer.class), row.getInt("duration_ms"),
                row.getInt("attempt"), row.getString("failure"), row.getString("request_body"), row.getString("response_body"), row.getBoolean("cut"));
    }
}
