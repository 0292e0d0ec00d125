package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.roaminghub.PostgresForTests;

/** The list GET of sender interfaces (chapter transport_and_format, Pagination). Each test lists a day of its own. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class ObjectListIT {
    @Inject
    Partners221 partners;

    private final Instant day = Bodies.newDay();
    private final String window = "?date_from=" + day + "&date_to=" + day.plus(Duration.ofDays(1));

    @BeforeEach
    void connected() {
        partners.connect();
    }

    @ParameterizedTest
    @EnumSource
    void objectsComeInOrderOfCreationAsTheyWereSent_TRANS16_D1(ObjectModule module) {
        List<String> ids = store(module, 3);

        Answer list = module.reader().get(module.list(window));

        list.is(200, 1000);
        assertThat(list.data()).containsExactlyElementsOf(IntStream.range(0, 3).mapToObj(i -> module.body(ids.get(i), at(i))).toList());
        assertThat(list.next()).as("no Link on the last page (TRANS-17)").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void totalAndLimitAreAlwaysTold_TRANS18_TRANS19(ObjectModule module) {
        store(module, 5);

        Answer page = module.reader().get(module.list(window + "&offset=1&limit=2"));
        Answer none = module.reader().get(module.list("?date_from=1999-01-01T00:00:00Z&date_to=1999-01-02T00:00:00Z"));

        assertThat(page.header("X-Total-Count")).isEqualTo("5");
        assertThat(Integer.parseInt(page.header("X-Limit"))).isGreaterThanOrEqualTo(2);
        assertThat(none.is(200, 1000).data()).isEmpty();
        assertThat(none.header("X-Total-Count")).isEqualTo("0");
        assertThat(none.header("X-Limit")).isEqualTo(page.header("X-Limit"));
    }

    @ParameterizedTest
    @EnumSource
    void linkIsAbsoluteAndRepeatsAllFilters_TRANS17(ObjectModule module) {
        store(module, 3);

        Answer page = module.reader().get(module.list(window + "&limit=1"));

        assertThat(page.header("Link")).matches("<http.*>; rel=\"next\"");
        assertThat(page.next().orElseThrow()).startsWith("http://localhost:").contains("date_from=" + day, "date_to=", "limit=1", "offset=1");
    }

    @ParameterizedTest
    @EnumSource
    void offsetCountsObjectsAndLimitIsHonoured_TRANS12_TRANS14(ObjectModule module) {
        List<String> ids = store(module, 4);

        assertThat(module.reader().get(module.list(window + "&offset=1&limit=2")).ids()).isEqualTo(ids.subList(1, 3));
        assertThat(module.reader().get(module.list(window + "&offset=3")).ids()).isEqualTo(ids.subList(3, 4));
        assertThat(module.reader().get(module.list(window + "&offset=4")).is(200, 1000).ids()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void dateFromIsInclusiveAndDateToExclusive_TRANS13(ObjectModule module) {
        List<String> ids = store(module, 3);

        Answer list = module.reader().get(module.list("?date_from=" + at(0) + "&date_to=" + at(2)));

        assertThat(list.ids()).isEqualTo(ids.subList(0, 2));
        assertThat(list.header("X-Total-Count")).isEqualTo("2");
    }

    @ParameterizedTest
    @EnumSource
    void dateFiltersAreReadLeniently_A16(ObjectModule module) {
        List<String> ids = store(module, 1);
        String plain = day.toString().replace("Z", "");

        assertThat(module.reader().get(module.list("?date_from=" + plain + "&date_to=" + plain.replace("T00", "T01"))).ids()).isEqualTo(ids);
        assertThat(module.reader().get(module.list("?date_from=" + plain + "%2B00:00&date_to=" + plain.replace("T00", "T01") + ".000Z")).ids()).isEqualTo(ids);
    }

    @ParameterizedTest
    @EnumSource
    void limitZeroIsAnEmptyPageWithTheTotal_A24(ObjectModule module) {
        store(module, 2);

        Answer page = module.reader().get(module.list(window + "&limit=0"));

        assertThat(page.is(200, 1000).data()).isEmpty();
        assertThat(page.header("X-Total-Count")).isEqualTo("2");
    }

    @ParameterizedTest
    @EnumSource
    void tooLargeLimitsAreCappedSilently_TRANS15_A24(ObjectModule module) {
        store(module, 1);

        Answer page = module.reader().get(module.list(window + "&limit=1000000000000"));

        page.is(200, 1000);
        assertThat(page.ids()).hasSize(1);
        assertThat(Integer.parseInt(page.header("X-Limit"))).isLessThanOrEqualTo(1000);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void walkingByLinkGivesEveryObjectOnceWhileOthersComeAndChange_TRANS16_A23(ObjectModule module) {
        List<String> ids = store(module, 5);
        List<String> walked = new ArrayList<>();
        Optional<String> next = Optional.of(module.list(window + "&limit=2"));

        for (int page = 0; next.isPresent(); page++) {
            Answer answer = module.reader().get(next.get()).is(200, 1000);
            walked.addAll(answer.ids());
            next = answer.next();
            if (page == 0) {
                module.push(ids.get(0), module.changed(ids.get(0), at(50))).is(200, 1000);
                module.push(ids.get(4), module.changed(ids.get(4), at(51))).is(200, 1000);
                ids.add(Bodies.newId("L"));
                module.push(ids.get(5), module.body(ids.get(5), at(52))).is(201, 1000);
            }
        }

        assertThat(walked).containsExactlyElementsOf(ids);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAgreementTheListIsEmpty_D12_TRANS10(ObjectModule module) {
        store(module, 1);

        Answer list = module.outsider().get(module.list(window));

        assertThat(list.is(200, 1000).data()).isEmpty();
        assertThat(list.header("X-Total-Count")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void singleGetsFollowTheAgreementsToo_D12_TRANS35(ObjectModule module) {
        String id = store(module, 1).get(0);

        module.owner().get(module.path(id)).is(200, 1000);
        module.reader().get(module.path(id)).is(200, 1000);
        Answer foreign = module.outsider().get(module.path(id)).is(404, ObjectPutIT.absentCode(module));
        Answer absent = module.outsider().get(module.path("NONE")).is(404, ObjectPutIT.absentCode(module));

        assertThat(foreign.message()).isEqualTo(absent.message());
        assertThat(foreign.json().size()).isEqualTo(absent.json().size());
    }

    @Test
    void aDeletedTariffLeavesTheListAndCanComeBack_TAR01_TAR04() {
        ObjectModule tariffs = ObjectModule.TARIFFS;
        List<String> ids = store(tariffs, 2);

        tariffs.owner().delete(tariffs.path(ids.get(0).toLowerCase(Locale.ROOT))).is(200, 1000);

        assertThat(tariffs.reader().get(tariffs.list(window)).ids()).containsExactly(ids.get(1));
        tariffs.owner().get(tariffs.path(ids.get(0))).is(404, 2000);
        tariffs.owner().delete(tariffs.path(ids.get(0))).is(404, 2000);
        tariffs.push(ids.get(0), tariffs.body(ids.get(0), at(1))).is(201, 1000);
        assertThat(tariffs.reader().get(tariffs.list(window)).header("X-Total-Count")).isEqualTo("2");
    }

    @Test
    void nobodyDeletesTariffsOfOthers_TRANS27() {
        ObjectModule tariffs = ObjectModule.TARIFFS;
        String id = store(tariffs, 1).get(0);

        tariffs.reader().delete(tariffs.path(id)).is(404, 2000);

        tariffs.owner().get(tariffs.path(id)).is(200, 1000);
    }

    /** The total without filters is remembered for a moment; it must still follow what was pushed here. */
    @Test
    void theTotalWithoutFiltersFollowsPushesAtOnce_TRANS18() {
        ObjectModule tariffs = ObjectModule.TARIFFS;
        String id = store(tariffs, 1).get(0);
        int before = total(tariffs);

        store(tariffs, 1);
        int after = total(tariffs);
        tariffs.owner().delete(tariffs.path(id)).is(200, 1000);

        assertThat(after).isEqualTo(before + 1);
        assertThat(total(tariffs)).isEqualTo(before);
    }

    private static int total(ObjectModule module) {
        return Integer.parseInt(module.reader().get(module.list("?limit=1")).header("X-Total-Count"));
    }

    private List<String> store(ObjectModule module, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = Bodies.newId("L");
            module.push(id, module.body(id, at(i))).is(201, 1000);
            ids.add(id);
        }
        return ids;
    }

    private String at(int minute) {
        return day.plus(Duration.ofMinutes(minute)).toString();
    }
}
