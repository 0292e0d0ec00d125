package org.roaminghub.exchange;

import java.net.URI;
import java.util.Optional;

/** Partners that serve their URLs only with a slash at the end. */
final class Slashes {
    private Slashes() {
    }

    /** The same call to the same path with a slash at its end. */
    static PartnerCall ended(PartnerCall call) {
        return to(call, ended(call.uri()));
    }

    /**
     * The call again, where the answer is a 307 or 308 to the same URL with a slash at its end. Any other redirect is none of ours
     * to follow: a partner's URLs are those it registered (D12).
     */
    static Optional<PartnerCall> redirected(PartnerCall call, Outcome outcome) {
        boolean moved = outcome instanceof Outcome.Answered answered && (answered.httpStatus() == 307 || answered.httpStatus() == 308);
        return !moved ? Optional.empty() : ((Outcome.Answered) outcome).location().flatMap(location -> {
            try {
                URI target = call.uri().resolve(URI.create(location));
                URI slashed = ended(call.uri());
                // Some frameworks behind a proxy redirect to http; the path is what they mean, the rest stays ours.
                boolean spelling = !slashed.equals(call.uri()) && slashed.getHost().equalsIgnoreCase(target.getHost()) && slashed.getRawPath().equals(target.getRawPath());
                return spelling ? Optional.of(to(call, slashed)) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    private static URI ended(URI uri) {
        if (uri.getRawPath().endsWith("/")) {
            return uri;
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath() + "/" + query);
    }

    private static PartnerCall to(PartnerCall call, URI uri) {
        return new PartnerCall(call.partner(), call.module(), call.method(), uri, call.headers(), call.body(), call.object(), call.correlationId(), call.attempt(),
                call.timeout());
    }
}
