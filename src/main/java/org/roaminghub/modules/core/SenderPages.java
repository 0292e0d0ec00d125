package org.roaminghub.modules.core;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.roaminghub.ocpi.Envelope;
import org.roaminghub.ocpi.ModuleId;
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
    private final OutboundBody bodies;

    SenderPages(Jdbi jdbi, OcpiRequest request, PageCounts counts, OcpiUrls urls, Clock clock, OutboundBody bodies) {
        this.jdbi = jdbi;
        this.request = request;
        this.counts = counts;
        this.urls = urls;
        this.clock = clock;
        this.bodies = bodies;
    }

    /**
     * How a module's rows become documents: an SQL expression over {@code d}, the document row, and what it joins.
     */
    public record Shape(String expression, String join) {
        /** The stored text itself. */
        public static final Shape TEXT = new Shape("d.body", "");
    }

    /** Whose objects of a module the caller may see. */
    public record Visible(ModuleId module, Collection<PartyId> owners) {
    }

    /** One object of a page. */
    public record Item(long serial, String owner, String spelled, String body) {
    }

    /** A page: its objects and the answer that carries them. */
    public record Page(List<Item> items, Response response) {
    }

    /** What is added to a stored text of this owner before it leaves. */
    @FunctionalInterface
    public interface Finish {
        String text(PartyId owner, String stored);
    }

    /** A page as an answer. */
    public Response list(ModuleDefinition definition, Shape shape, UriInfo uri) {
        return page(definition, shape, uri).response();
    }

    /** A page of texts that are completed on their way out. */
    public Response list(ModuleDefinition definition, Shape shape, UriInfo uri, Finish finish) {
        return page(new Visible(definition.module(), request.visibleOwners(definition)), shape, uri,
                item -> bodies.read(request.caller().config(), definition.schemaClass(), finish.text(PartyId.parse(item.owner()), item.body()))).response();
    }

    public Page page(ModuleDefinition definition, Shape shape, UriInfo uri) {
        return page(new Visible(definition.module(), request.visibleOwners(definition)), shape, uri, item -> bodies.read(request.caller().config(), definition.schemaClass(), item.body()));
    }

    /** A page of what the caller may see by another rule than that of its agreements' owners. */
    public Page page(Visible visible, Shape shape, UriInfo uri) {
        return page(visible, shape, uri, item -> Optional.of(item.body()));
    }

    /** @param reading what of a document the caller gets to see, empty for nothing */
    private Page page(Visible visible, Shape shape, UriInfo uri, Function<Item, Optional<String>> reading) {
        PageRequest page = PageRequest.of(uri.getQueryParameters());
        List<Item> read = items(visible, shape, page);
        boolean more = read.size() > page.limit();
        List<Item> items = more ? read.subList(0, page.limit()) : read;
        List<String> documents = items.stream().flatMap(item -> reading.apply(item).stream()).toList();
        return new Page(items, answer(visible, page, documents, items, more, uri));
    }

    /** The objects of a page, and one more if there is a next page. */
    private List<Item> items(Visible visible, Shape shape, PageRequest page) {
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
        return jdbi.withHandle(handle -> bind(handle, sql, visible, page)
                .map((row, context) -> new Item(row.getLong(1), row.getString(2), row.getString(3), row.getString(4))).list());
    }

    private Response answer(Visible visible, PageRequest page, List<String> documents, List<Item> items, boolean more, UriInfo uri) {
        Response.ResponseBuilder response = Response.ok(Envelope.list(documents, clock.instant()), MediaType.APPLICATION_JSON_TYPE)
                .header("X-Total-Count", total(visible, page))
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

    private long total(Visible visible, PageRequest page) {
        if (page.filtered()) {
            return count(visible, page);
        }
        String whose = visible.owners() + " " + request.caller().parties(false);
        return counts.count(visible.module(), whose, () -> count(visible, page));
    }

    private long count(Visible visible, PageRequest page) {
        return jdbi.withHandle(handle -> bind(handle, "select count(*) from document where" + VISIBLE + dates(page), visible, page).mapTo(Long.class).one());
    }

    private static String dates(PageRequest page) {
        return (page.from().isPresent() ? " and updated_at >= :from" : "") + (page.to().isPresent() ? " and updated_at < :to" : "");
    }

    private Query bind(Handle handle, String sql, Visible visible, PageRequest page) {
        Query query = handle.createQuery(sql)
                .bind("module", visible.module().id())
                .bind("owners", visible.owners().stream().map(PartyId::toString).toArray(String[]::new))
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
