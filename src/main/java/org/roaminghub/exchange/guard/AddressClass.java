package org.roaminghub.exchange.guard;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ranges that are not the public internet, after the IANA special-purpose address registries (RFC 6890 and its updates). */
final class AddressClass {

    /** @param neverAPartner true where nobody can listen, whatever the settings: multicast, broadcast, the unspecified address */
    private record Range(byte[] prefix, int bits, String name, boolean neverAPartner) {
        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Range> RANGES = List.of(
            never("0.0.0.0/32", "the unspecified address"),
            range("0.0.0.0/8", "this network"),
            range("10.0.0.0/8", "a private network"),
            range("100.64.0.0/10", "a carrier's shared network"),
            range("127.0.0.0/8", "this machine (loopback)"),
            range("169.254.0.0/16", "link-local, where cloud metadata services are"),
            range("172.16.0.0/12", "a private network"),
            range("192.0.0.0/24", "reserved for protocols"),
            range("192.0.2.0/24", "reserved for documentation"),
            range("192.88.99.0/24", "a retired relay range"),
            range("192.168.0.0/16", "a private network"),
            range("198.18.0.0/15", "reserved for benchmarks"),
            range("198.51.100.0/24", "reserved for documentation"),
            range("203.0.113.0/24", "reserved for documentation"),
            never("224.0.0.0/4", "multicast"),
            never("255.255.255.255/32", "broadcast"),
            range("240.0.0.0/4", "reserved"),
            never("::/128", "the unspecified address"),
            range("::1/128", "this machine (loopback)"),
            range("64:ff9b:1::/48", "a private translation range"),
            range("100::/64", "a discard range"),
            range("2001::/23", "reserved for protocols"),
            range("2001:db8::/32", "reserved for documentation"),
            range("3fff::/20", "reserved for documentation"),
            range("5f00::/16", "reserved for segment routing"),
            range("fc00::/7", "a private network (unique local)"),
            range("fe80::/10", "link-local"),
            range("fec0::/10", "a private network (site-local)"),
            never("ff00::/8", "multicast"));

    /** IPv6 ranges that carry an IPv4 address, and at which byte: what is reached is the address inside. */
    private record Carrier(Range range, int offset) {}

    private static final List<Carrier> CARRIERS = List.of(
            new Carrier(range("::ffff:0:0:0/96", "translated IPv4"), 12),
            new Carrier(mapped(), 12),
            new Carrier(range("::/96", "compatible IPv4"), 12),
            new Carrier(range("64:ff9b::/96", "NAT64"), 12),
            new Carrier(range("2002::/16", "6to4"), 2));

    private AddressClass() {}

    /** What is wrong with the address, in words; empty if it may be connected to. */
    static Optional<String> objection(InetAddress address, boolean allowPrivate) {
        return objection(address.getAddress(), allowPrivate);
    }

    private static Optional<String> objection(byte[] address, boolean allowPrivate) {
        for (Range range : RANGES) {
            if (range.holds(address)) {
                return range.neverAPartner || !allowPrivate ? Optional.of(range.name) : Optional.empty();
            }
        }
        for (Carrier carrier : CARRIERS) {
            if (carrier.range.holds(address)) {
                byte[] inside = Arrays.copyOfRange(address, carrier.offset, carrier.offset + 4);
                return objection(inside, allowPrivate).map(name -> name + ", written as " + carrier.range.name);
            }
        }
        return Optional.empty();
    }

    private static Range range(String cidr, String name) {
        int slash = cidr.indexOf('/');
        return new Range(bytes(cidr.substring(0, slash)), Integer.parseInt(cidr.substring(slash + 1)), name, false);
    }

    private static Range never(String cidr, String name) {
        Range range = range(cidr, name);
        return new Range(range.prefix, range.bits, name, true);
    }

    // Not through range(): Java turns the text ::ffff:0:0 into an IPv4 address.
    private static Range mapped() {
        byte[] prefix = new byte[16];
        prefix[10] = (byte) 0xFF;
        prefix[11] = (byte) 0xFF;
        return new Range(prefix, 96, "mapped IPv4", false);
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not an address: " + literal, e);
        }
    }

    /** For messages: the address without a name before it and without a zone behind it. */
    static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return address instanceof Inet4Address || zone < 0 ? text : text.substring(0, zone);
    }
}
