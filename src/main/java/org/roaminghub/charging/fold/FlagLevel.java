package org.roaminghub.charging.fold;

/** What a flag leads to (event-model.md, section 7). */
public enum FlagLevel { COUNTED, ALERT, HOLD, QUARANTINE }
