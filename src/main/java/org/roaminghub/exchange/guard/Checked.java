package org.roaminghub.exchange.guard;

import java.net.InetAddress;
import java.net.URI;

/** What {@link UrlGuard} says of a URL. */
public sealed interface Checked {

    /**
     * The hub may connect, to exactly this address: resolving the name again could give another one.
     *
     * @param uri     the URL as given; its host still belongs into the Host header, SNI and the certificate check
     * @param address where to connect
     * @param port    1 to 65535; the scheme's own if the URL names none
     */
    record Allowed(URI uri, InetAddress address, int port) implements Checked {}

    /** The hub must not connect. @param detail a sentence for the exchange log and the operator, without secrets */
    record Refused(Reason reason, String detail) implements Checked {}

    /** Why not, for counting and for choosing what to tell the partner. */
    enum Reason {
        /** No scheme or one other than http and https. */
        SCHEME,
        /** http where https is required. */
        NOT_ENCRYPTED,
        /** No host, or one that cannot be read. */
        HOST,
        /** A user name or password stands in the URL. */
        USER_INFO,
        /** A #fragment stands in the URL; it would never be sent. */
        FRAGMENT,
        /** A port outside 1 to 65535. */
        PORT,
        /** An IP address in a spelling that programs read differently: 0x7f.1, 2130706433, 010.0.0.1. */
        ADDRESS_SPELLING,
        /** The name has no address. */
        UNKNOWN_HOST,
        /** An address of this machine, a private network or another range that is not on the public internet. */
        NOT_PUBLIC
    }
}
