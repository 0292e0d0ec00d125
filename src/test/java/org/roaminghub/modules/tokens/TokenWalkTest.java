package org.roaminghub.modules.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.delivery.Feed.Standing;
import org.roaminghub.delivery.Place;
import org.roaminghub.modules.tokens.TokenWalk.Known;
import org.roaminghub.ocpi.PartyId;

/** Where a reader of the token list goes on. */
class TokenWalkTest {
    private static final PartyId ALP = PartyId.of("DE", "ALP");
    private static final PartyId BET = PartyId.of("FR", "BET");
    private static final PartyId GAM = PartyId.of("BE", "GAM");
    private static final Place HORIZON = new Place(90, Long.MAX_VALUE);

    @Test
    void whoAsksForTheFirstTimeReadsEverybodyFromTheBeginning() {
        TokenWalk walk = TokenWalk.begin(Known.NOTHING, HORIZON, Set.of(BET, ALP));

        assertThat(walk.ahead()).containsExactly(new Standing(ALP, Place.START), new Standing(BET, Place.START));
        assertThat(walk.lost()).isEmpty();
        assertThat(walk.upTo()).isEqualTo(HORIZON);
    }

    @Test
    void whoComesBackReadsOnAndANewEmspFromItsBeginningAndHearsOfALostOne() {
        TokenWalk walk = TokenWalk.begin(Known.parse(new Known(50, Set.of(ALP, GAM)).text()), HORIZON, Set.of(ALP, BET));

        assertThat(walk.ahead()).containsExactly(new Standing(ALP, new Place(50, Long.MAX_VALUE)), new Standing(BET, Place.START));
        assertThat(walk.lost()).containsExactly(GAM);
        assertThat(walk.goal()).isEqualTo(new Known(90, Set.of(ALP, BET)));
    }

    @Test
    void aCursorGoesOnWhereThePageEndedAndKeepsTheGoal() {
        TokenWalk walk = TokenWalk.begin(new Known(50, Set.of(ALP, BET)), HORIZON, Set.of(ALP, BET, GAM)).at(ALP, new Place(60, 7));

        TokenWalk again = TokenWalk.parse(walk.cursor());

        assertThat(again).isEqualTo(walk);
        assertThat(again.ahead()).isEqualTo(List.of(new Standing(ALP, new Place(60, 7)), new Standing(BET, new Place(50, Long.MAX_VALUE))));
    }

    @Test
    void nobodyToReadOfIsAWalkToo() {
        Known nobody = new Known(90, Set.of());

        assertThat(Known.parse(nobody.text())).isEqualTo(nobody);
        assertThat(TokenWalk.begin(nobody, HORIZON, Set.of()).ahead()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "x;DE*ALP", "-1;DE*ALP", "1;ALP", "1;DE*ALP;2", "99999999999999999999;DE*ALP"})
    void whatIsNotOursIsRefused(String plain) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));

        assertThatIllegalArgumentException().isThrownBy(() -> Known.parse(text));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenWalk.parse(text));
        assertThatIllegalArgumentException().isThrownBy(() -> Known.parse("not base64!"));
    }
}
