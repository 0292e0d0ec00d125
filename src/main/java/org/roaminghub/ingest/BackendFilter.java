package org.roaminghub.ingest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;

/** Lets only backends in that the partner files know: {@code Authorization: Bearer <backend token>}. */
class BackendFilter {
    private static final String SCHEME = "Bearer ";

    private final Partners partners;
    private final Backend backend;

    BackendFilter(Partners partners, Backend backend) {
        this.partners = partners;
        this.backend = backend;
    }

    /** The backend that makes the request. */
    @RequestScoped
    static class Backend {
        private PartnerConfig config;

        PartnerConfig config() {
            return config;
        }

        void config(PartnerConfig caller) {
            this.config = caller;
        }
    }

    @ServerRequestFilter
    Optional<Response> authenticate(ContainerRequestContext context) {
        if (!context.getUriInfo().getPath().startsWith("/backend/")) {
            return Optional.empty();
        }
        String header = context.getHeaderString("Authorization");
        Optional<PartnerConfig> caller = header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? Optional.empty()
                : partners.byBackendToken(header.substring(SCHEME.length()).trim());
        if (caller.isEmpty()) {
            return Optional.of(Problems.problem(401, "Unauthorized", "the backend token is missing or not known"));
        }
        backend.config(caller.get());
        return Optional.empty();
    }
}
