package org.roaminghub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a requester writes behind another partner's URL stays behind it (D12). */
class RelayPathsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/.", "/a/../b", "/a/%2e%2E/b", "/a%2f..%2fb", "/a/..%5Cb", "/..;x=1/b", "/..%3bx/b", "/%252e%252e/b", "/%25252e./b", "/a%252f..%252fb", "/%2e"})
    void aSegmentThatLeadsUpwardsIsFound_D12(String path) {
        assertThat(RelayPaths.leaveTheirInterface(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/NL/TCP/LOC1", "/a..b", "/...", "/a%2Fb", "/%25d", "/a.%2F.b", "/BE*BEC*E041503001", "/a+b", "/100%25"})
    void anIdMayHaveDotsSlashesAndPercents_A19(String path) {
        assertThat(RelayPaths.leaveTheirInterface(path)).isFalse();
    }
}
