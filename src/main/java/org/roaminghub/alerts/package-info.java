/**
 * What should have happened and did not: rules look every few seconds, and every alert names object, partner, reason and next step.
 *
 * <p>Read {@link org.roaminghub.alerts.AlertRule} first (one question to the tables, one pure judgement), then
 * {@link org.roaminghub.alerts.LifeCycle}, which makes openings and clearings of what was found (pure).
 *
 * <p>It reads the tables of other rooms and changes nothing but its own. It must not know how alerts are shown, and nothing
 * below it may know that there are alerts.
 */
package org.roaminghub.alerts;
