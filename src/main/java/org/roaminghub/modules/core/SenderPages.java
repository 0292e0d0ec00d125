package org.roaminghub.modules.core;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.roaminghub.ocpi.Envelope;
import org.roaminghub.ocpi.PartyId;

/**
 * The list GET of sender interfaces, the same for all modules: what the caller may see, in creation order, as the texts that
 * are stored, with Link, X-Total-Count and X-Limit (TRANS-16 … TRANS-19).
 */
@ApplicationScoped
public class SenderPages {
    private static final String VISIBLE = " module = :module and owner = any(:owners) and not deleted and (recipient is null or recipient = any(:readers))";

    private final Jdbi jdbi;
    private final OcpiRequest request;
    private final PageCounts counts;
    private final OcpiUrls urls;
    private final Clock clock;

    SenderPages(Jdbi jdbi, OcpiRequest request, PageCounts counts, OcpiUrls urls, Clock clock) {
        this.jdbi = jdbi;
        this.request = request;
        this.counts = counts;
        this.urls = urls;
        this.clock = clock;
    }

    /**
     * How a module's rows become documents: an SQL expression over {@code d}, the document row, and what it joins.
     */
    public record Shape(String expression, String join) {
        /** The stored text itself. */
        public static final Shape TEXT = new Shape("d.body", "");
    }

    /** One object of a page. */
    public record Item(long serial, String owner, String spelled, String body) {
    }

    /** A page: its objects and the answer that carries them. */
    public record Page(List<Item> items, Response response) {
    }

    /** A page as an answer. */
    public Response list(ModuleDefinition definition, Shape shape, UriInfo uri) {
        return page(definition, shape, uri).response();
    }

    public Page page(ModuleDefinition definition, Shape shape, UriInfo uri) {
        PageRequest page = PageRequest.of(uri.getQueryParameters());
        List<Item> read = items(definition, shape, page);
        boolean more = read.size() > page.limit();
        List<Item> items = more ? read.subList(0, page.limit()) : read;
        return new Page(items, answer(definition, page, items, more, uri));
    }

    /** The objects of a page, and one more if there is a next page. */
    private List<Item> items(ModuleDefinition definition, Shape shape, PageRequest page) {
        if (page.limit() == 0) {
            return List.of();
        }
        // The number stands in the text: with a parameter the planner does not know that it is small, and plans anew every time.
        int rows = page.limit() + 1;
        String sql = "select d.serial, d.owner, d.spelled, " + shape.expression() + " as text from (select serial, owner, id, spelled, body, last_updated from document where"
                + VISIBLE + dates(page)
                + (page.afterSerial() > 0 ? " and serial > :after order by serial limit " + rows
                        : page.offset() == 0 ? " order by serial limit " + rows
                        : " and serial in (select serial from document where" + VISIBLE + dates(page) + " order by serial offset :offset limit " + rows + ") order by serial")
                + ") d " + shape.join() + " order by d.serial";
        return jdbi.withHandle(handle -> bind(handle, sql, definition, page)
                .map((row, context) -> new Item(row.getLong(1), row.getString(2), row.getString(3), row.getString(4))).list());
    }

    private Response answer(ModuleDefinition definition, PageRequest page, List<Item> items, boolean more, UriInfo uri) {
        Response.ResponseBuilder response = Response.ok(Envelope.list(items.stream().map(Item::body).toList(), clock.instant()), MediaType.APPLICATION_JSON_TYPE)
                .header("X-Total-Count", total(definition, page))
                .header("X-Limit", PageRequest.MAX_LIMIT);
        if (more) {
            response.header("Link", "<" + next(page, items, uri) + ">; rel=\"next\"");
        }
        return response.build();
    }

    /** The request's own address with a cursor: every filter as it was written (TRANS-17). */
    private String next(PageRequest page, List<Item> items, UriInfo uri) {
        StringBuilder url = new StringBuilder(urls.absolute(uri.getRequestUri().getRawPath())).append('?');
        String query = uri.getRequestUri().getRawQuery();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            boolean ours = parameter.startsWith("offset=") || parameter.startsWith("limit=") || parameter.startsWith("cursor=");
            if (!ours && !parameter.isEmpty()) {
                url.append(parameter).append('&');
            }
        }
        return url.append("offset=").append(page.offset() + items.size()).append("&limit=").append(page.limit())
                .append("&cursor=").append(PageRequest.cursor(items.get(items.size() - 1).serial())).toString();
    }

    private long total(ModuleDefinition definition, PageRequest page) {
        if (page.filtered()) {
            return count(definition, page);
        }
        String visible = owners(definition) + " " + request.caller().parties(false);
        return counts.count(definition.module(), visible, () -> count(definition, page));
    }

    private long count(ModuleDefinition definition, PageRequest page) {
        return jdbi.withHandle(handle -> bind(handle, "select count(*) from document where" + VISIBLE + dates(page), definition, page).mapTo(Long.class).one());
    }

    private static String dates(PageRequest page) {
        return (page.from().isPresent() ? " and updated_at >= :from" : "") + (page.to().isPresent() ? " and updated_at < :to" : "");
    }

    private List<PartyId> owners(ModuleDefinition definition) {
        return request.visibleOwners(definition);
    }

    private Query bind(Handle handle, String sql, ModuleDefinition definition, PageRequest page) {
        Query query = handle.createQuery(sql)
                .bind("module", definition.module().id())
                .bind("owners", owners(definition).stream().map(PartyId::toString).toArray(String[]::new))
                .bind("readers", request.caller().parties(false).stream().map(PartyId::toString).toArray(String[]::new));
        page.from().ifPresent(from -> query.bind("from", from.atOffset(ZoneOffset.UTC)));
        page.to().ifPresent(to -> query.bind("to", to.atOffset(ZoneOffset.UTC)));
        if (sql.contains(":offset")) {
            query.bind("offset", page.offset());
        }
        if (sql.contains(":after")) {
            query.bind("after", page.afterSerial());
        }
        return query;
    }
}
