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
import org.roaminghub.PostgresForTests;

/** PATCH, the same for all modules that have it (chapter transport_and_format, PATCH). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class ObjectPatchIT {
    private static final String T1 = "2026-01-01T10:00:00Z";
    private static final String T2 = "2026-01-01T11:00:00Z";

    @Inject
    Partners221 partners;

    @BeforeEach
    void connected() {
        partners.connect();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CDRS", "TARIFFS"})
    void onlyNamedFieldsChange_TRANS22(ObjectModule module) {
        String id = stored(module);

        module.owner().patch(module.path(id), patch(module, T2)).is(200, 1000);

        assertThat(read(module, id)).isEqualTo(module.changed(id, T1).put("last_updated", T2));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CDRS", "TARIFFS"})
    void withoutLastUpdatedItIs2001_TRANS41_LOC18_SES14_TOK05(ObjectModule module) {
        String id = stored(module);

        Answer answer = module.owner().patch(module.path(id), Bodies.object("{\"%s\":\"%s\"}", module.changedField(), module.changedValue()));

        answer.is(200, 2001);
        assertThat(answer.message()).contains("last_updated");
        assertThat(read(module, id)).isEqualTo(module.body(id, T1));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CDRS", "TARIFFS"})
    void nullMeansUnchanged_A17(ObjectModule module) {
        String id = stored(module);

        module.owner().patch(module.path(id), Bodies.object("{\"%s\":null,\"last_updated\":\"%s\"}", module.changedField(), T2)).is(200, 1000);

        assertThat(read(module, id)).isEqualTo(module.body(id, T1).put("last_updated", T2));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CDRS", "TARIFFS"})
    void unknownObjectIs404SoThatASenderFallsBackToPut_TRANS23_TRANS35(ObjectModule module) {
        Answer answer = module.owner().patch(module.path(Bodies.newId("NONE")), patch(module, T2));

        answer.is(404, ObjectPutIT.absentCode(module));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CDRS", "TARIFFS"})
    void foreignObjectIsAnsweredLikeAnUnknownOne_TRANS27(ObjectModule module) {
        String id = stored(module);

        Answer foreign = module.reader().patch(module.path(id), patch(module, T2));
        Answer unknown = module.reader().patch(module.path(Bodies.newId("NONE")), patch(module, T2));

        foreign.is(404, ObjectPutIT.absentCode(module));
        assertThat(foreign.message()).isEqualTo(unknown.message());
        assertThat(read(module, id)).isEqualTo(module.body(id, T1));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CDRS", "TARIFFS"})
    void olderPatchIsIgnoredWithAMessage_A18(ObjectModule module) {
        String id = stored(module);

        Answer answer = module.owner().patch(module.path(id), patch(module, "2026-01-01T09:59:59Z"));

        answer.is(200, 1000);
        assertThat(answer.message()).contains("ignored");
        assertThat(read(module, id)).isEqualTo(module.body(id, T1));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CDRS", "TARIFFS"})
    void anotherIdOrPartyInThePatchIs2001_TRANS26(ObjectModule module) {
        String id = stored(module);

        Answer otherId = module.owner().patch(module.path(id), patch(module, T2).put(module.idField(), "OTHER"));
        Answer otherParty = module.owner().patch(module.path(id), patch(module, T2).put("party_id", "XXX"));

        otherId.is(200, 2001);
        otherParty.is(200, 2001);
        assertThat(read(module, id)).isEqualTo(module.body(id, T1));
        module.owner().get(module.path("OTHER")).is(404, ObjectPutIT.absentCode(module));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CDRS", "TARIFFS"})
    void wrongTypesAreNamedByPath_TRANS41(ObjectModule module) {
        String id = stored(module);

        Answer answer = module.owner().patch(module.path(id), patch(module, T2).put("country_code", 12).put(module.changedField(), 5));

        answer.is(200, 2001);
        assertThat(answer.message()).contains("country_code: expected", module.changedField() + ": expected");
        assertThat(read(module, id)).isEqualTo(module.body(id, T1));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CDRS", "TARIFFS"})
    void whatThePatchDoesNotNameKeepsItsDigitsAndExtensions_D1(ObjectModule module) {
        String id = Bodies.newId("P");
        ObjectNode extended = module.body(id, T1);
        extended.set("x_vendor", Bodies.object("{\"number\":1234.567891,\"zeros\":1.10,\"big\":12345678901234567890,\"list\":[{\"a\":null}]}"));
        module.push(id, extended).is(201, 1000);

        module.owner().patch(module.path(id), patch(module, T2)).is(200, 1000);

        assertThat(read(module, id).path("x_vendor").toString()).isEqualTo(extended.path("x_vendor").toString());
    }

    /** What a PATCH adds must be whole, or the stored object breaks the tables for everybody who reads it. */
    @Test
    void theResultOfAPatchIsAWholeObject_TRANS22_D2() {
        ObjectModule module = ObjectModule.TOKENS;
        String id = stored(module);

        Answer answer = module.owner().patch(module.path(id), Bodies.object("{\"energy_contract\":{\"contract_id\":\"1\"},\"last_updated\":\"%s\"}", T2));

        answer.is(200, 2001);
        assertThat(answer.message()).contains("energy_contract.supplier_name");
        assertThat(read(module, id)).isEqualTo(module.body(id, T1));
    }

    private static String stored(ObjectModule module) {
        String id = Bodies.newId("P");
        module.push(id, module.body(id, T1)).is(201, 1000);
        return id;
    }

    private static ObjectNode read(ObjectModule module, String id) {
        return (ObjectNode) module.owner().get(module.path(id)).is(200, 1000).data();
    }

    private static ObjectNode patch(ObjectModule module, String updated) {
        return Bodies.object("{\"%s\":\"%s\",\"last_updated\":\"%s\"}", module.changedField(), module.changedValue(), updated);
    }
}
