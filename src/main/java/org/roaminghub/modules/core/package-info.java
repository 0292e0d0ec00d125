/**
 * What the object modules share: verbs, ownership, last_updated rules, storage, paging, validation.
 *
 * <p>Read {@link org.roaminghub.modules.core.ObjectService} first, then {@link org.roaminghub.modules.core.Receiver}. It knows
 * no module by name except where a key is built differently, and nothing of charging stations.
 */
package org.roaminghub.modules.core;
