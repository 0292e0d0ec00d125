package org.roaminghub.partners.config;

import java.time.Duration;

/**
 * When somebody is to be told.
 *
 * @param cdrDelay        from the end of a session until its CDR is late; default 15 minutes
 * @param locationPushAge how old an undelivered location change may get; default 60 seconds
 */
public record AlertSettings(Duration cdrDelay, Duration locationPushAge) {}
