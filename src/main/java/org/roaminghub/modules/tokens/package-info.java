/**
 * Tokens: owned by eMSPs, identified by uid and type (TOK-07), never deleted (TOK-02).
 *
 * <p>Read {@link org.roaminghub.modules.tokens.TokensReceiver}, then {@link org.roaminghub.modules.tokens.Tokens}; for drivers at a
 * reader {@link org.roaminghub.modules.tokens.WhitelistRules}, then {@link org.roaminghub.modules.tokens.RealTime}.
 */
package org.roaminghub.modules.tokens;
