package org.roaminghub.modules.core;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.roaminghub.exchange.Translator;
import org.roaminghub.ocpi.Envelope;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.Translated;
import org.roaminghub.ocpi.Translation;
import org.roaminghub.ocpi.versions.OcpiVersion;

/**
 * The hub's resources stand below the path of its own version. A request to another version comes in here and is that of the same
 * resource from then on; its answer leaves in the version it was asked in, documents and URLs alike (D9).
 */
class VersionPaths {
    private static final String ASKED = "org.roaminghub.version";
    private static final Pattern PATH = Pattern.compile("/ocpi/([0-9.]+)(/.*)?");
    private static final List<String> URL_HEADERS = List.of("Location", "Link");

    private final OcpiRequest request;
    private final Translator translator;
    private final Clock clock;

    VersionPaths(OcpiRequest request, Translator translator, Clock clock) {
        this.request = request;
        this.translator = translator;
        this.clock = clock;
    }

    /** Before {@link RoutedPaths}, which knows the hub's own version only. */
    @ServerRequestFilter(preMatching = true, priority = Priorities.USER - 1)
    void toOurs(ContainerRequestContext context) {
        String path = context.getUriInfo().getPath();
        Matcher matcher = PATH.matcher(path);
        Optional<OcpiVersion> version = matcher.matches() ? OcpiVersion.of(matcher.group(1)) : Optional.empty();
        version.ifPresent(asked -> {
            context.setProperty(ASKED, asked);
            if (asked != OcpiVersion.HUB) {
                Rewritten.to(context, Rewritten.rawPath(context).replaceFirst("^/+[^/]+/+[^/]+", OcpiUrls.BASE));
            }
        });
    }

    /** The version whose path was called; empty for the list of versions. */
    static Optional<OcpiVersion> asked(ContainerRequestContext context) {
        return Optional.ofNullable((OcpiVersion) context.getProperty(ASKED));
    }

    /** Before {@link OcpiFilter} writes the answer down. */
    @ServerResponseFilter(priority = Priorities.USER + 1)
    void toTheirs(ContainerRequestContext context, ContainerResponseContext response) {
        Optional<OcpiVersion> version = asked(context);
        Optional<Translation> translation = version.flatMap(OcpiVersion::translation);
        if (translation.isEmpty()) {
            return;
        }
        for (String header : URL_HEADERS) {
            Optional.ofNullable(response.getHeaders().getFirst(header)).ifPresent(url -> response.getHeaders().putSingle(header, OcpiUrls.inVersion(url.toString(), version.get())));
        }
        if (response.getEntity() instanceof String text) {
            response.setEntity(answer(translation.get(), text));
        }
    }

    private String answer(Translation translation, String text) {
        boolean documents = request.module() != null && request.caller() != null;
        Translator.Answer answer = Translator.answer(text,
                data -> documents ? translator.outbound(translation, request.caller().partner(), request.module(), data) : Translated.Carried.unchanged(data), translation::status);
        return answer.withheld().map(reason -> Envelope.of(OcpiStatus.SERVER_ERROR, reason, null, clock.instant())).orElse(answer.text());
    }
}
