/**
 * Tokens: owned by eMSPs, identified by uid and type (TOK-07), never deleted (TOK-02).
 *
 * <p>Read {@link org.roaminghub.modules.tokens.TokensReceiver}, then {@link org.roaminghub.modules.tokens.Tokens}. Real-time
 * authorisation is not here.
 */
package org.roaminghub.modules.tokens;
