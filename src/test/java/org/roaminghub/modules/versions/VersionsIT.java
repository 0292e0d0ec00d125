package org.roaminghub.modules.versions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Answer;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;

/** Chapter version_information_endpoint. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class VersionsIT {
    @Inject
    Partners221 partners;

    private final Platform alpha = Partners221.alpha();

    @BeforeEach
    void connected() {
        partners.connect();
    }

    @Test
    void versionsNameAbsoluteUrlsThatWork_VER01_VER02_VER03() {
        Answer versions = alpha.get("/ocpi/versions").is(200, 1000);

        assertThat(versions.data()).isNotEmpty();
        for (JsonNode version : versions.data()) {
            assertThat(SchemaCheck.check("Version", version, Mode.FULL)).isEmpty();
            assertThat(version.path("url").asText()).startsWith("http").contains(version.path("version").asText());
            assertThat(alpha.get(version.path("url").asText()).is(200, 1000).data().path("version")).isEqualTo(version.path("version"));
        }
    }

    @Test
    void detailsFitTheTablesAndNameBothInterfacesOfEveryModule_VER04_VER05_VER07() {
        JsonNode details = alpha.get("/ocpi/2.2.1").is(200, 1000).data();

        assertThat(SchemaCheck.check("VersionDetails", details, Mode.FULL)).isEmpty();
        Set<String> interfaces = new HashSet<>();
        details.path("endpoints").forEach(endpoint -> interfaces.add(endpoint.path("identifier").asText() + " " + endpoint.path("role").asText()));
        for (String module : new String[] {"locations", "tariffs", "tokens", "sessions", "cdrs"}) {
            assertThat(interfaces).contains(module + " SENDER", module + " RECEIVER");
        }
    }

    @Test
    void credentialsAreListedOnceAsSender_VER06() {
        JsonNode details = alpha.get("/ocpi/2.2.1").is(200, 1000).data();

        assertThat(details.path("endpoints")).filteredOn(endpoint -> endpoint.path("identifier").asText().equals("credentials"))
                .singleElement().satisfies(endpoint -> assertThat(endpoint.path("role").asText()).isEqualTo("SENDER"));
    }

    @Test
    void everySenderThatIsListedServesItsList_VER08_TRANS06() {
        // Of these there is nothing to list: results and profiles come to URLs that were given with a request.
        List<String> withoutList = List.of("credentials", "commands", "chargingprofiles");
        for (JsonNode endpoint : alpha.get("/ocpi/2.2.1").data().path("endpoints")) {
            if (endpoint.path("role").asText().equals("SENDER") && !withoutList.contains(endpoint.path("identifier").asText())) {
                assertThat(alpha.get(endpoint.path("url").asText()).is(200, 1000).data().isArray()).isTrue();
            }
        }
    }

    @Test
    void urlsCarryTheVersion_VER09() {
        alpha.get("/ocpi/2.2.1").data().path("endpoints").forEach(endpoint -> assertThat(endpoint.path("url").asText()).contains("/2.2.1/"));
    }

    @Test
    void askingChangesNothing_VER16() {
        String before = alpha.get("/ocpi/versions").data().toString();

        assertThat(alpha.get("/ocpi/versions").data().toString()).isEqualTo(before);
    }
}
