package org.roaminghub.charging.fold;

/** The OCPI EVSE status values that charging events can lead to (OCPI 2.2.1, module Locations). */
public enum EvseStatus { AVAILABLE, CHARGING, INOPERATIVE, OUTOFORDER, RESERVED, UNKNOWN }
