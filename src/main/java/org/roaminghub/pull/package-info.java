/**
 * What the hub fetches itself: everything after a registration, what changed on a schedule and after an outage, page by page, and
 * what complete pulls do not show any more.
 *
 * <p>Read {@link org.roaminghub.pull.Pulls} first, then {@link org.roaminghub.pull.PullRun} and {@link org.roaminghub.pull.Walk},
 * which decides about the next page and is pure. It knows no charging station and no price, and stores objects as pushes do.
 */
package org.roaminghub.pull;
