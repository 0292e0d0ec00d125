package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.PostgresForTests;

/** {@code validation: accept} tolerates faults in objects; it must not let anything in that the hub cannot order, own or give back. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class LenientPartnerIT {
    private static final String T1 = "2026-01-01T10:00:00Z";

    @Inject
    Partners221 partners;

    private final Platform lenient = Partners221.lenient();

    @BeforeEach
    void connected() {
        partners.connect();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CDRS", "TOKENS"})
    void faultsOfTheTablesAreToleratedAndKept_D2(ObjectModule module) {
        String id = Bodies.newId("F");
        ObjectNode faulty = own(module, id, T1);
        faulty.put("currency", "FAR TOO LONG").put("time_zone", 7).put("elements", "none").put("kwh", "text");

        lenient.put(module.path("NL/LEN", id), faulty).is(201, 1000);

        assertThat(lenient.get(module.path("NL/LEN", id)).is(200, 1000).data()).isEqualTo(faulty);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CDRS", "TOKENS"})
    void withoutATimeNothingCanBeOrdered_A18(ObjectModule module) {
        String id = Bodies.newId("F");
        for (String time : new String[] {"yesterday", "", "\"},{"}) {
            lenient.put(module.path("NL/LEN", id), own(module, id, T1).put("last_updated", time)).is(200, 2001).tells("last_updated");
        }
        ObjectNode without = own(module, id, T1);
        without.remove("last_updated");
        lenient.put(module.path("NL/LEN", id), without).is(200, 2001).tells("last_updated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "[\"E1\"]", "[null]", "[[]]", "{\"uid\":\"E1\"}", "\"E1\"", "7"})
    void evsesOfAnyShapeNeverFailTheHub_D2(String evses) {
        String id = Bodies.newId("F");
        String document = own(ObjectModule.LOCATIONS, id, T1).toString().replaceFirst("\"evses\":\\[.*]", "\"evses\":" + evses);
        String path = ObjectModule.LOCATIONS.path("NL/LEN", id);

        lenient.put(path, document).tellsNothingOfTheInside();
        lenient.put(path, own(ObjectModule.LOCATIONS, id, T1)).tellsNothingOfTheInside();

        lenient.patch(path, Bodies.object("{\"last_updated\":\"2026-01-01T11:00:00Z\",\"evses\":%s}", evses)).tellsNothingOfTheInside();
        lenient.patch(path + "/E1", Bodies.object("{\"last_updated\":\"2026-01-01T11:00:00Z\",\"connectors\":%s}", evses)).tellsNothingOfTheInside();
        lenient.put(path + "/E1", Bodies.object("{\"uid\":\"E1\",\"last_updated\":\"2026-01-01T12:00:00Z\",\"connectors\":%s}", evses)).tellsNothingOfTheInside();
        lenient.put(path + "/E1/1", Bodies.connector("1", "2026-01-01T13:00:00Z")).tellsNothingOfTheInside();
        lenient.get(path).tellsNothingOfTheInside();
        lenient.get(path + "/E1/1").tellsNothingOfTheInside();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[7]", "7", "[null]", "{}", "[{}]"})
    void periodsOfAnyShapeNeverFailTheHub_D2(String periods) {
        String id = Bodies.newId("F");
        String path = ObjectModule.SESSIONS.path("NL/LEN", id);
        lenient.put(path, own(ObjectModule.SESSIONS, id, T1)).is(201, 1000);

        lenient.patch(path, Bodies.object("{\"last_updated\":\"2026-01-01T11:00:00Z\",\"charging_periods\":%s}", periods)).tellsNothingOfTheInside();
        lenient.patch(path, Bodies.object("{\"last_updated\":\"2026-01-01T12:00:00Z\",\"charging_periods\":%s}", periods)).tellsNothingOfTheInside();
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSIONS", "CDRS"})
    void withoutACardNobodyCouldReceiveIt_SES26_CDR13(ObjectModule module) {
        ObjectNode document = own(module, Bodies.newId("F"), T1);
        document.remove("cdr_token");

        Answer answer = module == ObjectModule.CDRS ? lenient.post(module.endpoint(), document)
                : lenient.put(module.path("NL/LEN", document.path("id").asText()), document);

        answer.is(200, 2001).tells("cdr_token");
    }

    @Test
    void ownershipIsNotAMatterOfTolerance_TRANS27() {
        String id = Bodies.newId("F");

        lenient.put(ObjectModule.TARIFFS.path(id), Bodies.tariff(id, T1)).is(404, 2000);
    }

    private static ObjectNode own(ObjectModule module, String id, String updated) {
        return module.body(id, updated).put("party_id", "LEN");
    }
}
