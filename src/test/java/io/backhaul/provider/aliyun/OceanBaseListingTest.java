package io.backhaul.provider.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.config.InstanceSelection;
import io.backhaul.config.Network;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.Provider;
import io.backhaul.provider.Retention;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.provider.Setback.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OceanBaseListingTest {
    private final OceanBase ob = new OceanBase();
    private final Provider source = ob.source();

    @AfterEach
    void stop() throws IOException {
        ob.close();
    }

    @Test
    void instancesAreReadInPagesOfAHundredByTheirNumber() {
        ob.says("\"TotalCount\":101,\"Instances\":[" + instances(0, 100) + "]")
                .says("\"TotalCount\":101,\"Instances\":[" + instances(100, 101) + "]");

        var listed = (InstancesOutcome.Listed) source.instances();

        assertThat(listed.coverage()).isEqualTo(new Coverage.Complete());
        assertThat(listed.instances())
                .hasSize(101)
                .contains(
                        new Instance(new InstanceId("ob7"), "orders-7", Map.of("State", "ONLINE", "DiskSize", "200")));
        assertThat(ob.form(0)).isEqualTo(Map.of("PageNumber", "1", "PageSize", "100"));
        assertThat(ob.form(1)).isEqualTo(Map.of("PageNumber", "2", "PageSize", "100"));
    }

    @Test
    void aRequestIsAFormWithItsActionInSignedHeaders() {
        ob.says("\"TotalCount\":0,\"Instances\":[]");

        source.instances();

        var wire = ob.request(0);
        assertThat(wire.method() + " " + wire.target()).isEqualTo("POST /");
        assertThat(wire.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(wire.header("Accept")).isEqualTo("application/json");
        assertThat(wire.header("x-acs-action")).isEqualTo("DescribeInstances");
        assertThat(wire.header("x-acs-version")).isEqualTo("2019-09-01");
        assertThat(wire.header("x-acs-date")).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(wire.header("x-acs-signature-nonce")).matches("[0-9a-f]{32}");
        assertThat(wire.header("x-acs-security-token")).isEqualTo("TOKENSECRET03/+=");
        assertThat(wire.header("Authorization"))
                .startsWith("ACS3-HMAC-SHA256 Credential=LTAISECRET01,SignedHeaders=content-type;host;x-acs-");
    }

    @Test
    void theOlderSignatureStandsInTheQuery() {
        ob.says("\"TotalCount\":0,\"Instances\":[]");

        ob.source("cn-hangzhou", AliyunSignature.RPC, Network.PUBLIC).instances();

        var wire = ob.request(0);
        assertThat(wire.body()).isEqualTo("PageNumber=1&PageSize=100");
        assertThat(wire.target()).startsWith("/?");
        assertThat(OceanBase.fields(wire.target().substring(2)))
                .containsEntry("Action", "DescribeInstances")
                .containsEntry("Version", "2019-09-01")
                .containsEntry("Format", "json")
                .containsEntry("AccessKeyId", "LTAISECRET01")
                .containsEntry("SecurityToken", "TOKENSECRET03/+=")
                .containsEntry("SignatureMethod", "HMAC-SHA1")
                .containsEntry("SignatureVersion", "1.0")
                .containsEntry("Timestamp", "2026-11-21T12:00:00Z")
                .containsKeys("SignatureNonce", "Signature");
    }

    @ParameterizedTest
    @CsvSource({
        "ONLINE, true",
        "online, true",
        "ABNORMAL, true",
        "DELETING, true",
        "'', true",
        "DELETED, false",
        "deleted, false",
        "Pending_Create, false"
    })
    void anInstanceThatIsNotThereIsLeftOutInWhateverCase(String state, boolean expected) {
        ob.says("\"TotalCount\":1,\"Instances\":[{\"InstanceId\":\"ob1\",\"State\":\"" + state + "\"}]");

        var listed = (InstancesOutcome.Listed) source.instances();

        assertThat(listed.instances()).hasSize(expected ? 1 : 0);
        assertThat(listed.coverage()).isEqualTo(new Coverage.Complete());
    }

    @Test
    void onlyTheListedInstancesAreTheSources() {
        ob.says("\"TotalCount\":3,\"Instances\":[" + instances(0, 3) + "]");
        var all = ob.settings("cn-hangzhou", AliyunSignature.ACS3, Network.PUBLIC);
        var one = new AliyunOceanBaseSettings(
                all.source(),
                all.endpoint(),
                all.region(),
                all.credential(),
                all.signature(),
                new InstanceSelection.Listed(List.of(new InstanceId("ob1"))),
                all.network(),
                all.retentionHint());

        var listed = (InstancesOutcome.Listed) new AliyunOceanBase(one, ob.runtime).instances();

        assertThat(listed.instances()).extracting(Instance::id).containsExactly(new InstanceId("ob1"));
    }

    @Test
    void aSetIsReadWithNumbersThatNoIntHolds() {
        ob.says(OceanBase.sets(
                1, OceanBase.set("\"bak-1\"", "DONE", ",\"Validity\":\"VALID\",\"Method\":\"logical\"")));

        assertThat(backups())
                .containsExactly(new ListedBackup(
                        new BackupId("bak-1"),
                        Readiness.READY,
                        "DONE",
                        Instant.parse("2026-11-20T02:00:48Z"),
                        new ByteCount(31_457_280_000L),
                        null,
                        Map.of(
                                "Status", "DONE",
                                "Validity", "VALID",
                                "StartTime", "2026-11-20T02:00:48Z",
                                "DataSize", "31457280000",
                                "DataVersion", "1678847020352",
                                "Method", "logical")));
        assertThat(ob.request(0).header("x-acs-action")).isEqualTo("DescribeDataBackupSet");
        assertThat(ob.form(0)).isEqualTo(Map.of("InstanceId", "ob317v4uif0001", "PageNumber", "1", "PageSize", "100"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1678847020352", "\"1678847020352\""})
    void aSetsIdIsANumberOrAText(String id) {
        ob.says(OceanBase.sets(1, OceanBase.set(id, "DONE", "")));

        assertThat(backups()).extracting(one -> one.id().value()).containsExactly("1678847020352");
    }

    @ParameterizedTest
    @CsvSource({
        "DONE,         VALID,   READY",
        "done,         valid,   READY",
        "DONE,         '',      READY",
        "DONE,         INVALID, DELETED",
        "DONE,         EXPIRED, DELETED",
        "DONE,         CHECKING, NOT_YET",
        "BEGINNING,    VALID,   NOT_YET",
        "INITIALIZING, '',      NOT_YET",
        "DOING,        VALID,   NOT_YET",
        "RUNNING,      VALID,   NOT_YET",
        "CANCELING,    '',      NOT_YET",
        "UNKNOWN,      VALID,   NOT_YET",
        "OVE,          VALID,   NOT_YET",
        "'',           VALID,   NOT_YET",
        "FAILED,       VALID,   NEVER",
        "canceled,     '',      NEVER",
        "CANCELLED,    '',      NEVER",
        "OVERDUE,      VALID,   DELETED"
    })
    void aStatusIsAWordInWhateverCase(String status, String validity, Readiness expected) {
        ob.says(OceanBase.sets(
                1, OceanBase.set("1", status, validity.isEmpty() ? "" : ",\"Validity\":\"" + validity + "\"")));

        assertThat(backups()).extracting(ListedBackup::readiness).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "\"much\"", "null", "{}", "1e400"})
    void aSizeThatIsNoneIsNotKnown(String size) {
        ob.says(OceanBase.sets(1, OceanBase.set("1", "DONE", ",\"DataSize\":" + size)));

        assertThat(backups())
                .singleElement()
                .satisfies(one -> assertThat(one.size()).isNull());
    }

    /** Alibaba's easternmost regions are nine hours ahead: nowhere is a time later than that reading makes it. */
    @ParameterizedTest
    @CsvSource({
        "cn-hangzhou,    2020-05-22T17:04:18,       2020-05-22T09:04:18Z",
        "cn-hongkong,    2020-05-22 17:04:18,       2020-05-22T09:04:18Z",
        "us-west-1,      2020-05-22T17:04:18,       2020-05-22T08:04:18Z",
        "ap-southeast-1, 2020-05-22T17:04:18,       2020-05-22T08:04:18Z",
        "us-west-1,      2020-05-22T17:04:18Z,      2020-05-22T17:04:18Z",
        "cn-hangzhou,    2020-05-22T17:04:18Z,      2020-05-22T17:04:18Z",
        "cn-hangzhou,    2020-05-22T17:04:18+02:00, 2020-05-22T15:04:18Z"
    })
    void aTimeWithoutAZoneIsNeverReadAsLaterThanItIs(String region, String given, Instant expected) {
        ob.says(OceanBase.sets(1, "{\"SetId\":\"1\",\"Status\":\"DONE\",\"StartTime\":\"" + given + "\"}"));

        var listed = (BackupsOutcome.Listed)
                ob.source(region, AliyunSignature.ACS3, Network.PUBLIC).backups(OceanBase.INSTANCE);

        assertThat(listed.backups()).extracting(ListedBackup::createdAt).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "https://oceanbasepro.cn-hangzhou.aliyuncs.com,        ,            +08:00",
        "https://OceanBasePro-vpc.cn-beijing-finance-1.aliyuncs.com, ,      +08:00",
        "https://oceanbasepro.us-west-1.aliyuncs.com,          ,            +09:00",
        "https://oceanbasepro.us-west-1.aliyuncs.com,          cn-shanghai, +08:00",
        "https://gateway.example,                              ,            +09:00"
    })
    void theEndpointSaysTheRegionUnlessTheOperatorDoes(URI endpoint, @Nullable String region, String expected) {
        assertThat(OceanBaseTimes.zone(region, endpoint)).isEqualTo(ZoneOffset.of(expected));
    }

    @Test
    void aRowWithoutAUsableTimeMakesTheListPartial() {
        ob.says(OceanBase.sets(
                2, OceanBase.set("1", "DONE", ""), "{\"SetId\":\"2\",\"StartTime\":\"yyyy-MM-dd HH:mm:ss\"}"));

        var listed = (BackupsOutcome.Listed) source.backups(OceanBase.INSTANCE);

        assertThat(listed.backups()).hasSize(1);
        assertThat(listed.coverage()).isInstanceOf(Coverage.Partial.class);
    }

    @Test
    void aListOfExactlyOnePageEndsWithAPageThatNeedNotHaveAList() {
        ob.says(OceanBase.sets(100, full())).says("\"TotalCount\":100");

        assertThat(backups()).hasSize(100);
        assertThat(ob.form(1)).containsEntry("PageNumber", "2");
    }

    @Test
    void aShortPageInTheMiddleDoesNotUpsetTheCount() {
        ob.says(OceanBase.sets(3, OceanBase.set("1", "DONE", ""), OceanBase.set("2", "DONE", "")))
                .says(OceanBase.sets(3, OceanBase.set("3", "DONE", "")));

        assertThat(backups()).hasSize(3);
        assertThat(ob.form(1)).containsEntry("PageNumber", "2");
    }

    @Test
    void aListThatMovesIsReadFromItsFirstPageAgain() {
        ob.says(OceanBase.sets(101, full()))
                .says(OceanBase.sets(101, OceanBase.set("99", "DONE", "")))
                .says(OceanBase.sets(101, full()))
                .says(OceanBase.sets(101, OceanBase.set("100", "DONE", "")));

        assertThat(backups()).hasSize(101);
        assertThat(ob.form(2)).containsEntry("PageNumber", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"TotalCount\":3", "\"TotalCount\":3,\"Data\":null", "\"Data\":{}"})
    void anAnswerWithoutItsListIsNoEmptyList(String answer) {
        ob.says(answer);

        assertThat(source.backups(OceanBase.INSTANCE)).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>welcome</html>", "[]"})
    void aSuccessThatIsNoAnswerIsTroubleThatPasses(String body) {
        ob.then(Reply.of(200, body));

        assertThat(source.instances()).isInstanceOf(Unavailable.class);
    }

    @Test
    void aSuccessWithACodeInsideIsARefusal() {
        ob.says("\"Code\":\"NoPermission\",\"Message\":\"x\",\"Data\":null");

        assertThat(source.backups(OceanBase.INSTANCE)).isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @CsvSource({
        "404, InvalidInstanceId.NotFound, Gone",
        "400, Throttling.User, Throttled",
        "503, ServiceUnavailable, Unavailable",
        "404, InvalidAccessKeyId.NotFound, Denied",
        "404, InvalidAction.NotFound, Refused"
    })
    void aRefusedListIsTheSetback(int status, String code, String expected) {
        ob.refuses(status, code);

        assertThat(source.backups(OceanBase.INSTANCE).getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    void aRefusedKeyRestsForAllSourcesThatHaveIt() {
        ob.refuses(403, "Forbidden.RAM");
        assertThat(source.instances()).isInstanceOf(Denied.class);

        assertThat(ob.source().backups(OceanBase.INSTANCE)).isInstanceOf(Denied.class);
        assertThat(ob.calls).hasSize(1);

        ob.clock.advance(Duration.ofMinutes(5));
        ob.says(OceanBase.sets(0));
        assertThat(backups()).isEmpty();
    }

    @Test
    void aStaleSignatureIsMadeOnceMoreInTheProvidersTime() {
        ob.then(Reply.of(
                        400,
                        "{\"Code\":\"InvalidTimeStamp.Expired\",\"Message\":\"x\"}",
                        "Date: Sat, 21 Nov 2026 14:00:00 GMT"))
                .says(OceanBase.sets(0));

        assertThat(backups()).isEmpty();
        assertThat(ob.request(1).header("x-acs-date")).isEqualTo("2026-11-21T14:00:00Z");
        assertThat(source.clockOffset()).isEqualTo(Duration.ofHours(2));
        assertThat(ob.calls).containsExactly("list-backups denied", "list-backups ok");
    }

    @Test
    void aNonceThatWasSeenBeforeIsReplacedOnce() {
        ob.refuses(400, "SignatureNonceUsed").refuses(400, "SignatureNonceUsed");

        assertThat(source.backups(OceanBase.INSTANCE)).isInstanceOf(Unavailable.class);
        assertThat(ob.calls).hasSize(2);
        assertThat(ob.request(1).header("x-acs-signature-nonce"))
                .isNotEqualTo(ob.request(0).header("x-acs-signature-nonce"));
    }

    @Test
    void theHintIsTheRetention() {
        assertThat(source.retention()).isEqualTo(new Retention(Duration.ofDays(7), Retention.UNCAPPED));
    }

    private static String[] full() {
        return IntStream.range(0, 100)
                .mapToObj(i -> OceanBase.set("\"" + i + "\"", "DONE", ""))
                .toArray(String[]::new);
    }

    private static String instances(int from, int to) {
        return String.join(
                ",",
                IntStream.range(from, to)
                        .mapToObj(i -> "{\"InstanceId\":\"ob" + i + "\",\"InstanceName\":\"orders-" + i
                                + "\",\"State\":\"ONLINE\",\"DiskSize\":200,\"Resource\":{\"Cpu\":4}}")
                        .toList());
    }

    private List<ListedBackup> backups() {
        var listed = (BackupsOutcome.Listed) source.backups(OceanBase.INSTANCE);
        assertThat(listed.coverage()).isEqualTo(new Coverage.Complete());
        return listed.backups();
    }
}
