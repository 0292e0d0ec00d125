package org.roaminghub.modules.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Answer;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.FakePlatform;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;

/** What is peculiar to Tokens: uid and type together are the key, and eMSPs own them (chapter mod_tokens). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class TokensIT {
    private static final String T1 = "2026-01-01T10:00:00Z";
    private static final String T2 = "2026-01-01T11:00:00Z";

    @Inject
    Partners221 partners;

    private final Platform alpha = Partners221.alpha();
    private final String uid = Bodies.newId("TOK");
    private final String path = "receiver/tokens/DE/ALP/" + uid;

    @BeforeEach
    void connected() {
        partners.connect();
    }

    @Test
    void typeIsRfidUnlessSaidOtherwise_TOK03() {
        alpha.put(path, Bodies.token(uid, T1)).is(201, 1000);

        alpha.get(path + "?type=RFID").is(200, 1000);
        alpha.get(path + "?type=APP_USER").is(404, 2004);
        alpha.put(path, Bodies.token(uid, T2).put("type", "APP_USER")).is(200, 2001);
    }

    @Test
    void oneUidMayExistWithSeveralTypes_TOK07() {
        alpha.put(path, Bodies.token(uid, T1)).is(201, 1000);

        alpha.put(path + "?type=APP_USER", Bodies.token(uid, T1).put("type", "APP_USER")).is(201, 1000);
        alpha.patch(path + "?type=APP_USER", Bodies.object("{\"valid\":false,\"last_updated\":\"%s\"}", T2)).is(200, 1000);

        assertThat(alpha.get(path).data()).isEqualTo(Bodies.token(uid, T1));
        assertThat(alpha.get(path + "?type=APP_USER").data().path("valid").asBoolean()).isFalse();
        assertThat(Partners221.tcp().get("sender/tokens?limit=500").ids()).filteredOn(uid::equals).hasSize(2);
    }

    @Test
    void aPatchCannotChangeTheType_TOK07() {
        alpha.put(path, Bodies.token(uid, T1)).is(201, 1000);

        Answer answer = alpha.patch(path, Bodies.object("{\"type\":\"OTHER\",\"last_updated\":\"%s\"}", T2));

        answer.is(200, 2001);
        assertThat(alpha.get(path).data()).isEqualTo(Bodies.token(uid, T1));
    }

    @Test
    void cpoPlatformsWithAgreementListThemAndNobodyElse_TOK06_D12() {
        alpha.put(path, Bodies.token(uid, T1)).is(201, 1000);
        String betas = Bodies.newId("TOK");
        Partners221.beta().put("receiver/tokens/FR/BET/" + betas, Bodies.token(betas, T1).put("country_code", "FR").put("party_id", "BET")).is(201, 1000);

        assertThat(Partners221.tcp().get("sender/tokens?limit=500").is(200, 1000).ids()).contains(uid).doesNotContain(betas);
        for (Platform emsp : new Platform[] {alpha, Partners221.beta(), Partners221.stranger()}) {
            assertThat(emsp.get("sender/tokens?limit=500").is(200, 1000).ids()).isEmpty();
        }
        Partners221.beta().get(path).is(404, 2004);
    }

    @Test
    void invalidationIsAChangeAndNoRemoval_TOK02() {
        alpha.put(path, Bodies.token(uid, T1)).is(201, 1000);

        alpha.patch(path, Bodies.example("token_patch_example.json").put("last_updated", T2)).is(200, 1000);

        assertThat(alpha.get(path).data()).isEqualTo(Bodies.token(uid, T1).put("valid", false).put("last_updated", T2));
    }

    @Test
    void aRevokedTokenIsKnownToCpoPlatformsWithinSeconds_TOK02() {
        try (FakePlatform cpo = FakePlatform.start()) {
            partners.connect("tcp", cpo, "receiver/tokens");
            alpha.put(path, Bodies.token(uid, T1)).is(201, 1000);
            cpo.awaits(request -> request.path().endsWith(uid));
            Instant revoked = Instant.now();

            alpha.patch(path, Bodies.object("{\"valid\":false,\"last_updated\":\"%s\"}", T2)).is(200, 1000);

            FakePlatform.Asked told = cpo.awaits(request -> request.path().endsWith(uid) && !request.json().path("valid").asBoolean(true));
            assertThat(Duration.between(revoked, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(told.json()).isEqualTo(Bodies.token(uid, T1).put("valid", false).put("last_updated", T2));
            assertThat(told.query()).isEqualTo("type=RFID");
        } finally {
            partners.connect();
        }
    }
}
