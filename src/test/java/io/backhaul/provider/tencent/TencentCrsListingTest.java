package io.backhaul.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.config.Network;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.Provider;
import io.backhaul.provider.Retention;
import io.backhaul.provider.Setback;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TencentCrsListingTest {
    private final Crs crs = new Crs();
    private final Provider source = crs.newer();

    @AfterEach
    void stop() throws IOException {
        crs.close();
    }

    @Test
    void instancesAreReadInPagesWhoseOffsetsCountRecords() {
        crs.says("\"TotalCount\":101,\"InstanceSet\":[" + instances(0, 100) + "]")
                .says("\"TotalCount\":101,\"InstanceSet\":[" + instances(100, 101) + "]");

        var listed = (InstancesOutcome.Listed) source.instances();

        assertThat(listed.coverage()).isEqualTo(new Coverage.Complete());
        assertThat(listed.instances())
                .hasSize(101)
                .contains(new Instance(new InstanceId("crs-7"), "redis-7", Map.of("Type", "6", "Size", "1024.0")));
        assertThat(crs.question(0)).isEqualTo(Map.of("Offset", "0", "Limit", "100"));
        assertThat(crs.question(1)).isEqualTo(Map.of("Offset", "100", "Limit", "100"));
        var wire = crs.request(0);
        assertThat(wire.method() + " " + wire.target()).isEqualTo("POST /");
        assertThat(wire.header("X-TC-Action")).isEqualTo("DescribeInstances");
        assertThat(wire.header("X-TC-Version")).isEqualTo("2018-04-12");
        assertThat(wire.header("X-TC-Region")).isEqualTo("ap-guangzhou");
        assertThat(wire.header("X-TC-Token")).isEqualTo("TOKENSECRET03");
        assertThat(wire.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(wire.header("Authorization"))
                .startsWith("TC3-HMAC-SHA256 Credential=AKIDSECRET01/2026-11-21/redis/tc3_request, ");
    }

    @Test
    void aBackupIsReadWithItsDeadlineInChinaTimeAndWithoutTheSizeThatIsNone() {
        crs.says(Crs.backups(
                1, Crs.row("b1", "2", ",\"ExpireTime\":\"2026-11-27 02:00:48\",\"FileType\":\"RDB-Redis 6.2\"")));

        assertThat(backups(source))
                .containsExactly(new ListedBackup(
                        new BackupId("b1"),
                        Readiness.READY,
                        "2",
                        Instant.parse("2026-11-19T18:00:48Z"),
                        null,
                        Instant.parse("2026-11-26T18:00:48Z"),
                        Map.of(
                                "StartTime", "2026-11-20 02:00:48",
                                "ExpireTime", "2026-11-27 02:00:48",
                                "Status", "2",
                                "BackupType", "1",
                                "BackupSize", "528",
                                "Locked", "0",
                                "FileType", "RDB-Redis 6.2")));
        assertThat(crs.request(0).header("X-TC-Action")).isEqualTo("DescribeInstanceBackups");
    }

    /** Tokyo and Seoul are the easternmost: nowhere else does a deadline come late by being read as theirs. */
    @ParameterizedTest
    @CsvSource({
        "ap-beijing, 18",
        "ap-shanghai-fsi, 18",
        "ap-hongkong, 18",
        "ap-singapore, 18",
        "gz, 18",
        "ap-tokyo, 17",
        "ap-seoul, 17",
        "na-ashburn, 17",
        "eu-frankfurt, 17",
        "ap-bangkok, 17",
        "usw, 17"
    })
    void timesWithoutAZoneAreNeverReadAsLaterThanTheyAre(String region, int hour) {
        crs.says(Crs.backups(1, Crs.row("b1", "2", ",\"ExpireTime\":\"2026-11-27 02:00:48\"")));

        assertThat(backups(crs.newer(region, Network.PUBLIC, Duration.ofDays(7)))
                        .getFirst()
                        .expiresAt())
                .isEqualTo("2026-11-26T" + hour + ":00:48Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"0000-00-00 00:00:00\"", "null", "\"\"", "\"soon\"", "\"2026-11-20 02:00:48\"", "7", "{}"})
    void anEndThatIsNoneIsNoDeadline(String time) {
        crs.says(Crs.backups(1, Crs.row("b1", "2", ",\"ExpireTime\":" + time)));

        assertThat(backups(source).getFirst().expiresAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"2,READY", "4,READY", "1,NOT_YET", "3,NOT_YET", "-1,DELETED", "-2,DELETED", "17,NOT_YET", "null,NOT_YET"
    })
    void aStatusIsANumberOrAText(String status, Readiness expected) {
        crs.says(Crs.backups(
                2,
                Crs.row("b1", status, ""),
                Crs.row("b2", status.equals("null") ? "null" : "\"" + status + "\"", "")));

        assertThat(backups(source)).extracting(ListedBackup::readiness).containsExactly(expected, expected);
    }

    @Test
    void aShortHintIsOneWindowOfLessThanThirtyDaysAndReachesBeyondNow() {
        crs.says(Crs.backups(0));

        backups(source);

        // Now is 20:00 in China.
        assertThat(crs.question(0))
                .isEqualTo(Map.of(
                        "InstanceId", "crs-aaaaaaaa",
                        "BeginTime", "2026-10-24 20:00:00",
                        "EndTime", "2026-11-22 20:00:00",
                        "Offset", "0",
                        "Limit", "100"));
    }

    @Test
    void aLongHintIsAskedForInWindowsWithoutGapsAndTheirRowsCountOnce() {
        crs.says(Crs.backups(1, Crs.row("b1", "2", "")))
                .says(Crs.backups(2, Crs.row("b1", "2", ""), Crs.row("b2", "2", "")));

        var listed = (BackupsOutcome.Listed)
                crs.newer("ap-guangzhou", Network.PUBLIC, Duration.ofDays(40)).backups(Crs.INSTANCE);

        assertThat(listed.backups()).extracting(one -> one.id().value()).containsExactly("b1", "b2");
        assertThat(listed.coverage()).isEqualTo(new Coverage.Complete());
        assertThat(crs.question(1).get("EndTime")).isEqualTo(crs.question(0).get("BeginTime"));
        assertThat(crs.question(1).get("BeginTime")).isEqualTo("2026-09-25 20:00:00");
        assertThat(crs.calls).hasSize(2);
    }

    @Test
    void aWindowThatCouldNotBeReadMakesTheListPartial() {
        crs.says(Crs.backups(1, Crs.row("b1", "2", ""))).refuses("InternalError.DbOperationFailed");

        var listed = (BackupsOutcome.Listed)
                crs.newer("ap-guangzhou", Network.PUBLIC, Duration.ofDays(40)).backups(Crs.INSTANCE);

        assertThat(listed.backups()).hasSize(1);
        assertThat(listed.coverage())
                .isInstanceOfSatisfying(
                        Coverage.Partial.class,
                        partial -> assertThat(partial.why()).isInstanceOf(Setback.Unavailable.class));
    }

    @ParameterizedTest
    @CsvSource({
        "ResourceNotFound.InstanceNotExists, Gone",
        "InternalError.InternalError, Unavailable",
        "AuthFailure.SecretIdNotFound, Denied",
        "UnauthorizedOperation.NoCAMAuthed, Refused"
    })
    void aRefusedListIsTheSetback(String code, String expected) {
        crs.refuses(code);

        assertThat(source.backups(Crs.INSTANCE).getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"TotalCount\":3", "\"TotalCount\":3,\"BackupSet\":null", "\"BackupSet\":{}"})
    void anAnswerWithoutItsListIsNoEmptyList(String response) {
        crs.says(response);

        assertThat(source.backups(Crs.INSTANCE)).isInstanceOf(Setback.Unavailable.class);
    }

    @Test
    void aListOfNothingMayBeNull() {
        crs.says("\"TotalCount\":0,\"BackupSet\":null");

        assertThat(source.backups(Crs.INSTANCE))
                .isEqualTo(new BackupsOutcome.Listed(List.of(), new Coverage.Complete()));
    }

    @Test
    void aRowWithoutAUsableTimeMakesTheListPartial() {
        crs.says(Crs.backups(2, Crs.row("b1", "2", ""), "{\"BackupId\":\"b2\",\"StartTime\":\"0000-00-00 00:00:00\"}"));

        var listed = (BackupsOutcome.Listed) source.backups(Crs.INSTANCE);

        assertThat(listed.backups()).hasSize(1);
        assertThat(listed.coverage()).isInstanceOf(Coverage.Partial.class);
    }

    @Test
    void aStaleSignatureIsMadeOnceMoreInTheProvidersTime() {
        crs.says(
                        "\"Error\":{\"Code\":\"AuthFailure.SignatureExpire\",\"Message\":\"x\"}",
                        "Date: Sat, 21 Nov 2026 14:00:00 GMT")
                .says(Crs.backups(0));

        assertThat(source.backups(Crs.INSTANCE)).isInstanceOf(BackupsOutcome.Listed.class);
        assertThat(crs.request(1).header("X-TC-Timestamp"))
                .isEqualTo(String.valueOf(Instant.parse("2026-11-21T14:00:00Z").getEpochSecond()));
        assertThat(crs.calls).containsExactly("list-backups denied", "list-backups ok");
    }

    @Test
    void theHintIsTheRetention() {
        assertThat(source.retention()).isEqualTo(new Retention(Duration.ofDays(7), Retention.UNCAPPED));
    }

    private static String instances(int from, int to) {
        return String.join(
                ",",
                IntStream.range(from, to)
                        .mapToObj(i -> "{\"InstanceId\":\"crs-" + i + "\",\"InstanceName\":\"redis-" + i
                                + "\",\"Type\":6,\"Size\":1024.0,\"CloseTime\":\"0000-00-00 00:00:00\"}")
                        .toList());
    }

    private List<ListedBackup> backups(Provider of) {
        var listed = (BackupsOutcome.Listed) of.backups(Crs.INSTANCE);
        assertThat(listed.coverage()).isEqualTo(new Coverage.Complete());
        return listed.backups();
    }
}
