package org.roaminghub.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.partners.config.Quirks;

/** Given what a page said, which page is next (TRANS-17 … TRANS-20, field notes Q19–Q24). */
class WalkTest {
    private static final PageHeaders NO_HEADERS = new PageHeaders(Optional.empty(), Optional.empty(), Optional.empty());
    private static final String LIST = "https://cpo.example/ocpi/locations";

    @Test
    void theFirstPageHasItsFiltersOffsetAndLimit_TRANS12_Q19() {
        WalkRules rules = WalkRules.of(LIST, Optional.of(Instant.parse("2026-03-02T08:00:00.750Z")), quirks(Map.of(Quirk.PAGE_LIMIT, "20")));
        assertThat(Walk.first(rules).url()).isEqualTo(LIST + "?date_from=2026-03-02T08:00:00Z&offset=0&limit=20");
        assertThat(WalkRules.of(LIST + "?tenant=7", Optional.empty(), Quirks.NONE).url(100, 50)).isEqualTo(LIST + "?tenant=7&offset=100&limit=50");
    }

    @Test
    void linkIsFollowedAsItIsUntilItIsAbsent_TRANS20_A23() {
        WalkRules rules = rules();
        Walk second = Walk.first(rules).read(50, link("<https://cpo.example/next?after=abc&offset=50&limit=50>; rel=\"next\"", 120), rules);
        assertThat(second.url()).isEqualTo("https://cpo.example/next?after=abc&offset=50&limit=50");
        Walk third = second.read(50, link("</ocpi/locations?offset=100&limit=50>; rel=next, <https://cpo.example/first>; rel=\"first\"", 120), rules);
        assertThat(third.url()).as("relative to the list").isEqualTo(LIST + "?offset=100&limit=50");
        assertThat(third.read(20, total(120), rules).isAtEnd()).isTrue();
        assertThat(third.read(20, total(120), rules).gaps()).isFalse();
    }

    @Test
    void aGrowingTotalNeedsNothing_TRANS20() {
        WalkRules rules = rules();
        Walk second = Walk.first(rules).read(2, link("<" + LIST + "?offset=2&limit=2>; rel=\"next\"", 4), rules);
        assertThat(second.read(2, link("<" + LIST + "?offset=4&limit=2>; rel=\"next\"", 5), rules).offset()).isEqualTo(4);
    }

    @Test
    void aShrunkenTotalRepeatsThePageFromBefore_TRANS20() {
        WalkRules rules = rules();
        Walk second = Walk.first(rules).read(2, link("<" + LIST + "?offset=2&limit=2&x=1>; rel=\"next\"", 6), rules);
        Walk repeated = second.read(2, link("<" + LIST + "?offset=4&limit=2&x=1>; rel=\"next\"", 5), rules);
        assertThat(repeated.url()).isEqualTo(LIST + "?offset=1&limit=2&x=1");
        Walk onwards = repeated.read(2, link("<" + LIST + "?offset=3&limit=2&x=1>; rel=\"next\"", 5), rules);
        assertThat(onwards.offset()).as("the same total again is no reason to stay").isEqualTo(3);
        assertThat(Walk.first(rules).read(2, total(6), rules).offset()).as("nothing is before the first page").isEqualTo(2);
    }

    @Test
    void aTotalThatJumpsUpAndDownDoesNotHoldTheWalk() {
        WalkRules rules = rules();
        Walk walk = Walk.first(rules);
        int requests = 0;
        long[] totals = {100, 50, 90, 40, 80, 60, 41};
        while (!walk.isAtEnd() && requests < 200) {
            long offset = walk.offset();
            int count = offset >= 100 ? 0 : (int) Math.min(10, 100 - offset);
            Optional<String> link = offset + count < 100 ? Optional.of("<" + LIST + "?offset=" + (offset + count) + ">; rel=\"next\"") : Optional.empty();
            walk = walk.read(count, new PageHeaders(link, Optional.of(totals[requests++ % totals.length]), Optional.empty()), rules);
        }
        assertThat(requests).isLessThan(60);
    }

    @Test
    void aTotalBeyondALinklessPageIsGoneOnForByOffset_fieldNote28() {
        WalkRules rules = rules();
        Walk second = Walk.first(rules).read(50, total(120), rules);
        assertThat(second.url()).isEqualTo(LIST + "?offset=50&limit=100");
        assertThat(second.read(70, total(120), rules).isAtEnd()).isTrue();
    }

    @Test
    void withoutHeadersAtAllOnePageIsTheList_A25() {
        assertThat(Walk.first(rules()).read(3, NO_HEADERS, rules()).isAtEnd()).isTrue();
    }

    @Test
    void anExtraEmptyLastPageIsTolerated_Q23() {
        WalkRules rules = rules();
        Walk second = Walk.first(rules).read(50, link("<" + LIST + "?offset=50&limit=50>; rel=\"next\"", 50), rules);
        Walk end = second.read(0, total(50), rules);
        assertThat(end.isAtEnd()).isTrue();
        assertThat(end.gaps()).isFalse();
    }

    @Test
    void linksThatNeverEndAreLeft() {
        WalkRules rules = rules();
        Walk walk = Walk.first(rules);
        for (int page = 1; page <= 3; page++) {
            walk = walk.read(0, link("<" + LIST + "?page=" + page + ">; rel=\"next\"", 0), rules);
        }
        assertThat(walk.isAtEnd()).isTrue();
        assertThat(walk.gaps()).as("such a walk says nothing about what is gone").isTrue();
        Walk second = Walk.first(rules).read(2, link("<" + LIST + "?offset=2&limit=2>; rel=\"next\"", 9), rules);
        assertThatThrownBy(() -> second.read(2, link("<" + LIST + "?offset=2&limit=2>; rel=\"next\"", 9), rules)).isInstanceOf(WalkRefused.class).hasMessageContaining("never end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/ocpi/locations?offset=2", "http://cpo.example/ocpi/locations?offset=2", "https://cpo.example:8443/x", "https://u:p@cpo.example/x",
            "//evil.example/x", "https://cpo.example.evil.example/x"})
    void aLinkToElsewhereIsRefused_D12(String link) {
        assertThatThrownBy(() -> Walk.first(rules()).read(2, link("<" + link + ">; rel=\"next\"", 9), rules()))
                .isInstanceOf(WalkRefused.class).hasMessageContaining("nothing was sent there");
    }

    @Test
    void countingGoesOnUntilAShortPageWhereTheTotalIsThatOfThePage_Q20_Q21() {
        WalkRules rules = WalkRules.of(LIST, Optional.empty(), quirks(Map.of(Quirk.IGNORE_LINK, "", Quirk.IGNORE_TOTAL_COUNT, "")));
        assertThat(walkAll(rules, 120, 50, offset -> link("<http://localhost/wrong>; rel=\"next\"", 50))).hasSize(3).last().asString().contains("offset=100");
        assertThat(walkAll(rules, 100, 50, offset -> NO_HEADERS)).as("the last page is full: one more, which is empty").hasSize(3);
    }

    @Test
    void countingTrustsATotalThatIsRight_Q21() {
        WalkRules rules = WalkRules.of(LIST, Optional.empty(), quirks(Map.of(Quirk.IGNORE_LINK, "")));
        assertThat(walkAll(rules, 100, 50, offset -> total(100))).hasSize(2);
    }

    @Test
    void linksThatAreGoodOnceBeginAgain_Q22() {
        WalkRules once = WalkRules.of(LIST, Optional.empty(), quirks(Map.of(Quirk.LINK_ONLY, "")));
        Walk second = Walk.first(once).read(2, link("<https://cpo.example/p/8f3a>; rel=\"next\"", 4), once);
        assertThat(second.again(once)).isEqualTo(Walk.first(once));
        assertThat(second.again(rules())).as("others are asked for the same page").isEqualTo(second);
        Walk early = second.read(1, total(4), once);
        assertThat(early.isAtEnd()).isTrue();
        assertThat(early.gaps()).as("the total says that there was more").isTrue();
    }

    @Test
    void aPageThatCannotBeWrittenIsTakenApartAroundTheBadObject_Q24() {
        WalkRules rules = WalkRules.of(LIST, Optional.empty(), quirks(Map.of(Quirk.BISECT_PAGES, "")));
        for (int bad : new int[] {0, 1, 57, 99, 100, 249}) {
            TreeSet<Integer> read = new TreeSet<>();
            Walk walk = Walk.first(rules);
            int requests = 0;
            while (!walk.isAtEnd() && requests++ < 200) {
                int from = (int) walk.offset();
                int to = Math.min(250, from + walk.limit());
                if (from <= bad && bad < to) {
                    walk = walk.bad(rules).orElseThrow();
                    continue;
                }
                IntStream.range(from, to).forEach(read::add);
                walk = walk.read(to - from, total(250), rules);
            }
            assertThat(read).as("all but " + bad).hasSize(249).doesNotContain(bad);
            assertThat(walk.gaps()).isTrue();
            assertThat(requests).isLessThan(50);
        }
        assertThat(Walk.first(rules()).bad(rules())).as("only where the file says so").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<https://a/b>; rel=\"next\"                       | https://a/b",
        "<https://a/b>;rel=next                            | https://a/b",
        "<https://a/p>; rel=\"prev\", <https://a/n>; rel=\"next\" | https://a/n",
        "<https://a/n>; title=\"x\"; REL=\"next last\"     | https://a/n",
        "https://a/bare?offset=2                           | https://a/bare?offset=2",
        "<>; rel=\"next\"                                  | ",
        "<https://a/p>; rel=\"prev\"                       | ",
        "nonsense                                          | "})
    void linksAreReadAsTheyAreWritten_Q21(String header, String expected) {
        assertThat(LinkHeader.next(header)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void aPageIsTakenApartIntoTheVeryTexts_D1() {
        String body = "{\"status_code\":1000, \"x\":{\"data\":[9]}, \"data\" : [ {\"id\":\"é\\u0041\",\"n\":1.10} , 7,\"a\\\"b\", null,[1, 2] ],\"timestamp\":\"t\"}";
        assertThat(PageText.objects(body)).contains(List.of("{\"id\":\"é\\u0041\",\"n\":1.10}", "7", "\"a\\\"b\"", "null", "[1, 2]"));
        assertThat(PageText.objects("{\"data\":[]}")).contains(List.of());
        for (String other : new String[] {"", "[]", "<html>", "{\"data\":{}}", "{\"data\":null}", "{\"status_code\":1000}", "{\"data\":[{]}"}) {
            assertThat(PageText.objects(other)).as(other).isEmpty();
        }
    }

    /** URLs asked for in a list of {@code size} objects on a partner that gives at most {@code cap} at once. */
    private static List<String> walkAll(WalkRules rules, int size, int cap, java.util.function.LongFunction<PageHeaders> headers) {
        List<String> urls = new ArrayList<>();
        Walk walk = Walk.first(rules);
        while (!walk.isAtEnd() && urls.size() < 100) {
            urls.add(walk.url());
            int count = (int) Math.max(0, Math.min(Math.min(cap, walk.limit()), size - walk.offset()));
            walk = walk.read(count, headers.apply(walk.offset()), rules);
        }
        return urls;
    }

    private static WalkRules rules() {
        return WalkRules.of(LIST, Optional.empty(), Quirks.NONE);
    }

    private static Quirks quirks(Map<Quirk, String> values) {
        return new Quirks(values);
    }

    private static PageHeaders link(String link, long total) {
        return new PageHeaders(Optional.of(link), Optional.of(total), Optional.empty());
    }

    private static PageHeaders total(long total) {
        return new PageHeaders(Optional.empty(), Optional.of(total), Optional.empty());
    }
}
