/**
 * The quirks of documents: what a partner's file says about the objects it sends and gets, as rules on JSON trees.
 *
 * <p>Read {@link org.roaminghub.modules.core.rules.DocumentRules} first, then {@link org.roaminghub.modules.core.rules.Rules}. Pure
 * functions: they know no module, no storage and no partner but its quirks.
 */
package org.roaminghub.modules.core.rules;
