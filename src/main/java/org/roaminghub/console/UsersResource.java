package org.roaminghub.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Local users, and who one is oneself. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "users")
class UsersResource {
    private static final Logger LOG = Logger.getLogger(UsersResource.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
    private static final int SHORTEST = 10;
    /** bcrypt looks at no more. */
    private static final int LONGEST_BYTES = 72;

    private final ConsoleUsers users;
    private final Body bodies;
    private final SecurityIdentity caller;

    UsersResource(ConsoleUsers users, Body bodies, SecurityIdentity caller) {
        this.users = users;
        this.bodies = bodies;
        this.caller = caller;
    }

    @GET
    @Path("me")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Who is logged in, and with which role")
    public Map<String, String> me() {
        return Map.of("name", caller.getPrincipal().getName(), "role", caller.getAttribute("role"));
    }

    @GET
    @Path("users")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Local users")
    public Page<ConsoleUsers.User> list(@BeanParam ListQuery query) {
        String after = query.after(1).map(key -> key.get(0)).orElse("");
        return Page.of(users.list(after, query.limit() + 1), query.limit(), user -> List.of(user.name()));
    }

    @POST
    @Path("users")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Create a local user: {name, role, password}")
    public Response create(String text) {
        JsonNode body = bodies.object(text);
        String name = name(Body.text(body, "name", "a name such as anna or anna@example.org"));
        String role = role(body);
        if (!users.create(name, role, password(body))) {
            throw ApiProblem.conflict("Name taken", "there is a user " + name + "; change it with PUT /api/v1/users/" + name);
        }
        LOG.infof("User %s with role %s created by %s", name, role, caller.getPrincipal().getName());
        return Response.status(Response.Status.CREATED).entity(Map.of("name", name, "role", role)).build();
    }

    @PUT
    @Path("users/{name}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Give a local user another role and password: {role, password}")
    public Map<String, String> change(@PathParam("name") String name, String text) {
        JsonNode body = bodies.object(text);
        String role = role(body);
        if (name.equals(caller.getPrincipal().getName()) && !role.equals(Roles.ADMIN)) {
            throw ApiProblem.conflict("Would lock you out", "an admin cannot take the role admin from himself; let another admin do it");
        }
        if (!users.change(name, role, password(body))) {
            throw ApiProblem.absent("user", "there is no user " + name + "; create it with POST /api/v1/users");
        }
        LOG.infof("User %s with role %s changed by %s", name, role, caller.getPrincipal().getName());
        return Map.of("name", name, "role", role);
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ApiProblem.invalid("name", "expected up to 64 of a-z, 0-9, dot, underscore, hyphen and @, beginning with a letter or digit");
        }
        return name;
    }

    private static String role(JsonNode body) {
        return ListQuery.oneOf("role", Body.text(body, "role", "one of " + String.join(", ", Roles.ALL)).replace(",", ";"), Roles.ALL)[0];
    }

    private static String password(JsonNode body) {
        String password = Body.text(body, "password", "at least " + SHORTEST + " characters");
        if (password.length() < SHORTEST || password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            throw ApiProblem.invalid("password", "expected at least " + SHORTEST + " characters and at most " + LONGEST_BYTES + " bytes");
        }
        return password;
    }
}
