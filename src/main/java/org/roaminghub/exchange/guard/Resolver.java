package org.roaminghub.exchange.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host name. */
@FunctionalInterface
public interface Resolver {

    /** All addresses of the host, at least one. @throws UnknownHostException if there is none */
    InetAddress[] resolve(String host) throws UnknownHostException;

    /** The resolver of the machine. */
    static Resolver system() {
        return InetAddress::getAllByName;
    }
}
