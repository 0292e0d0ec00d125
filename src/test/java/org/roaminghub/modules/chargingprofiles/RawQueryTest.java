package org.roaminghub.modules.chargingprofiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Only one parameter of a query is exchanged; the rest goes on as it was written. */
class RawQueryTest {
    @Test
    void aValueIsDecodedAndItsReplacementEncoded_CP04() {
        RawQuery query = new RawQuery("a=%2f+b&response_url=https%3A%2F%2Fx.example%2Fcb%3Fq%3D1%26r%3D%2526&&flag&z=");

        assertThat(query.value("response_url")).contains("https://x.example/cb?q=1&r=%26");
        assertThat(query.with("response_url", "http://hub/x?y=1&z")).isEqualTo("a=%2f+b&response_url=http%3A%2F%2Fhub%2Fx%3Fy%3D1%26z&&flag&z=");
    }

    @Test
    void whoDoesNotEncodeItsUrlIsUnderstoodAsFarAsPossible_CP04() {
        assertThat(new RawQuery("response_url=https://x.example/a+b?q=1").value("response_url")).contains("https://x.example/a+b?q=1");
    }

    @Test
    void aNameMayBeEncodedToo_CP04() {
        assertThat(new RawQuery("response%5Furl=x").with("response_url", "y")).isEqualTo("response_url=y");
    }

    @Test
    void noQueryHasNoValues() {
        assertThat(new RawQuery(null).value("duration")).isEmpty();
        assertThat(new RawQuery("duration").value("duration")).isEmpty();
    }

    @Test
    void twoValuesOrBrokenOnesAreTheSendersFault_CP04() {
        assertThatThrownBy(() -> new RawQuery("u=1&u=2").value("u")).hasMessageContaining("u: stands twice");
        assertThatThrownBy(() -> new RawQuery("u=%zz").value("u")).hasMessageContaining("not percent-encoded");
    }
}
