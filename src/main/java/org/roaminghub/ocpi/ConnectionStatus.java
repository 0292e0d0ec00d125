package org.roaminghub.ocpi;

/** Whether a party can be reached through the hub; the names are the wire values of ConnectionStatus of OCPI 2.2.1 (HCI-05). */
public enum ConnectionStatus {
    /** Registered and alive: requests may flow (HCI-07). */
    CONNECTED,
    /** Registered, and it does not answer (HCI-08). */
    OFFLINE,
    /** It has never been connected yet (HCI-09). */
    PLANNED,
    /** It was connected and is not any more, for good as far as the hub knows (HCI-06, HCI-10). */
    SUSPENDED
}
