package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.CapturedLog;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Instance;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.Retention;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuaweiDcsListingTest {
    private static final Coverage COMPLETE = new Coverage.Complete();
    private final Dcs dcs = new Dcs();

    @AfterEach
    void stop() throws IOException {
        dcs.close();
    }

    @Test
    void instancesAreListedWhateverTheirFieldsLookLike() {
        dcs.then(Dcs.instances(2, "i1", "i2"));
        var outcome = (InstancesOutcome.Listed) dcs.source.instances();
        assertThat(outcome.coverage()).isEqualTo(COMPLETE);
        assertThat(outcome.instances())
                .extracting(one -> one.id() + " " + one.name())
                .containsExactly("i1 dcs-i1", "i2 dcs-i2");
        assertThat(outcome.instances().getFirst().given())
                .isEqualTo(Map.of("engine", "Redis", "capacity", "0", "capacity_minor", ".125"));
        assertThat(dcs.target(0)).isEqualTo("/v2/0123456789abcdef0123456789abcdef/instances?offset=0&limit=1000");
        assertThat(dcs.calls).containsExactly("list-instances ok");
    }

    @Test
    void onlySelectedInstancesAreReportedAndMissingOnesAreWarnedOfOnce() {
        dcs.then(Dcs.instances(2, "i1", "i2"));
        try (var log = new CapturedLog();
                var some = dcs.sourceOf("i2", "typo")) {
            var outcome = (InstancesOutcome.Listed) some.instances();
            assertThat(outcome.instances()).extracting(Instance::id).hasToString("[i2]");
            assertThat(outcome.notSelected()).hasToString("[i1]");
            assertThat(outcome.coverage()).isEqualTo(COMPLETE);
            assertThat(log.lines())
                    .containsExactly("ERROR instances not found, the others go on; correct ids or region in the"
                            + " configuration source=prod-redis ids=[typo]");
        }
    }

    @Test
    void backupsAreListedInOurWords() {
        dcs.then(Dcs.backups(1, """
                {"backup_id":"b1","backup_name":"backup_20190510163116","instance_id":"i1","period":{},"size":"4096",
                "backup_type":"auto","backup_format":"rdb","created_at":"2019-05-10T08:31:16.166Z","remark":"",
                "execution_at":"2019-05-10T08:31:20.000Z","updated_at":"2019-05-10T08:35:00.000Z","progress":100.00,
                "error_code":{},"is_support_restore":"TRUE","status":"succeed"}"""));
        var outcome = (BackupsOutcome.Listed) dcs.source.backups(Dcs.INSTANCE);
        var given = Map.of(
                "backup_name", "backup_20190510163116",
                "size", "4096",
                "backup_type", "auto",
                "backup_format", "rdb",
                "created_at", "2019-05-10T08:31:16.166Z",
                "execution_at", "2019-05-10T08:31:20.000Z",
                "updated_at", "2019-05-10T08:35:00.000Z",
                "progress", "100.00",
                "status", "succeed");
        assertThat(outcome.backups())
                .containsExactly(new ListedBackup(
                        new BackupId("b1"),
                        Readiness.READY,
                        "succeed",
                        Instant.parse("2019-05-10T08:31:16.166Z"),
                        new ByteCount(4096),
                        null,
                        given));
        assertThat(outcome.coverage()).isEqualTo(COMPLETE);
        assertThat(dcs.target(0))
                .isEqualTo(
                        "/v2/0123456789abcdef0123456789abcdef/instances/" + Dcs.REDIS + "/backups?offset=0&limit=100");
    }

    @ParameterizedTest
    @CsvSource({
        "succeed, READY",
        "waiting, NOT_YET",
        "backuping, NOT_YET",
        "archiving, NOT_YET",
        "'', NOT_YET",
        "failed, NEVER",
        "expired, DELETED",
        "deleted, DELETED"
    })
    void everyStatusMeansSomething(String status, Readiness readiness) {
        dcs.then(Dcs.backups(1, Dcs.backup("b1", status)));
        assertThat(listed().backups()).extracting(ListedBackup::readiness).containsExactly(readiness);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"execution_at\":\"2019-05-10T08:31:16Z\"', 2019-05-10T08:31:16Z",
        "'\"created_at\":\"soon\",\"updated_at\":\"2019-05-10T08:31:16\"', 2019-05-10T08:31:16Z",
        "'\"created_at\":\"2019-05-10T16:31:16+0800\",\"updated_at\":\"2020-01-01T00:00:00Z\"', 2019-05-10T08:31:16Z"
    })
    void theTimeIsTheFirstThatCanBeRead(String fields, Instant expected) {
        dcs.then(Dcs.backups(1, "{\"backup_id\":\"b1\",\"size\":0," + fields + "}"));
        assertThat(listed().backups()).extracting(ListedBackup::createdAt).containsExactly(expected);
    }

    @Test
    void aSizeOfZeroIsNone() {
        dcs.then(Dcs.backups(1, "{\"backup_id\":\"b1\",\"size\":0,\"created_at\":\"2019-05-10T08:31:16Z\"}"));
        assertThat(listed().backups()).extracting(ListedBackup::size).containsOnlyNulls();
    }

    @Test
    void severalPagesMakeOneListing() {
        dcs.then(Dcs.backups(150, Dcs.backups(0, 100))).then(Dcs.backups(150, Dcs.backups(100, 150)));
        assertThat(listed().backups()).hasSize(150);
        assertThat(dcs.target(1)).endsWith("/backups?offset=100&limit=100");
    }

    @Test
    void aLaterPageThatFailsMakesThePartThatCame() {
        dcs.then(Dcs.backups(150, Dcs.backups(0, 100))).then(Dcs.error(500, "DCS.5024", "Query instance failed"));
        var outcome = listed();
        assertThat(outcome.backups()).hasSize(100);
        assertThat(outcome.coverage())
                .isEqualTo(new Coverage.Partial(new Setback.Unavailable(
                        "list-backups instance=" + Dcs.REDIS + ": HTTP 500 DCS.5024 Query instance failed")));
        assertThat(dcs.calls).containsExactly("list-backups ok", "list-backups unavailable");
    }

    @Test
    void noContentMeansNoBackups() {
        dcs.then(Reply.of(204, ""));
        assertThat(listed()).isEqualTo(new BackupsOutcome.Listed(List.of(), COMPLETE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DCS.4086", "DCS.4095", "DCS.4027", "111400086"})
    void anInstanceThatCannotHaveBackupsHasNone(String code) {
        dcs.then(Dcs.error(400, code, "not supported"));
        assertThat(listed()).isEqualTo(new BackupsOutcome.Listed(List.of(), COMPLETE));
    }

    @Test
    void aVanishedInstanceIsGone() {
        dcs.then(Dcs.error(404, "DCS.3022", "This DCS instance does not exist"));
        assertThat(dcs.source.backups(Dcs.INSTANCE)).isInstanceOf(Setback.Gone.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"backup_id\":{},\"status\":\"succeed\",\"created_at\":\"2019-05-10T08:31:16Z\"}",
                "{\"backup_id\":\"b2\",\"status\":\"succeed\",\"backup_name\":\"backup_20190510163116\"}",
                "7"
            })
    void aRowThatCannotBeUsedMakesTheListingPartial(String row) {
        dcs.then(Dcs.backups(2, Dcs.backup("b1", "succeed"), row));
        try (var log = new CapturedLog()) {
            var outcome = listed();
            assertThat(outcome.backups()).extracting(ListedBackup::id).containsExactly(new BackupId("b1"));
            assertThat(outcome.coverage()).isInstanceOf(Coverage.Partial.class);
            assertThat(log.lines()).singleElement().asString().startsWith("WARN rows without a usable id or time");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"total_num\":3}",
                "{\"total_num\":1,\"backup_record_response\":{}}",
                "{\"error_code\":\"DCS.5024\",\"error_msg\":\"x\"}",
                "<html></html>",
                ""
            })
    void aSuccessWithoutItsListIsNoEmptyListing(String body) {
        dcs.then(Reply.json(body));
        assertThat(dcs.source.backups(Dcs.INSTANCE)).isInstanceOf(Setback.Unavailable.class);
    }

    @Test
    void aTotalOfZeroNeedsNoList() {
        dcs.then(Reply.json("{\"total_num\":\"0\",\"backup_record_response\":null}"));
        assertThat(listed()).isEqualTo(new BackupsOutcome.Listed(List.of(), COMPLETE));
    }

    @Test
    void theObserverLearnsHowLongACallTook() {
        dcs.cloud.then(request -> {
            dcs.nanos.addAndGet(3_000_000_000L);
            return Reply.of(204, "");
        });
        dcs.source.backups(Dcs.INSTANCE);
        assertThat(dcs.took).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void retentionIsTheOperatorsHintAndTheDocumentedCap() {
        assertThat(dcs.source.retention()).isEqualTo(new Retention(Duration.ofDays(7), 24));
    }

    private BackupsOutcome.Listed listed() {
        var outcome = dcs.source.backups(Dcs.INSTANCE);
        assertThat(outcome).isInstanceOf(BackupsOutcome.Listed.class);
        return (BackupsOutcome.Listed) outcome;
    }
}
