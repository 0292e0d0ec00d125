package org.roaminghub.console;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** HTTP Basic against the local users. A login that was seen a moment ago is answered on the event loop, others off it. */
@ApplicationScoped
class UserIdentityProvider implements IdentityProvider<UsernamePasswordAuthenticationRequest> {
    private final ConsoleUsers users;

    UserIdentityProvider(ConsoleUsers users) {
        this.users = users;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        String name = request.getUsername();
        String password = new String(request.getPassword().getPassword());
        Optional<ConsoleUsers.Login> remembered = users.remembered(name, password);
        if (remembered.isPresent()) {
            return Uni.createFrom().item(() -> identity(name, remembered.get()));
        }
        return context.runBlocking(() -> identity(name, users.login(name, password)));
    }

    private static SecurityIdentity identity(String name, ConsoleUsers.Login login) {
        String role = login.role().orElseThrow(() -> new AuthenticationFailedException("unknown user or wrong password"));
        return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name)).addRoles(Roles.includedIn(role)).addAttribute("role", role).build();
    }
}
