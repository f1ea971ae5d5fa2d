package io.backhaul.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.judge.AliyunJudge.Client;
import io.backhaul.judge.AliyunJudge.Keys;
import io.backhaul.provider.ScriptedCloud;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.OceanBaseBackup;
import io.backhaul.simulator.OceanBaseInstance;
import io.backhaul.simulator.SimulatedCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Alibaba's own clients go from list to link: as judges they serve every signature that the gateways know. */
class AliyunClientTest {
    private static final AliyunJudge JUDGE = VendorJudge.load("aliyun", "AliyunSdk", AliyunJudge.class);
    private static final Keys KEYS = new Keys("testid", "testsecret", "TOKEN/+=");

    /** The older client reads nothing without. */
    private static final String CONTENT_TYPE = "Content-Type: application/json;charset=utf-8";

    private final ScriptedCloud cloud = ScriptedCloud.start();

    @AfterEach
    void stop() throws IOException {
        cloud.close();
    }

    @ParameterizedTest
    @EnumSource
    void aClientGoesFromListToLink(Client client) {
        cloud.then(json("{\"Data\":[{\"SetId\":\"bak-1\"}],\"TotalCount\":1}"))
                .then(json("{\"Data\":{\"DownloadTaskId\":1000002}}"))
                .then(json("{\"Data\":{\"DownloadTaskStatus\":\"RUNNING\",\"InternalUrl\":\"http://b/too-early\"}}"))
                .then(json("{\"Data\":{\"DownloadTaskStatus\":\"SUCCESS\",\"DownloadLinks\":"
                        + "[{\"PartId\":1,\"Url\":\"http://b/1\"},{\"PartId\":2,\"InternalUrl\":\"http://b/2\"}]}}"));

        assertThat(JUDGE.listThenLink(client, cloud.endpoint(), KEYS, "ob1", 2))
                .containsExactly("http://b/1", "http://b/2");
        assertThat(cloud.received().getLast().body()).contains("InstanceId=ob1", "DownloadTaskId=1000002");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalIsTheClientsException(Client client) {
        cloud.then(Reply.of(
                404, "{\"Code\":\"InvalidAccessKeyId.NotFound\",\"Message\":\"x\",\"RequestId\":\"r\"}", CONTENT_TYPE));

        assertThatThrownBy(() -> JUDGE.instances(client, cloud.endpoint(), KEYS))
                .hasMessageContaining("InvalidAccessKeyId.NotFound");
    }

    @ParameterizedTest
    @EnumSource
    void aClientGoesFromListToLinkAtOurSimulator(Client client) {
        var settings = CloudSettings.of(KEYS.id(), KEYS.secret(), "unused", Clock.systemUTC())
                .withSecurityToken(KEYS.token())
                .withRegion("cn-hangzhou");
        try (var simulator = new SimulatedCloud(settings)) {
            simulator.start();
            simulator.oceanbase().preparationsTake(Duration.ZERO);
            simulator.oceanbase().add(OceanBaseInstance.online("ob1", "orders", 200));
            var made = Clock.systemUTC().instant().minus(Duration.ofDays(1));
            simulator.oceanbase().add("ob1", OceanBaseBackup.zipped("s1", made, List.of(Content.text("one"))));

            assertThat(JUDGE.instances(client, simulator.endpoint(), KEYS)).containsExactly("ob1 ONLINE");
            assertThat(JUDGE.listThenLink(client, simulator.endpoint(), KEYS, "ob1", 1))
                    .singleElement()
                    .satisfies(link -> assertThat(fetched(link)).isEqualTo("one"));
            var wrong = new Keys(KEYS.id(), "wrong", KEYS.token());
            assertThatThrownBy(() -> JUDGE.instances(client, simulator.endpoint(), wrong))
                    .hasMessageContaining("SignatureDoesNotMatch");
        }
    }

    private static String fetched(String link) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static Reply json(String body) {
        return Reply.json(body, CONTENT_TYPE);
    }
}
