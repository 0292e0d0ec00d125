package org.roaminghub.pull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;

/**
 * Where a walk through a list stands: given what a page said, which page is next. Pure, and small enough to be saved after every
 * page.
 *
 * @param url         the next page, null at the end
 * @param byOffset    whether the next page is found by counting and no longer by Link
 * @param offset      of the next page, as far as it is known
 * @param limit       asked for with the next page
 * @param largest     most objects in a page so far: what the partner's own cap is at least
 * @param lowestTotal smallest X-Total-Count so far
 * @param empty       empty pages in a row
 * @param skipped     objects that the partner could not write
 * @param gaps        whether something may have been missed: then absence says nothing
 */
record Walk(String url, boolean byOffset, long offset, int limit, int largest, long lowestTotal, int empty, int skipped, boolean gaps) {
    private static final long NO_TOTAL = Long.MAX_VALUE;
    /** Filters that are applied after paging leave empty pages in the middle; a list of nothing else has ended. */
    private static final int MOST_EMPTY = 3;
    /** A partner that cannot write more objects than this has another fault. */
    private static final int MOST_SKIPPED = 20;

    static Walk first(WalkRules rules) {
        return new Walk(rules.url(0, rules.limit()), !rules.followsLink(), 0, rules.limit(), 0, NO_TOTAL, 0, 0, false);
    }

    @JsonIgnore
    boolean isAtEnd() {
        return url == null;
    }

    /**
     * The page was read.
     *
     * @param count how many objects were in it
     * @throws WalkRefused when the page leads where we do not go
     */
    Walk read(int count, PageHeaders headers, WalkRules rules) {
        long total = rules.trustsTotal() ? headers.total().orElse(NO_TOTAL) : NO_TOTAL;
        boolean shrunk = lowestTotal != NO_TOTAL && total < lowestTotal && offset > 0;
        if (shrunk && hasOffset()) {
            // Something before this page is gone, so something of it moved to the page before: once more, from there (TRANS-20).
            long back = Math.max(0, offset - (lowestTotal - total));
            return new Walk(LinkHeader.withOffset(url, back), byOffset, back, limit, largest, total, 0, skipped, gaps);
        }
        Walk counted = new Walk(url, byOffset, offset, limit, Math.max(largest, count), Math.min(lowestTotal, total),
                count == 0 ? empty + 1 : 0, skipped, gaps || shrunk);
        Optional<String> link = byOffset ? Optional.empty() : headers.link().flatMap(LinkHeader::next);
        return link.isPresent() ? counted.follow(link.get(), count, rules) : counted.withoutLink(count, total, headers, rules);
    }

    private Walk follow(String link, int count, WalkRules rules) {
        if (empty >= MOST_EMPTY) {
            return end(true);
        }
        String next = rules.follow(link);
        Optional<Long> nextOffset = LinkHeader.offset(next);
        boolean backwards = hasOffset() && nextOffset.isPresent() && nextOffset.get() <= offset;
        if (next.equals(url) || backwards) {
            throw new WalkRefused("the Link of a page leads back to where we were; the walk would never end");
        }
        return new Walk(next, false, nextOffset.orElse(offset + count), limit, largest, lowestTotal, empty, skipped, gaps);
    }

    private Walk withoutLink(int count, long total, PageHeaders headers, WalkRules rules) {
        long reached = offset + count;
        boolean totalSaysMore = total != NO_TOTAL && reached < total && count > 0;
        if (byOffset) {
            boolean more = total != NO_TOTAL ? totalSaysMore : count > 0 && !isShort(count, headers);
            return more ? at(reached, Math.min(rules.limit(), limit * 2), rules) : end(gaps);
        }
        if (!totalSaysMore) {
            return end(gaps);
        }
        // By the text the list ends here. If it does not, what we miss would look as if it were gone.
        return rules.singleUse() || !hasOffset() ? end(true) : at(reached, limit, rules);
    }

    /** Whether a page has room for more: compared with what was asked for, what the partner says it gives, and what it has given. */
    private boolean isShort(int count, PageHeaders headers) {
        boolean first = offset == 0;
        if (first && headers.limit().isEmpty()) {
            return false;
        }
        int cap = Math.min(limit, headers.limit().orElse(Integer.MAX_VALUE));
        return count < (first ? cap : Math.min(cap, largest));
    }

    /**
     * The partner cannot write the page: a smaller part of it, or past the one object that is left.
     *
     * @return empty when this partner's pages are not taken apart, or too much of them is broken
     */
    Optional<Walk> bad(WalkRules rules) {
        if (!rules.bisects() || !hasOffset() || skipped >= MOST_SKIPPED) {
            return Optional.empty();
        }
        if (limit > 1) {
            return Optional.of(at(offset, limit / 2, rules));
        }
        Walk past = at(offset + 1, 1, rules);
        return Optional.of(new Walk(past.url, true, past.offset, 1, largest, lowestTotal, 0, skipped + 1, true));
    }

    /** Whether the next page still is where the list is. */
    boolean isAt(WalkRules rules) {
        try {
            return rules.follow(url).equals(url);
        } catch (WalkRefused e) {
            return false;
        }
    }

    /** The page could not be fetched and is tried again: where links are good once, from the beginning. */
    Walk again(WalkRules rules) {
        return rules.singleUse() ? first(rules) : this;
    }

    private Walk at(long newOffset, int newLimit, WalkRules rules) {
        return new Walk(rules.url(newOffset, newLimit), true, newOffset, newLimit, largest, lowestTotal, empty, skipped, gaps);
    }

    private Walk end(boolean withGaps) {
        return new Walk(null, byOffset, offset, limit, largest, lowestTotal, empty, skipped, withGaps);
    }

    private boolean hasOffset() {
        return url != null && LinkHeader.offset(url).isPresent();
    }
}
