package org.roaminghub.routing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Paths that a requester writes and the hub puts behind the URL of somebody else's interface. */
final class RelayPaths {
    /** Some servers decode twice. */
    private static final int DECODINGS = 3;

    private RelayPaths() {
    }

    /**
     * Whether a path could lead beside the interface it is put behind: to the receiver's credentials, for instance, with the hub's
     * own token (D12). Ids may have slashes and dots of their own, so only whole segments count, as any server may read them.
     *
     * @param raw as it is sent, percent-encoded
     */
    static boolean leaveTheirInterface(String raw) {
        String path = raw;
        for (int times = 0; times <= DECODINGS; times++) {
            if (Arrays.stream(path.split("[/\\\\]")).map(segment -> segment.replaceFirst(";.*", "")).anyMatch(segment -> segment.equals("..") || segment.equals("."))) {
                return true;
            }
            try {
                path = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return false;
    }
}
