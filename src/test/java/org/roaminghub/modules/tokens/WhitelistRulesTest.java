package org.roaminghub.modules.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.roaminghub.modules.tokens.WhitelistRules.Decision;
import org.roaminghub.modules.tokens.WhitelistRules.Whitelist;

/** Whitelist type, validity and what came of asking, as one table. */
class WhitelistRulesTest {

    @ParameterizedTest
    @CsvSource({
            "ALWAYS,          true,  -,       ALLOW_FROM_STORE",
            "ALWAYS,          false, -,       REFUSE_AS_INVALID",
            "ALLOWED,         true,  -,       ALLOW_FROM_STORE",
            "ALLOWED,         false, -,       ASK",
            "ALLOWED,         false, TOLD,    AS_ANSWERED",
            "ALLOWED,         false, REFUSED, REFUSE_AS_ANSWERED",
            "ALLOWED,         false, AWAY,    REFUSE_UNASKED",
            "ALLOWED_OFFLINE, true,  -,       ASK",
            "ALLOWED_OFFLINE, false, -,       ASK",
            "ALLOWED_OFFLINE, true,  TOLD,    AS_ANSWERED",
            "ALLOWED_OFFLINE, false, TOLD,    AS_ANSWERED",
            "ALLOWED_OFFLINE, true,  REFUSED, REFUSE_AS_ANSWERED",
            "ALLOWED_OFFLINE, false, REFUSED, REFUSE_AS_ANSWERED",
            "ALLOWED_OFFLINE, true,  AWAY,    ALLOW_FROM_STORE",
            "ALLOWED_OFFLINE, false, AWAY,    REFUSE_UNASKED",
            "NEVER,           true,  -,       ASK",
            "NEVER,           false, -,       ASK",
            "NEVER,           true,  TOLD,    AS_ANSWERED",
            "NEVER,           false, TOLD,    AS_ANSWERED",
            "NEVER,           true,  REFUSED, REFUSE_AS_ANSWERED",
            "NEVER,           false, REFUSED, REFUSE_AS_ANSWERED",
            "NEVER,           true,  AWAY,    REFUSE_UNASKED",
            "NEVER,           false, AWAY,    REFUSE_UNASKED"})
    void theWholeTable_TOK17_TOK18_TOK19_TOK20_TOK21_A59(Whitelist whitelist, boolean valid, String asked, Decision decision) {
        assertThat(WhitelistRules.decide(false, whitelist, valid, asked(asked))).isEqualTo(decision);
    }

    @ParameterizedTest
    @EnumSource(Whitelist.class)
    void aCommandSparesTheQuestionWhateverTheWhitelistSays_CMD11(Whitelist whitelist) {
        assertThat(WhitelistRules.decide(true, whitelist, true, Optional.empty())).isEqualTo(Decision.ALLOW_BY_COMMAND);
        assertThat(WhitelistRules.decide(true, whitelist, false, Optional.empty())).isEqualTo(Decision.ALLOW_BY_COMMAND);
    }

    @Test
    void aTypeThatOcpiDoesNotKnowGivesNoPermissionOfItsOwn() {
        assertThat(Whitelist.of("SOMETIMES")).isEqualTo(Whitelist.NEVER);
        assertThat(Whitelist.of("ALLOWED_OFFLINE")).isEqualTo(Whitelist.ALLOWED_OFFLINE);
    }

    private static Optional<Asked> asked(String what) {
        return switch (what) {
            case "TOLD" -> Optional.of(new Asked.Told(JsonNodeFactory.instance.objectNode().put("allowed", "BLOCKED")));
            case "REFUSED" -> Optional.of(new Asked.Refused("unknown"));
            case "AWAY" -> Optional.of(new Asked.Away("gone"));
            default -> Optional.empty();
        };
    }
}
