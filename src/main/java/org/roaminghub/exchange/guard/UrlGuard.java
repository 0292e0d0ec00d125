package org.roaminghub.exchange.guard;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.roaminghub.exchange.guard.Checked.Allowed;
import org.roaminghub.exchange.guard.Checked.Reason;
import org.roaminghub.exchange.guard.Checked.Refused;

/**
 * Checks a URL that came from a partner before the hub connects to it (design D12). Without it a partner could make the hub read
 * from its own network, for instance the credentials that a cloud's metadata service hands out at 169.254.169.254.
 *
 * <p>Redirects are new URLs: follow none, or check each.
 */
public final class UrlGuard {

    private static final Pattern DOTTED_QUAD = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    // Resolvers read a host as a number if its last label is one, in decimal, octal or hex.
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(0[xX][0-9a-fA-F]*|\\d+)\\.?");

    private UrlGuard() {}

    /**
     * Checks the form of the URL and every address of its host; one address that is not public refuses them all.
     *
     * @param allowPrivate the setting HUB_ALLOW_PRIVATE_ADDRESSES (contracts §1): http and non-public addresses are let through;
     *                     malformed URLs, multicast, broadcast and the unspecified address are not
     * @return the one address to connect to, or why not; never throws for a bad URL
     */
    public static Checked check(URI uri, boolean allowPrivate, Resolver resolver) {
        Optional<Refused> refused = objectionToForm(uri, allowPrivate);
        if (refused.isPresent()) {
            return refused.get();
        }
        InetAddress[] addresses;
        try {
            addresses = addresses(uri.getHost(), resolver);
        } catch (UnknownHostException e) {
            return new Refused(Reason.UNKNOWN_HOST, "the host " + uri.getHost() + " has no address");
        }
        for (InetAddress address : addresses) {
            Optional<String> objection = AddressClass.objection(address, allowPrivate);
            if (objection.isPresent()) {
                return new Refused(Reason.NOT_PUBLIC,
                        "the host " + uri.getHost() + " is at " + AddressClass.text(address) + ", which is " + objection.get());
            }
        }
        return new Allowed(uri, addresses[0], port(uri));
    }

    private static Optional<Refused> objectionToForm(URI uri, boolean allowPrivate) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return refused(Reason.SCHEME, "the URL must begin with https://");
        }
        if (scheme.equals("http") && !allowPrivate) {
            return refused(Reason.NOT_ENCRYPTED, "the URL must use https, not http (TRANS-01)");
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        if (authority.indexOf('@') >= 0) {
            return refused(Reason.USER_INFO, "the URL must not hold a user name or password");
        }
        if (uri.getRawFragment() != null) {
            return refused(Reason.FRAGMENT, "the URL must not hold a #fragment");
        }
        if (isOddNumber(authority)) {
            return refused(Reason.ADDRESS_SPELLING, "an IPv4 address must be written as four decimal numbers without leading zeros");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            return refused(Reason.HOST, "the URL has no host, or one that cannot be read");
        }
        if (uri.getHost().indexOf('%') >= 0) {
            return refused(Reason.ADDRESS_SPELLING, "an IPv6 address must not name a zone");
        }
        if (port(uri) < 1 || port(uri) > 65_535) {
            return refused(Reason.PORT, "the port must be between 1 and 65535");
        }
        return Optional.empty();
    }

    private static boolean isOddNumber(String authority) {
        int colon = authority.indexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        return NUMERIC.matcher(host).matches() && !DOTTED_QUAD.matcher(host).matches();
    }

    // A literal is not a question for the resolver, and must mean to us what it says.
    private static InetAddress[] addresses(String host, Resolver resolver) throws UnknownHostException {
        if (host.startsWith("[") || DOTTED_QUAD.matcher(host).matches()) {
            return new InetAddress[] {InetAddress.getByName(host)};
        }
        InetAddress[] addresses = resolver.resolve(host);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }

    private static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static Optional<Refused> refused(Reason reason, String detail) {
        return Optional.of(new Refused(reason, detail));
    }
}
