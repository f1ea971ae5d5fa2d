package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DcsApiTest {
    private static final Instant CREATED = Instant.parse("2019-05-10T08:31:16.166Z");

    private final ManualClock clock = ManualClock.at("2019-05-11T00:00:00Z");
    private final CloudSettings settings =
            CloudSettings.of(Caller.ACCESS_KEY, Caller.SECRET_KEY, Caller.PROJECT, clock);
    private final SimulatedCloud cloud = new SimulatedCloud(settings);
    private Caller caller;

    @BeforeEach
    void start() {
        cloud.start();
        caller = new Caller(cloud.endpoint(), clock);
        cloud.dcs().add(DcsInstance.masterStandby("i1", "orders", "5.0", 4));
        cloud.dcs().add(DcsInstance.cluster("i2", "sessions", "6.0", 32).withStatus("EXTENDING"));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void instancesAreListedInTheContractsTypes() throws IOException {
        var answer = caller.get("/instances");
        var first = Caller.json(answer).path("instances").path(0);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Date")).isEqualTo("Sat, 11 May 2019 00:00:00 GMT");
        assertThat(answer.header("X-Request-Id")).isNotEqualTo("(none)");
        assertThat(Caller.json(answer).path("instance_num").intValue()).isEqualTo(2);
        assertThat(first.path("instance_id").stringValue()).isEqualTo("i1");
        assertThat(first.path("no_password_access").stringValue()).isEqualTo("false");
        assertThat(first.path("created_at").stringValue()).isEqualTo("2019-05-31T03:15:40.631Z");
        assertThat(first.path("az_codes").path(0).stringValue()).isEqualTo("region01-7c");
        assertThat(first.path("publicip_id").isNull()).isTrue();
        assertThat(first.path("capacity").intValue()).isEqualTo(4);
    }

    @Test
    void instancesAreFilteredAndPaged() throws IOException {
        assertThat(instances("?name=ess")).containsExactly("i2");
        assertThat(instances("?name=ess&name_equal=true")).isEmpty();
        assertThat(instances("?name=orders&name_equal=true")).containsExactly("i1");
        assertThat(instances("?status=EXTENDING")).containsExactly("i2");
        assertThat(instances("?instance_id=i1")).containsExactly("i1");
        assertThat(instances("?offset=1&limit=1")).containsExactly("i2");
    }

    @Test
    void aBackupIsListedInTheContractsTypes() throws IOException {
        cloud.dcs().add("i1", DcsBackup.single("b1", CREATED, Content.text("12345")));

        var body = Caller.json(caller.get("/instances/i1/backups"));
        var backup = body.path("backup_record_response").path(0);

        assertThat(body.path("total_num").intValue()).isEqualTo(1);
        assertThat(backup.path("backup_id").stringValue()).isEqualTo("b1");
        assertThat(backup.path("backup_name").stringValue()).isEqualTo("backup_20190510163116");
        assertThat(backup.path("size").isNumber()).isTrue();
        assertThat(backup.path("size").longValue()).isEqualTo(5);
        assertThat(backup.path("created_at").stringValue()).isEqualTo("2019-05-10T08:31:16.166Z");
        assertThat(backup.path("status").stringValue()).isEqualTo("succeed");
        assertThat(backup.path("backup_type").stringValue()).isEqualTo("auto");
        assertThat(backup.path("backup_format").stringValue()).isEqualTo("rdb");
        assertThat(backup.path("error_code").isNull()).isTrue();
        assertThat(backup.path("progress").stringValue()).isEqualTo("100.00");
    }

    @Test
    void anInstanceWithoutBackupsGets204AndNothingElse() throws IOException {
        var answer = caller.get("/instances/i1/backups");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Content-Length")).isEqualTo("(none)");
    }

    @Test
    void tenBackupsAreAPageUnlessToldAndTheTotalIsOfAll() throws IOException {
        addBackups(12);

        assertThat(backups("")).hasSize(10).startsWith("b12", "b11");
        assertThat(backups("?offset=10")).containsExactly("b2", "b1");
        assertThat(backups("?offset=3&limit=2")).containsExactly("b9", "b8");
        assertThat(backups("?offset=12")).isEmpty();
        assertThat(Caller.json(caller.get("/instances/i1/backups?offset=12"))
                        .path("total_num")
                        .intValue())
                .isEqualTo(12);
    }

    @Test
    void backupsAreFilteredByTimeInUtc() throws IOException {
        addBackups(3);

        assertThat(backups("?begin_time=20190510083118")).containsExactly("b3", "b2");
        assertThat(backups("?begin_time=20190510083118&end_time=20190510083119"))
                .containsExactly("b2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/instances?limit=0",
                "/instances?limit=1001",
                "/instances?offset=-1",
                "/instances?offset=x",
                "/instances/i1/backups?limit=1001",
                "/instances/i1/backups?begin_time=2019-05-10"
            })
    void nonsenseInTheQueryIsRefused(String path) throws IOException {
        var answer = caller.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("DCS.4800");
    }

    @Test
    void anEndBeforeTheBeginIsRefused() throws IOException {
        assertThat(code(caller.get("/instances/i1/backups?begin_time=20190510083118&end_time=20190510083117")))
                .isEqualTo("DCS.4025");
    }

    @Test
    void everyShardGetsALinkAndTogetherTheyHoldAllSlots() throws IOException {
        cloud.dcs().add("i2", DcsBackup.cluster("c1", CREATED, "192.168.0.9", 6379, shards(4)));

        var body = Caller.json(caller.links("i2", "c1", "{\"expiration\":1800}"));

        assertThat(body.path("bucket_name").stringValue()).isEqualTo("dcs-backup-cn-north-4");
        assertThat(body.path("file_path").stringValue()).isEqualTo("i2/c1/");
        assertThat(body.path("links").valueStream().map(l -> l.path("file_name").stringValue()))
                .containsExactly(
                        "redis_192.168.0.9_6379_0-4095_20190510163116.rdb",
                        "redis_192.168.0.9_6379_4096-8191_20190510163116.rdb",
                        "redis_192.168.0.9_6379_8192-12287_20190510163116.rdb",
                        "redis_192.168.0.9_6379_12288-16383_20190510163116.rdb");
        assertThat(body.path("links").path(0).path("link").stringValue())
                .startsWith(cloud.endpoint() + "/dcs-backup-cn-north-4/i2/c1/redis_192.168.0.9_6379_0-4095_")
                .matches(".*\\?AWSAccessKeyId=[A-Z0-9]+&Expires="
                        + (clock.instant().getEpochSecond() + 1800) + "&Signature=[A-Za-z0-9%]+");
        assertThat(cloud.journal().linksIssued()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "{\"expiration\":299}",
                "{\"expiration\":86401}",
                "{\"expiration\":\"300\"}",
                "{\"expiration\":300.5}"
            })
    void anExpirationThatIsNoneIsRefused(String body) throws IOException {
        cloud.dcs().add("i1", DcsBackup.single("b1", CREATED, Content.text("x")));

        var answer = caller.links("i1", "b1", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("DCS.4800");
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() throws IOException {
        assertThat(code(caller.links("i1", "b1", "expiration=300"))).isEqualTo("DCS.4005");
    }

    @Test
    void linksOfAVanishedBackupAreRefusedAsConfigured() throws IOException {
        cloud.dcs().add("i1", DcsBackup.single("b1", CREATED, Content.text("x")));
        cloud.dcs().changeStatus("b1", "expired");

        assertThat(code(caller.links("i1", "b1"))).isEqualTo("DCS.4031");
        assertThat(code(caller.links("i1", "b2"))).isEqualTo("DCS.4031");

        try (var other = new SimulatedCloud(settings.withGoneAnswer(GoneAnswer.DCS_5078))) {
            other.start();
            other.dcs().add(DcsInstance.masterStandby("i1", "orders", "5.0", 4));
            var answer = new Caller(other.endpoint(), clock).links("i1", "b1");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(code(answer)).isEqualTo("DCS.5078");
        }
    }

    @Test
    void linksOfABackupInTheMakingAreRefusedAsBusy() throws IOException {
        cloud.dcs().add("i1", DcsBackup.single("b1", CREATED, Content.text("x")).withStatus("backuping"));

        assertThat(code(caller.links("i1", "b1"))).isEqualTo("DCS.4096");
    }

    @Test
    void anUnknownInstanceIs404() throws IOException {
        assertThat(code(caller.get("/instances/i9/backups"))).isEqualTo("DCS.3022");
        assertThat(caller.links("i9", "b1").status()).isEqualTo(404);
    }

    @Test
    void chunkedBodiesAndKeptConnectionsAreUnderstood() throws Exception {
        cloud.dcs().add("i1", DcsBackup.single("b1", CREATED, Content.text("x")));
        var target = "/v2/" + Caller.PROJECT + "/instances/i1/backups/b1/links";
        var body = "{\"expiration\":1800}";
        var request = HttpRequest.newBuilder(URI.create(cloud.endpoint() + target))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(UTF_8))));
        caller.signed("POST", target, body).forEach(h -> request.header(h.name(), h.value()));

        try (var client = HttpClient.newHttpClient()) {
            for (var i = 0; i < 3; i++) {
                assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200);
            }
        }

        assertThat(cloud.journal().requests())
                .allSatisfy(r -> assertThat(r.header("transfer-encoding")).hasValue("chunked"))
                .hasSize(3);
    }

    @Test
    void deletingAnInstanceDeletesItsBackups() throws IOException {
        cloud.dcs().add("i1", DcsBackup.single("b1", CREATED, Content.text("x")));
        var link = caller.link("i1", "b1");

        cloud.dcs().removeInstance("i1");

        assertThat(instances("")).containsExactly("i2");
        assertThat(caller.download(link).status()).isEqualTo(404);
    }

    @Test
    void aBackupOfNobodyIsRefused() {
        assertThatThrownBy(() -> cloud.dcs().add("i9", DcsBackup.single("b1", CREATED, Content.text("x"))))
                .hasMessage("cannot add backup=b1 to instance=i9: unknown, or there already");
    }

    private void addBackups(int count) {
        IntStream.rangeClosed(1, count)
                .forEach(i ->
                        cloud.dcs().add("i1", DcsBackup.single("b" + i, CREATED.plusSeconds(i), Content.text("x"))));
    }

    private List<String> instances(String query) throws IOException {
        return ids(caller.get("/instances" + query), "instances", "instance_id").toList();
    }

    private List<String> backups(String query) throws IOException {
        return ids(caller.get("/instances/i1/backups" + query), "backup_record_response", "backup_id")
                .toList();
    }

    private static Stream<String> ids(Answer answer, String list, String name) {
        return Caller.json(answer)
                .path(list)
                .valueStream()
                .map(item -> item.path(name).stringValue());
    }

    private static List<Content> shards(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Content.text("shard " + i))
                .toList();
    }

    private static String code(Answer answer) {
        return Caller.json(answer).path("error_code").stringValue();
    }
}
