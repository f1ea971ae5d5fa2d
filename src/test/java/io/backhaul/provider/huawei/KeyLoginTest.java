package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.provider.Advice;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.provider.Setback.Unavailable;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The project of a region: huawei.md 3.4. */
class KeyLoginTest {
    private final Ges ges = Ges.withKeyOfRegion("cn-north-4");

    @AfterEach
    void stop() throws IOException {
        ges.close();
    }

    @Test
    void theProjectIsAskedForOnceAndSigned() {
        ges.then(Ges.projects("p1")).then(Ges.graphs()).then(Ges.graphs());
        assertThat(ges.source.instances()).isInstanceOf(InstancesOutcome.Listed.class);
        ges.source.instances();
        assertThat(ges.target(0)).isEqualTo("/v3/projects?name=cn-north-4");
        assertThat(ges.cloud.received().getFirst().header("Authorization"))
                .startsWith("SDK-HMAC-SHA256 Access=AKIDSECRET01, SignedHeaders=host;x-sdk-date, Signature=");
        assertThat(ges.target(1)).startsWith("/v2/p1/graphs");
        assertThat(ges.cloud.received().get(1).header("X-Project-Id")).isEqualTo("p1");
        assertThat(ges.calls).containsExactly("projects ok", "list-instances ok", "list-instances ok");
    }

    @Test
    void aRegionWithoutAProjectIsTheOperatorsToMend() {
        ges.then(Ges.projects()).then(Ges.projects("p1", "p2"));
        assertThat(ges.source.instances())
                .isEqualTo(new Refused(
                        "projects region=cn-north-4: no project of that name", Advice.wrongRegion("cn-north-4")));
        assertThat(ges.source.instances())
                .isEqualTo(new Refused("projects region=cn-north-4: 2 projects", Advice.severalProjects("cn-north-4")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"projects\":1}", "[]", "", "<html>"})
    void anAnswerWithoutProjectsProvesNothing(String body) {
        ges.then(Reply.json(body)).then(Ges.projects("p1")).then(Ges.graphs());
        assertThat(ges.source.instances()).isInstanceOf(Unavailable.class);
        assertThat(ges.source.instances()).isInstanceOf(InstancesOutcome.Listed.class);
    }

    @Test
    void aWrongKeyIsNotTriedAgainAtIamEither() {
        ges.then(Reply.of(401, "{\"error\":{\"code\":401,\"message\":\"verify aksk signature fail\"}}"));
        assertThat(ges.source.instances()).isInstanceOf(Denied.class);
        assertThat(ges.source.instances()).isInstanceOf(Denied.class);
        assertThat(ges.cloud.received()).hasSize(1);
    }
}
