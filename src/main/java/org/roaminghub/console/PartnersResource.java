package org.roaminghub.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.roaminghub.delivery.LaneControl;
import org.roaminghub.delivery.Lanes;
import org.roaminghub.modules.credentials.Handshake;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.partners.PartnerConnection;
import org.roaminghub.partners.PartnerFiles;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.OcpiSettings.Registration;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.pull.Pulls;

/** Partners: the state of each connection, and the handshakes and stops that operators start. */
@Path("/api/v1/partners")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "partners")
@RolesAllowed(Roles.VIEWER)
class PartnersResource {
    private static final Logger LOG = Logger.getLogger(PartnersResource.class);

    private final Partners partners;
    private final PartnerFiles files;
    private final PartnerViews views;
    private final Handshake handshake;
    private final Lanes lanes;
    private final Pulls pulls;
    private final Reading reading;
    private final SecurityIdentity caller;

    PartnersResource(Partners partners, PartnerFiles files, PartnerViews views, Handshake handshake, Lanes lanes, Pulls pulls, Reading reading,
            SecurityIdentity caller) {
        this.partners = partners;
        this.files = files;
        this.views = views;
        this.handshake = handshake;
        this.lanes = lanes;
        this.pulls = pulls;
        this.reading = reading;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Partners with the state of their connection")
    public Page<PartnerItem> list(@BeanParam ListQuery query) {
        String after = query.after(1).map(key -> key.get(0)).orElse("");
        List<PartnerConfig> configs = partners.all().stream().filter(config -> config.partner().compareTo(after) > 0).limit(query.limit() + 1L).toList();
        return Page.of(reading.read(handle -> views.items(handle, configs)), query.limit(), item -> List.of(item.partner()));
    }

    @GET
    @Path("{partner}")
    @Operation(summary = "One partner")
    public PartnerItem one(@PathParam("partner") String partner) {
        PartnerConfig config = config(partner);
        return reading.read(handle -> views.items(handle, List.of(config))).get(0);
    }

    @POST
    @Path("reload")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Read the partner files now; with a fault anywhere nothing changes and the faults are answered")
    public PartnerFiles.Reload reload() {
        return files.reload();
    }

    @POST
    @Path("{partner}/register")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Start the registration with this partner; its file must have versions_url and their_token")
    public PartnerItem register(@PathParam("partner") String partner) {
        PartnerConfig config = config(partner);
        Registration.WeStart start = Partners.weStart(config).orElseThrow(() -> ApiProblem.conflict("The partner starts",
                partner + " registers with us; for us to start, its file needs ocpi.registration.versions_url and their_token"));
        if (isRegistered(partner)) {
            throw ApiProblem.conflict("Registered already", partner + " is registered; use rotate-token for new tokens");
        }
        withPartner(config, "POST", () -> handshake.start(config, start.versionsUrl().toString(), start.theirToken().value(), "POST"));
        return one(partner);
    }

    @POST
    @Path("{partner}/rotate-token")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Agree on new tokens with a registered partner, both directions")
    public PartnerItem rotateToken(@PathParam("partner") String partner) {
        PartnerConfig config = registered(partner);
        withPartner(config, "PUT", () -> handshake.rotate(config));
        return one(partner);
    }

    @POST
    @Path("{partner}/unregister")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "End the registration: DELETE of our credentials there, and nothing is sent or taken any more")
    public PartnerItem unregister(@PathParam("partner") String partner) {
        PartnerConfig config = registered(partner);
        withPartner(config, "DELETE", () -> handshake.end(config));
        return one(partner);
    }

    @GET
    @Path("{partner}/credentials")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "What the partner's credentials endpoint says of itself now: url and roles; its token is not shown")
    public JsonNode credentials(@PathParam("partner") String partner) {
        PartnerConfig config = registered(partner);
        AtomicReference<JsonNode> theirs = new AtomicReference<>();
        withPartner(config, "GET", () -> theirs.set(handshake.theirs(config)));
        return theirs.get();
    }

    private PartnerConfig registered(String partner) {
        PartnerConfig config = config(partner);
        if (!isRegistered(partner)) {
            throw ApiProblem.conflict("Not registered", partner + " is not registered, so there are no credentials to work with");
        }
        return config;
    }

    @POST
    @Path("{partner}/pause")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Pause all lanes of this partner; nothing is lost")
    public Map<String, Object> pause(@PathParam("partner") String partner) {
        return onLanes("pause", partner, LaneControl::pause);
    }

    @POST
    @Path("{partner}/resume")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Resume all lanes of this partner")
    public Map<String, Object> resume(@PathParam("partner") String partner) {
        return onLanes("resume", partner, LaneControl::resume);
    }

    @POST
    @Path("{partner}/pull")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Pull this partner's lists now: what changed, or everything with full=true; of one module, or of all")
    public Map<String, Object> pull(@PathParam("partner") String partner, @QueryParam("module") String module, @QueryParam("full") boolean full) {
        config(partner);
        Optional<ModuleId> one = ListQuery.blank(module) ? Optional.empty()
                : Optional.of(ModuleId.of(module).orElseThrow(() -> ApiProblem.invalid("module", "expected an OCPI module such as locations")));
        int lists = pulls.request(partner, one, full);
        if (lists == 0) {
            throw ApiProblem.conflict("Nothing to pull", partner + " has no such list: a pull needs a registration, a SENDER endpoint of the module and an agreement");
        }
        LOG.infof("Pull of %d lists of %s asked for by %s", lists, partner, caller.getPrincipal().getName());
        return Map.of("partner", partner, "lists", lists);
    }

    private Map<String, Object> onLanes(String what, String partner, Consumer<LaneControl> action) {
        config(partner);
        List<Long> ids = reading.read(handle -> handle.select("select id from lane where partner = ? order by id", partner).mapTo(Long.class).list());
        List<LaneControl> open = ids.stream().map(lanes::control).flatMap(Optional::stream).toList();
        open.forEach(action);
        LOG.infof("Partner %s: %s of %d lanes by %s", partner, what, open.size(), caller.getPrincipal().getName());
        return Map.of("partner", partner, "lanes", open.size());
    }

    private void withPartner(PartnerConfig config, String method, Runnable work) {
        try {
            work.run();
        } catch (OcpiException e) {
            throw ApiProblem.partner(e.getMessage() + "; the exchange log has the details: GET /api/v1/exchanges?partner=" + config.partner() + "&module=credentials");
        }
        LOG.infof("Credentials (%s) with %s by %s", method, config.partner(), caller.getPrincipal().getName());
    }

    private boolean isRegistered(String partner) {
        return partners.connection(partner).map(connection -> connection.state == PartnerConnection.State.REGISTERED).orElse(false);
    }

    private PartnerConfig config(String partner) {
        return partners.config(partner).orElseThrow(() -> ApiProblem.absent("partner", "no partner file names " + partner + "; GET /api/v1/partners lists those that do"));
    }
}
