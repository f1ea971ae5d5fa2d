package io.backhaul.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.backhaul.judge.HuaweiJudge.Keys;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.GesAccount.ExpiryStyle;
import io.backhaul.simulator.GesBackup;
import io.backhaul.simulator.GesGraph;
import io.backhaul.simulator.LinkFamily;
import io.backhaul.simulator.SimulatedCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Huawei's own clients go from list to link to file at our simulator: what pleases them is close to the real thing. */
class HuaweiClientTest {
    private static final HuaweiJudge JUDGE = VendorJudge.load("huawei", "HuaweiSdk", HuaweiJudge.class);
    private static final String PROJECT = "0123456789abcdef0123456789abcdef";
    private static final Keys KEYS = new Keys("AK1", "SK1", "", PROJECT, "cn-north-4");
    private static final Instant MADE = Instant.parse("2026-11-20T18:00:00Z");

    /** The vendor's client signs by the wall clock. */
    private final Clock clock = Clock.systemUTC();

    private final SimulatedCloud cloud =
            new SimulatedCloud(CloudSettings.of(KEYS.accessKey(), KEYS.secretKey(), PROJECT, clock));

    @BeforeEach
    void start() {
        cloud.start();
        cloud.dcs().add(DcsInstance.cluster("i1", "sessions", "6.0", 32));
        cloud.dcs().add(DcsInstance.masterStandby("i2", "orders", "5.0", 4));
        cloud.dcs()
                .add(
                        "i1",
                        DcsBackup.cluster(
                                "b1", MADE, "10.0.0.1", 6379, List.of(Content.text("one"), Content.text("two"))));
        cloud.ges().add(GesGraph.running("g1", "roads"));
        cloud.ges().add(GesGraph.running("g2", "people").withStatus("900"));
        cloud.ges().add("g1", GesBackup.of("gb1", MADE, List.of(BackupFile.of("graph.data", Content.text("graph")))));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void theRedisClientGoesFromListToLink() throws Exception {
        assertThat(JUDGE.redisInstances(cloud.endpoint(), KEYS, 0, 10)).containsExactly("i1", "i2");
        assertThat(JUDGE.redisInstances(cloud.endpoint(), KEYS, 1, 1)).containsExactly("i2");
        assertThat(JUDGE.redisBackups(cloud.endpoint(), KEYS, "i1")).containsExactly("b1 succeed 6");
        var links = JUDGE.redisLinks(cloud.endpoint(), KEYS, "i1", "b1", 1800);
        assertThat(links).hasSize(2);
        assertThat(fetched(links.getLast())).isEqualTo("two");
    }

    @ParameterizedTest
    @EnumSource
    void theGraphClientGoesFromListToLink(LinkFamily family) throws Exception {
        cloud.issueLinksAs(family);
        assertThat(JUDGE.graphs(cloud.endpoint(), KEYS, 0, 10)).containsExactly("g1 200", "g2 900");
        assertThat(JUDGE.graphBackups(cloud.endpoint(), KEYS, "g1"))
                .containsExactly("gb1 success 1 " + MADE.toEpochMilli() + " 2026-11-20T18:00:00");
        assertThat(JUDGE.allGraphBackups(cloud.endpoint(), KEYS)).containsExactly("gb1");
        var file =
                JUDGE.graphLinks(cloud.endpoint(), KEYS, "g1", "gb1").getFirst().split(" ");
        assertThat(file).startsWith("graph.data", "1");
        assertThat(fetched(file[3])).isEqualTo("graph");
    }

    @ParameterizedTest
    @EnumSource
    void theGraphClientTakesEveryFormOfAnExpiry(ExpiryStyle style) {
        cloud.ges().writeExpiriesAs(style);
        assertThat(JUDGE.graphLinks(cloud.endpoint(), KEYS, "g1", "gb1")).hasSize(1);
    }

    @Test
    void theProjectIsFoundByItsRegion() {
        var unknown = new Keys(KEYS.accessKey(), KEYS.secretKey(), "", "", "cn-north-4");
        assertThat(JUDGE.graphs(cloud.endpoint(), unknown, 0, 10)).hasSize(2);
        assertThat(cloud.journal().requests())
                .anyMatch(request -> request.path().equals("/v3/projects"));
    }

    @Test
    void errorsAreUnderstood() {
        var wrong = new Keys(KEYS.accessKey(), "SK2", "", PROJECT, "");
        assertThat(refusal(() -> JUDGE.graphLinks(cloud.endpoint(), KEYS, "g1", "gone")))
                .contains("httpStatusCode: 400", "GES.7024");
        assertThat(refusal(() -> JUDGE.redisBackups(cloud.endpoint(), KEYS, "gone")))
                .contains("httpStatusCode: 404", "DCS.3022");
        assertThat(refusal(() -> JUDGE.graphs(cloud.endpoint(), wrong, 0, 10)))
                .contains("httpStatusCode: 401", "APIGW.0301");
    }

    private static String refusal(ThrowingCallable call) {
        return String.valueOf(catchThrowable(call));
    }

    private static String fetched(String link) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
