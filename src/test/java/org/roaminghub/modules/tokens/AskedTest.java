package org.roaminghub.modules.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.routing.Relay;

/** How answers of eMSPs to authorize are read. */
class AskedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | 1000 | {"allowed":"ALLOWED"}  | Told
            200 | 1000 | {"allowed":"BLOCKED"}  | Told
            201 | 1000 | {"allowed":"EXPIRED"}  | Told
            200 | 1000 | {"allowed":"PERHAPS"}  | Away
            200 | 1000 | "ALLOWED"              | Away
            200 | 1000 | {"allowed":"ALLOWED","allowed":"BLOCKED"} | Away
            404 | 2004 | null                   | Refused
            200 | 2004 | null                   | Refused
            404 | 0    | null                   | Refused
            200 | 2002 | null                   | Refused
            200 | 2001 | null                   | Refused
            200 | 3000 | null                   | Away
            500 | 0    | null                   | Away
            """)
    void whatAnAnswerSays_TOK10_TOK11_TOK12_A58(int http, int code, String data, String kind) {
        String body = "{\"data\":" + data + ",\"status_code\":" + code + "}";
        Outcome.Answered answered = new Outcome.Answered(http, code == 0 ? Optional.empty() : Optional.of(code), "", body, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(Asked.of(new Relay.Answer.Received(URI.create("https://emsp.example/"), answered)).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void whoWasNotReachedIsAwayAndWhyIsToldWithoutAddresses() {
        Relay.Answer answer = new Relay.Answer.Failed(OcpiStatus.RECEIVER_NOT_CONNECTED, "no connection: 10.0.0.1", false);

        assertThat(Asked.of(answer)).isEqualTo(new Asked.Away("the eMSP cannot be reached at the moment"));
        assertThat(Asked.of(new Relay.Answer.Failed(OcpiStatus.FORWARD_TIMED_OUT, "", true))).isEqualTo(new Asked.Away("the eMSP gave no answer in time"));
        assertThat(Asked.of(new Relay.Answer.Failed(OcpiStatus.HUB_ERROR, "", true))).isInstanceOf(Asked.Away.class);
    }
}
