package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.roaminghub.PostgresForTests;

/** PUT, the same for all modules that have it (chapter transport_and_format, Client Owned Object Push). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class ObjectPutIT {
    private static final String OLD = "2026-01-01T10:00:00Z";
    private static final String NEW = "2026-01-01T11:00:00Z";

    @Inject
    Partners221 partners;

    @BeforeEach
    void connected() {
        partners.connect();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void putIs201WhenNewAnd200Afterwards_TRANS36(ObjectModule module) {
        String id = Bodies.newId("P");

        Answer created = module.owner().put(module.path(id), module.body(id, OLD));
        Answer same = module.owner().put(module.path(id), module.body(id, OLD));
        Answer updated = module.owner().put(module.path(id), module.changed(id, NEW));

        created.is(201, 1000);
        same.is(200, 1000);
        updated.is(200, 1000);
        assertThat(created.json().has("data")).as("no data in answers to pushes (A-06)").isFalse();
        assertThat(module.owner().get(module.path(id)).is(200, 1000).data()).isEqualTo(module.changed(id, NEW));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void putReplacesAndDoesNotMerge_TRANS21(ObjectModule module) {
        String id = Bodies.newId("P");
        module.owner().put(module.path(id), module.body(id, OLD).put("extra", 1)).is(201, 1000);

        module.owner().put(module.path(id), module.body(id, NEW)).is(200, 1000);

        assertThat(module.owner().get(module.path(id)).data().has("extra")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void idOfBodyMustBeThatOfUrl_TRANS26(ObjectModule module) {
        String id = Bodies.newId("P");

        Answer answer = module.owner().put(module.path(id), module.body("OTHER", OLD));

        answer.is(200, 2001);
        assertThat(answer.message()).contains("id");
        module.owner().get(module.path(id)).is(404, absentCode(module));
        module.owner().get(module.path("OTHER")).is(404, absentCode(module));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void partyOfBodyMustBeThatOfUrl_LOC15_SES12_TAR05_TOK04(ObjectModule module) {
        String id = Bodies.newId("P");

        Answer answer = module.owner().put(module.path(id), module.body(id, OLD).put("party_id", "XXX"));

        answer.is(200, 2001);
        assertThat(answer.message()).contains("party_id");
        module.owner().get(module.path(id)).is(404, absentCode(module));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void pushForAnotherPartyIsAnsweredLikeAnAbsentObject_TRANS27(ObjectModule module) {
        String id = Bodies.newId("P");
        ObjectNode foreign = module.body(id, OLD).put("country_code", "NL").put("party_id", "ACM");

        Answer answer = module.owner().put(module.path("NL/ACM", id), foreign);

        answer.is(404, absentCode(module));
        assertThat(answer.json().path("status_message")).isEqualTo(module.owner().get(module.path("NL/ACM", id)).json().path("status_message"));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void theWrongSideCannotPush_TRANS27(ObjectModule module) {
        String id = Bodies.newId("P");

        module.reader().put(module.path(id), module.body(id, OLD)).is(404, absentCode(module));

        module.owner().get(module.path(id)).is(404, absentCode(module));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void olderDoesNotOverwriteNewer_A18(ObjectModule module) {
        String id = Bodies.newId("P");
        module.owner().put(module.path(id), module.body(id, NEW)).is(201, 1000);

        Answer answer = module.owner().put(module.path(id), module.changed(id, OLD));

        answer.is(200, 1000);
        assertThat(answer.message()).contains("ignored");
        assertThat(module.owner().get(module.path(id)).data()).isEqualTo(module.body(id, NEW));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void equallyOldIsApplied_A18(ObjectModule module) {
        String id = Bodies.newId("P");
        module.owner().put(module.path(id), module.body(id, NEW)).is(201, 1000);

        module.owner().put(module.path(id), module.changed(id, NEW)).is(200, 1000);

        assertThat(module.owner().get(module.path(id)).data()).isEqualTo(module.changed(id, NEW));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void timesAreComparedAsInstantsHoweverTheyAreWritten_A16(ObjectModule module) {
        String id = Bodies.newId("P");
        module.owner().put(module.path(id), module.body(id, "2026-01-01T11:00:00.5")).is(201, 1000);

        Answer answer = module.owner().put(module.path(id), module.changed(id, "2026-01-01T12:00:00+01:00"));

        assertThat(answer.message()).contains("ignored");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void idsHaveNoCaseAndKeepTheOwnersSpelling_TRANS54_A19(ObjectModule module) {
        String id = Bodies.newId("Spelled");
        module.owner().put(module.path(id), module.body(id, OLD)).is(201, 1000);

        Answer read = module.owner().get(module.path(module == ObjectModule.TOKENS ? "de/alp" : "nl/tcp", id.toUpperCase(Locale.ROOT)));
        Answer written = module.owner().put(module.path(id.toLowerCase(Locale.ROOT)), module.body(id, NEW));

        assertThat(read.is(200, 1000).data().path(module.idField()).asText()).isEqualTo(id);
        written.is(200, 1000);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void idsMayHoldWhatMustBeEscapedInUrls_A19(ObjectModule module) {
        String id = Bodies.newId("A*B C+D/E%F;G?H#I");
        String escaped = id.replace("%", "%25").replace(" ", "%20").replace("+", "%2B").replace("/", "%2F").replace(";", "%3B").replace("?", "%3F").replace("#", "%23");

        module.owner().put(module.path(escaped), module.body(id, OLD)).is(201, 1000);

        assertThat(module.owner().get(module.path(escaped)).is(200, 1000).data().path(module.idField()).asText()).isEqualTo(id);
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultIsNamedInOneAnswer_TRANS41_A03(ObjectModule module) {
        String id = Bodies.newId("P");
        ObjectNode faulty = module.body(id, OLD).put("last_updated", "yesterday").put("country_code", 7);

        Answer answer = module.push(id, faulty);

        answer.is(200, 2001);
        assertThat(answer.message()).contains("country_code: expected", "last_updated: expected");
        module.owner().get(module.path(id)).is(404, absentCode(module));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CDRS")
    void concurrentFirstPutsLeaveTheNewest_A18(ObjectModule module) {
        String id = Bodies.newId("P");

        List<Answer> answers = AtOnce.send(20, number -> module.owner().put(module.path(id), module.changed(id, "2026-01-01T10:" + (29 - number) + ":00Z")));

        assertThat(answers).filteredOn(answer -> answer.http() == 201).hasSize(1);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.code()).as(answer.text()).isEqualTo(1000));
        assertThat(module.owner().get(module.path(id)).data().path("last_updated").asText()).isEqualTo("2026-01-01T10:29:00Z");
    }

    static int absentCode(ObjectModule module) {
        return switch (module) {
            case LOCATIONS -> 2003;
            case TOKENS -> 2004;
            case TARIFFS, SESSIONS, CDRS -> 2000;
        };
    }
}
