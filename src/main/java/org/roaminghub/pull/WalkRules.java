package org.roaminghub.pull;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.roaminghub.ocpi.OcpiTime;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.partners.config.Quirks;

/**
 * How one list of one partner is walked.
 *
 * @param endpoint     URL of the list
 * @param from         date_from of every page (SES-06, TRANS-53)
 * @param limit        page size we ask for
 * @param followsLink  whether the partner's Link is worth following
 * @param trustsTotal  whether X-Total-Count is the number of all objects
 * @param singleUse    whether links are opaque and good once
 * @param bisects      whether a failing page is asked for in smaller parts
 */
record WalkRules(String endpoint, Optional<Instant> from, int limit, boolean followsLink, boolean trustsTotal, boolean singleUse, boolean bisects) {
    private static final int USUAL_LIMIT = 100;

    static WalkRules of(String endpoint, Optional<Instant> from, Quirks quirks) {
        return new WalkRules(endpoint, from, quirks.number(Quirk.PAGE_LIMIT).orElse(USUAL_LIMIT), !quirks.has(Quirk.IGNORE_LINK),
                !quirks.has(Quirk.IGNORE_TOTAL_COUNT), quirks.has(Quirk.LINK_ONLY), quirks.has(Quirk.BISECT_PAGES));
    }

    /** A page by number (TRANS-12). */
    String url(long offset, int pageLimit) {
        String dates = from.map(time -> "date_from=" + OcpiTime.format(time.truncatedTo(ChronoUnit.SECONDS)) + "&").orElse("");
        return endpoint + (endpoint.indexOf('?') < 0 ? '?' : '&') + dates + "offset=" + offset + "&limit=" + pageLimit;
    }

    /** The absolute URL of a Link. It gets our token, so it must lead to where the list is (D12). */
    String follow(String link) {
        URI list = URI.create(endpoint);
        URI next;
        try {
            next = list.resolve(link);
        } catch (IllegalArgumentException e) {
            throw new WalkRefused("the Link of a page is no URL");
        }
        if (!origin(list).equalsIgnoreCase(origin(next))) {
            throw new WalkRefused("the Link of a page leads to " + origin(next) + ", the list is at " + origin(list)
                    + "; nothing was sent there. The quirk " + Quirk.IGNORE_LINK.id() + " goes on without Link");
        }
        return next.toString();
    }

    private static String origin(URI uri) {
        boolean usual = uri.getPort() == -1 || uri.getPort() == ("https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80);
        return uri.getScheme() + "://" + uri.getHost() + (usual ? "" : ":" + uri.getPort()) + (uri.getRawUserInfo() == null ? "" : " with a user");
    }
}
