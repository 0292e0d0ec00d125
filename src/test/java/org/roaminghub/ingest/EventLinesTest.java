package org.roaminghub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a request of events (contracts §4, design §5). */
class EventLinesTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void linesWithoutReceiptTimeKeepTheirOrder() {
        EventLines read = lines(event("b") + "\n" + event("a"));

        assertThat(read.rows()).extracting(Inbox.Row::eventId).containsExactly("b", "a");
        assertThat(read.rows()).extracting(row -> Instant.parse(row.receivedAt())).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void blankLinesDoNotCount() {
        EventLines read = lines("\n\n" + event("a") + "\r\n\r\nnonsense\n");

        assertThat(read.rows()).hasSize(1);
        assertThat(read.letters()).singleElement().satisfies(letter -> assertThat(letter.index()).isEqualTo(1));
    }

    @Test
    void aRepetitionHasTheSameDigestWhateverItsReceiptAndOrderOfMembers() {
        String again = "{\"data\":{\"status\":\"Available\"},\"time\":\"2026-03-02T11:00:00Z\",\"evse_id\":1,\"station\":\"CP\",\"type\":\"connector.status\",\"id\":\"a\"}";

        String first = lines(event("a")).rows().get(0).digest();

        assertThat(EventLines.read(again, true, "acme", NOON.plusSeconds(60)).rows().get(0).digest()).isEqualTo(first);
    }

    @Test
    void aBackendCannotSpeakForAnother() {
        String foreign = event("a").replace("{\"id\"", "{\"source\":\"other\",\"id\"");

        assertThat(lines(foreign).rows()).extracting(Inbox.Row::source).containsExactly("acme");
    }

    @Test
    void duplicateKeysAreNamed() {
        assertThat(lines(event("a") + "\n{\"id\":\"b\",\"id\":\"c\"}").letters()).extracting(DeadLetters.Letter::code).containsExactly("DUPLICATE_KEY");
    }

    @Test
    void aThousandEventsFitAndOneMoreDoesNot() {
        assertThat(array(1_000).rows()).hasSize(1_000);
        assertThatThrownBy(() -> array(1_001)).isInstanceOf(EventLines.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "\"x\"", "[", "[{]", "NaN"})
    void aBodyThatIsNoListIsUnreadable(String body) {
        assertThatThrownBy(() -> EventLines.read(body, false, "acme", NOON)).isInstanceOf(EventLines.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "\"x\"", "[]", "true"})
    void anElementThatIsNoObjectIsALetter(String element) {
        EventLines read = EventLines.read("[" + element + "," + event("a") + "]", false, "acme", NOON);

        assertThat(read.rows()).hasSize(1);
        assertThat(read.letters()).singleElement().satisfies(letter -> assertThat(letter.raw()).isEqualTo(element));
    }

    private static EventLines lines(String body) {
        return EventLines.read(body, true, "acme", NOON);
    }

    private static EventLines array(int count) {
        return EventLines.read(IntStream.range(0, count).mapToObj(number -> event("e" + number)).collect(Collectors.joining(",", "[", "]")), false, "acme", NOON);
    }

    private static String event(String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"connector.status\",\"station\":\"CP\",\"evse_id\":1,\"time\":\"2026-03-02T11:00:00Z\",\"data\":{\"status\":\"Available\"}}";
    }
}
