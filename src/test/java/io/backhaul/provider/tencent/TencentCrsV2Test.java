package io.backhaul.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.Grant;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.Network;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.LinksOutcome.Preparing;
import io.backhaul.provider.Provider;
import io.backhaul.provider.Retention;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Refused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TencentCrsV2Test {
    private static final BackupId BACKUP = new BackupId("b1");
    private static final String TOKEN = "/+tOk3n/LINKSECRET+with/every=sign==";
    private static final String OUTER = "http://10.195.128.115:9097/download/dump.rdb?" + TOKEN;
    private static final String INNER = "http://10.66.183.31:5500/download/dump.rdb?" + TOKEN;
    private static final String CLUSTER = "\"redisSet\":[{\"redisId\":\"crs-aaaaaaaa\",\"typeId\":\"1\"}]";
    private static final String STANDARD = "\"redisSet\":[{\"redisId\":\"crs-aaaaaaaa\",\"typeId\":2}]";

    private final Crs crs = new Crs();
    private final Provider source = crs.older();

    @AfterEach
    void stop() throws IOException {
        crs.close();
    }

    @Test
    void instancesAreReadAlthoughTheirNumbersAreTexts() {
        crs.saysData(
                21,
                "\"redisSet\":["
                        + IntStream.range(0, 20)
                                .mapToObj(i -> "{\"redisId\":\"crs-" + i + "\",\"redisName\":\"r\",\"typeId\":\"2\"}")
                                .collect(Collectors.joining(","))
                        + "]");
        crs.then(
                Reply.json(
                        "{\"code\":\"0\",\"totalCount\":\"21\",\"data\":{\"redisSet\":[{\"redisId\":\"crs-20\",\"status\":\"2\"}]}}"));

        var listed = (InstancesOutcome.Listed) source.instances();

        assertThat(listed.instances()).hasSize(21);
        assertThat(listed.coverage()).isEqualTo(new Coverage.Complete());
        var wire = crs.request(0);
        assertThat(wire.method() + " " + wire.target()).isEqualTo("POST /v2/index.php");
        assertThat(wire.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(crs.form(0))
                .containsEntry("Action", "DescribeRedis")
                .containsEntry("Region", "ap-guangzhou")
                .containsEntry("SecretId", "AKIDSECRET01")
                .containsEntry("Token", "TOKENSECRET03")
                .containsEntry("SignatureMethod", "HmacSHA256")
                .containsEntry("Timestamp", "1795262400")
                .containsEntry("limit", "20")
                .containsEntry("offset", "0")
                .containsKeys("Nonce", "Signature");
        assertThat(crs.form(1)).containsEntry("offset", "20");
        assertThat(crs.form(1).get("Nonce")).isNotEqualTo(crs.form(0).get("Nonce"));
    }

    @ParameterizedTest
    @CsvSource({"2,READY", "3,READY", "4,READY", "1,NOT_YET", "9,NOT_YET", "-1,DELETED"})
    void backupsHaveNeitherSizeNorEnd(String status, Readiness expected) {
        crs.saysData(1, Crs.oldBackups(Crs.oldRow("b1", "\"" + status + "\"")));

        assertThat(((BackupsOutcome.Listed) source.backups(Crs.INSTANCE)).backups())
                .containsExactly(new ListedBackup(
                        BACKUP,
                        expected,
                        status,
                        Instant.parse("2026-11-19T18:00:48Z"),
                        null,
                        null,
                        Map.of(
                                "startTime", "2026-11-20 02:00:48",
                                "backupType", "systemBackupInstance",
                                "status", status,
                                "locked", "0")));
        assertThat(crs.form(0)).containsEntry("Action", "GetRedisBackupList").containsEntry("redisId", "crs-aaaaaaaa");
    }

    /** An offset that were a page's number would bring the same rows again and again. */
    @Test
    void aListThatRepeatsItselfIsNotBelieved() {
        var page = Crs.oldBackups(
                IntStream.range(0, 20).mapToObj(i -> Crs.oldRow("b" + i, "2")).toArray(String[]::new));
        IntStream.range(0, 9).forEach(i -> crs.saysData(40, page));

        var listed = (BackupsOutcome.Listed) source.backups(Crs.INSTANCE);

        assertThat(listed.backups()).hasSize(20);
        assertThat(listed.coverage()).isInstanceOf(Coverage.Partial.class);
    }

    @ParameterizedTest
    @CsvSource({"PUBLIC", "INTERNAL"})
    void aLinkIsHandedOnByteForByteAndLivesForTwelveHours(Network network) {
        crs.saysData(0, "\"intranet\":\"" + INNER + "\",\"extranet\":\"" + OUTER + "\"");

        var wanted = network == Network.PUBLIC ? OUTER : INNER;
        assertThat(crs.older(network).links(Crs.REDIS, BACKUP, Duration.ofMinutes(5)))
                .isEqualTo(new LinksOutcome.Granted(new Grant(
                        List.of(new OfferedFile(
                                "dump.rdb",
                                SignedUrl.of(wanted),
                                new Expiry(Instant.parse("2026-11-22T00:00:00Z"), Origin.POLICY),
                                null)),
                        crs.clock.instant())));
        assertThat(SignedUrl.of(wanted).reveal()).isEqualTo(wanted);
        assertThat(SignedUrl.of(wanted).rawQuery()).isEqualTo(TOKEN);
        assertThat(crs.form(0))
                .containsEntry("Action", "GetBackupDownloadUrl")
                .containsEntry("redisId", "crs-aaaaaaaa")
                .containsEntry("backupId", "b1");
    }

    @Test
    void anEmptyLinkMeansTheOtherNetwork() {
        crs.saysData(0, "\"intranet\":\"" + INNER + "\",\"extranet\":\"\"");

        assertThat(links())
                .isInstanceOfSatisfying(
                        Refused.class,
                        why -> assertThat(why.explained())
                                .contains("no link on the public network", "write internal as network"));
    }

    @ParameterizedTest
    @CsvSource({"11213, Gone", "10701, Gone", "11201, Refused", "4400, Throttled", "6000, Unavailable", "4104, Denied"})
    void aRefusalIsTheSetbackAndNothingMoreIsAsked(int code, String expected) {
        crs.refusesWithNumber(code);

        assertThat(links().getClass().getSimpleName()).isEqualTo(expected);
        assertThat(crs.calls).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {4200, 4500})
    void aStaleOrRepeatedRequestIsMadeOnceMoreWithAnotherNonce(int code) {
        crs.refusesWithNumber(code).saysData(0, "\"intranet\":\"\",\"extranet\":\"" + OUTER + "\"");

        assertThat(links()).isInstanceOf(LinksOutcome.Granted.class);
        assertThat(crs.form(1).get("Nonce")).isNotEqualTo(crs.form(0).get("Nonce"));
    }

    @Test
    void aClustersBackupIsExportedOnceAndLookedAtUntilItsLinkIsThere() {
        crs.refusesWithNumber(10711)
                .saysData(1, Crs.oldBackups(Crs.oldRow("b1", "2")))
                .saysData(1, CLUSTER)
                .saysData(0, "\"requestId\":\"17\"");
        assertThat(links()).isEqualTo(new Preparing("17", Instant.parse("2026-11-21T12:00:01Z")));
        assertThat(crs.form(2)).containsEntry("Action", "DescribeRedis").containsEntry("redisId", "crs-aaaaaaaa");
        assertThat(crs.form(3))
                .containsEntry("Action", "ExportRedisBackup")
                .containsEntry("redisId", "crs-aaaaaaaa")
                .containsEntry("backupId", "b1");

        // Not begun yet, as the list has it.
        crs.saysData(0, "\"intranet\":\"\",\"extranet\":\"\"")
                .saysData(1, Crs.oldBackups(Crs.oldRow("b1", "2")))
                .saysData(1, CLUSTER);
        assertThat(links()).isEqualTo(new Preparing("17", Instant.parse("2026-11-21T12:00:01Z")));

        crs.refusesWithNumber(10711).saysData(1, Crs.oldBackups(Crs.oldRow("b1", "\"3\"")));
        assertThat(links()).isInstanceOf(Preparing.class);

        crs.saysData(0, "\"intranet\":\"\",\"extranet\":\"" + OUTER + "\"");
        assertThat(links()).isInstanceOf(LinksOutcome.Granted.class);
        assertThat(crs.calls).filteredOn(call -> call.startsWith("export")).hasSize(1);
    }

    @Test
    void anExportThatCameToNothingIsAskedForOnceMoreAfterHalfAnHour() {
        for (var i = 0; i < 2; i++) {
            crs.refusesWithNumber(10711)
                    .saysData(1, Crs.oldBackups(Crs.oldRow("b1", "2")))
                    .saysData(1, CLUSTER)
                    .saysData(0, "\"requestId\":1" + i);
            assertThat(links()).isInstanceOf(Preparing.class);
            crs.clock.advance(Duration.ofMinutes(30));
        }

        assertThat(crs.calls).filteredOn(call -> call.startsWith("export")).hasSize(2);
    }

    @Test
    void anExportUnderWayIsKnownByItsStatusAfterARestart() {
        crs.refusesWithNumber(10711).saysData(1, Crs.oldBackups(Crs.oldRow("b1", "3")));

        assertThat(links()).isEqualTo(new Preparing("export", Instant.parse("2026-11-21T12:01:00Z")));
    }

    @Test
    void aStandardInstanceHasNothingToExport() {
        crs.refusesWithNumber(10711)
                .saysData(1, Crs.oldBackups(Crs.oldRow("b1", "2")))
                .saysData(1, STANDARD);

        assertThat(links()).isInstanceOf(Busy.class);
        assertThat(crs.calls).hasSize(3);
    }

    @Test
    void anExportThatOnlyClustersHaveMeansLater() {
        crs.refusesWithNumber(10711)
                .saysData(1, Crs.oldBackups(Crs.oldRow("b1", "2")))
                .saysData(1, CLUSTER)
                .refusesWithNumber(11214);

        assertThat(links())
                .isInstanceOfSatisfying(
                        Busy.class, why -> assertThat(why.reason()).contains("10711"));
    }

    @Test
    void anExportThatMayNotBeAskedForIsRefused() {
        crs.refusesWithNumber(10711)
                .saysData(1, Crs.oldBackups(Crs.oldRow("b1", "2")))
                .saysData(1, CLUSTER)
                .refusesWithNumber(4101);

        assertThat(links()).isInstanceOf(Refused.class);
    }

    @Test
    void aBackupInAnotherFlowIsBusy() {
        crs.refusesWithNumber(10711).saysData(1, Crs.oldBackups(Crs.oldRow("b1", "1")));

        assertThat(links()).isInstanceOf(Busy.class);
    }

    @Test
    void aBackupThatIsListedAsExpiredOrNotAtAllIsGone() {
        crs.refusesWithNumber(10711).saysData(1, Crs.oldBackups(Crs.oldRow("b1", "-1")));
        assertThat(links()).isInstanceOf(Gone.class);

        crs.refusesWithNumber(10711).saysData(1, Crs.oldBackups(Crs.oldRow("b2", "2")));
        assertThat(links()).isInstanceOf(Gone.class);
    }

    @Test
    void aListThatFailsProvesNothing() {
        crs.refusesWithNumber(10711).refusesWithNumber(6000);
        assertThat(links()).isInstanceOf(Setback.Unavailable.class);

        crs.refusesWithNumber(10711).saysData(2, Crs.oldBackups("{\"startTime\":\"2026-11-20 02:00:48\"}"));
        assertThat(links()).isInstanceOf(Busy.class);
    }

    @Test
    void backupsLiveForSevenDaysWhateverTheHint() {
        assertThat(source.retention()).isEqualTo(new Retention(Duration.ofDays(7), Retention.UNCAPPED));
    }

    private LinksOutcome links() {
        return source.links(Crs.REDIS, BACKUP, Duration.ofMinutes(30));
    }
}
