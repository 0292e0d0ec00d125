package org.roaminghub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a CDR is found when nobody answered (design D4). */
class CdrUrlsTest {
    private static final String ENDPOINT = "https://emsp.example/ocpi/cdrs";

    @Test
    void aRelativeLocationIsCompleted() {
        assertThat(CdrUrls.absolute(ENDPOINT, "/ocpi/cdrs/1")).contains("https://emsp.example/ocpi/cdrs/1");
        assertThat(CdrUrls.absolute(ENDPOINT, "https://other.example/1")).contains("https://other.example/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x/a b", "cdrs|1", "http://[broken", "%zz"})
    void aLocationThatIsNoUrlIsIgnored(String location) {
        assertThat(CdrUrls.absolute(ENDPOINT, location)).isEmpty();
    }

    @Test
    void onlyTheIdAtTheEndIsReplaced() {
        assertThat(CdrUrls.like("http://127.0.0.1:8081/cdrs/NL/1/1", "1", "2")).contains(URI.create("http://127.0.0.1:8081/cdrs/NL/1/2"));
        assertThat(CdrUrls.like("https://x/cdrs/A?v=A", "A", "B")).contains(URI.create("https://x/cdrs/B?v=A"));
    }

    @Test
    void idsAreEscaped() {
        assertThat(CdrUrls.like("https://x/cdrs/a%20b", "a b", "c/d|e")).contains(URI.create("https://x/cdrs/c%2Fd%7Ce"));
    }

    @Test
    void aUrlThatDoesNotEndWithTheIdTellsNothing() {
        assertThat(CdrUrls.like("https://x/cdrs/8f3e", "CDR-1", "CDR-2")).isEmpty();
        assertThat(CdrUrls.like("https://x/cdrs/XCDR-1", "CDR-1", "CDR-2")).isEmpty();
    }
}
