package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.roaminghub.ocpi.schema.StrictJson;

/** What the hub answered, read with all digits of its numbers. */
public record Answer(int http, String text, Response response) {

    static Answer of(Response response) {
        return new Answer(response.statusCode(), response.asString(), response);
    }

    public JsonNode json() {
        return text.isBlank() ? MissingNode.getInstance() : StrictJson.parse(text);
    }

    public int code() {
        return json().path("status_code").asInt();
    }

    public String message() {
        return json().path("status_message").asText();
    }

    public JsonNode data() {
        return json().path("data");
    }

    public String header(String name) {
        return response.header(name);
    }

    /** The field {@code id} or {@code uid} of every listed object. */
    public List<String> ids() {
        List<String> ids = new ArrayList<>();
        data().forEach(item -> ids.add(item.path(item.has("uid") ? "uid" : "id").asText()));
        return ids;
    }

    /** Where the next page is. */
    public Optional<String> next() {
        return Optional.ofNullable(header("Link")).map(link -> link.substring(link.indexOf('<') + 1, link.indexOf('>')));
    }

    /** Checks both layers at once: HTTP status and OCPI status code. */
    public Answer is(int expectedHttp, int expectedCode) {
        assertThat(http + " " + code()).as(text).isEqualTo(expectedHttp + " " + expectedCode);
        return this;
    }

    /** The status message names this. */
    public Answer tells(String named) {
        assertThat(message()).contains(named);
        return this;
    }

    /** No answer to bad input may blame the hub or tell how it is built. */
    public Answer tellsNothingOfTheInside() {
        assertThat(http).as(text).isBetween(200, 499);
        assertThat(text).doesNotContain("Exception", "org.roaminghub", "jackson", "java.", "\tat ", "ERROR:", "select ");
        return this;
    }
}
