package org.roaminghub.modules.tokens;

import java.util.Arrays;
import java.util.Optional;

/** What a card's whitelist type says about a driver at the reader (TOK-17 … TOK-21). Pure: no store, no network. */
final class WhitelistRules {
    private WhitelistRules() {
    }

    /** OCPI's WhitelistType. */
    enum Whitelist {
        ALWAYS,
        ALLOWED,
        ALLOWED_OFFLINE,
        NEVER;

        /** A word that OCPI does not know gives no permission of its own: the eMSP is asked. */
        static Whitelist of(String text) {
            return Arrays.stream(values()).filter(type -> type.name().equals(text)).findFirst().orElse(NEVER);
        }
    }

    /** What to do. */
    enum Decision {
        /** The eMSP sent a command with this card to this place (CMD-11). */
        ALLOW_BY_COMMAND,
        ALLOW_FROM_STORE,
        /** In real time; decide again with what came of it. */
        ASK,
        /** What the eMSP said is the answer. */
        AS_ANSWERED,
        /** An ALWAYS token is never asked for, so an invalid one is of no use. */
        REFUSE_AS_INVALID,
        /** The eMSP answered and gave no permission: the card or the place is not known to it. */
        REFUSE_AS_ANSWERED,
        /** No answer of the eMSP, and the store may not stand in for it. */
        REFUSE_UNASKED
    }

    /**
     * Decides.
     *
     * @param commanded whether a command with this card to this place still holds
     * @param valid     the token's own word
     * @param asked     what came of asking; empty before
     */
    static Decision decide(boolean commanded, Whitelist whitelist, boolean valid, Optional<Asked> asked) {
        if (commanded) {
            return Decision.ALLOW_BY_COMMAND;
        }
        if (asked.isPresent()) {
            return answered(whitelist, valid, asked.get());
        }
        return switch (whitelist) {
            case ALWAYS -> valid ? Decision.ALLOW_FROM_STORE : Decision.REFUSE_AS_INVALID;
            // Its state may have changed since it was pushed, so an invalid one is asked for (TOK-21).
            case ALLOWED -> valid ? Decision.ALLOW_FROM_STORE : Decision.ASK;
            case ALLOWED_OFFLINE, NEVER -> Decision.ASK;
        };
    }

    private static Decision answered(Whitelist whitelist, boolean valid, Asked asked) {
        if (asked instanceof Asked.Told) {
            return Decision.AS_ANSWERED;
        }
        if (asked instanceof Asked.Refused) {
            return Decision.REFUSE_AS_ANSWERED;
        }
        return whitelist == Whitelist.ALLOWED_OFFLINE && valid ? Decision.ALLOW_FROM_STORE : Decision.REFUSE_UNASKED;
    }
}
