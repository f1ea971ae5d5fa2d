package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.Retention;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Refused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs and their backups: huawei.md 1.4 and 1.5. */
class HuaweiGesTest {
    private final Ges ges = Ges.withKey();

    @AfterEach
    void stop() throws IOException {
        ges.close();
    }

    @Test
    void graphsAreListed() {
        ges.then(Reply.json("{\"graph_count\":2,\"graphs\":["
                + "{\"id\":\"g1\",\"name\":\"roads\",\"status\":\"200\",\"is_multi_az\":false,\"action_progress\":null},"
                + "{\"id\":\"g2\",\"status\":900,\"created\":\"2018-07-23T04:09:44\",\"sys_tags\":[{\"key\":1}]}]}"));
        assertThat(ges.source.instances()).isInstanceOfSatisfying(InstancesOutcome.Listed.class, listed -> {
            assertThat(listed.coverage()).isInstanceOf(Coverage.Complete.class);
            assertThat(listed.instances())
                    .extracting(Instance::id)
                    .extracting(InstanceId::value)
                    .containsExactly("g1", "g2");
            assertThat(listed.instances().getLast().given())
                    .containsEntry("status", "900")
                    .containsEntry("created", "2018-07-23T04:09:44");
        });
        assertThat(ges.target(0)).isEqualTo("/v2/" + Ges.PROJECT + "/graphs?offset=0&limit=100");
    }

    @Test
    void aBackupIsReadInItsOwnUnits() {
        ges.then(Ges.backups(1, Ges.backup("b1", "success")));
        assertThat(onlyBackup())
                .isEqualTo(new ListedBackup(
                        new BackupId("b1"),
                        Readiness.READY,
                        "success",
                        Instant.parse("2026-09-23T18:00:00Z"),
                        new ByteCount(3 << 20),
                        null,
                        onlyGiven()));
        assertThat(ges.target(0))
                .isEqualTo("/v2/" + Ges.PROJECT + "/graphs/" + Ges.GRAPH + "/backups?offset=0&limit=100");
    }

    @ParameterizedTest
    @CsvSource({"success, READY", "failed, NEVER", "backing_up, NOT_YET", "'', NOT_YET", "restoring, NOT_YET"})
    void onlySuccessCanBeHad(String status, Readiness readiness) {
        ges.then(Ges.backups(1, Ges.backup("b1", status)));
        assertThat(onlyBackup().readiness()).isEqualTo(readiness);
    }

    /** Seen as number and as text; the times beside them have no zone and are UTC. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"start_timestamp\":1623160513000",
                "\"start_timestamp\":\"1623160513000\"",
                "\"start_timestamp\":null,\"start_time\":\"2021-06-08T13:55:13\"",
                "\"start_timestamp\":99999999999999999,\"start_time\":\"2021-06-08 13:55:13\"",
                "\"start_time\":\"soon\",\"end_timestamp\":1623160513000",
                "\"end_time\":\"2021-06-08T13:55:13\"",
            })
    void theTimeIsReadInEveryForm(String fields) {
        ges.then(Ges.backups(1, "{\"id\":\"b1\",\"status\":\"success\"," + fields + "}"));
        assertThat(onlyBackup().createdAt()).isEqualTo("2021-06-08T13:55:13Z");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "null", "{}", "9223372036854775807", "\"many\""})
    void aSizeThatIsNoneIsUnknown(String size) {
        ges.then(Ges.backups(1, Ges.backup("b1", "success").replace("\"size\":3", "\"size\":" + size)));
        assertThat(onlyBackup().size()).isNull();
    }

    @Test
    void aBackupWithoutATimeKeepsTheListingFromProvingAnything() {
        ges.then(Ges.backups(2, Ges.backup("b1", "success"), "{\"id\":\"b2\",\"status\":\"success\"}"));
        assertThat(ges.source.backups(Ges.INSTANCE)).isInstanceOfSatisfying(BackupsOutcome.Listed.class, listed -> {
            assertThat(listed.backups()).hasSize(1);
            assertThat(listed.coverage()).isInstanceOf(Coverage.Partial.class);
        });
    }

    @Test
    void pagesAreFollowedEvenWhereTheServerGivesFewerThanAsked() {
        ges.then(Ges.backups(25, rows(0, 10)))
                .then(Ges.backups(25, rows(10, 20)))
                .then(Ges.backups(25, rows(20, 25)));
        assertThat(ges.source.backups(Ges.INSTANCE)).isInstanceOfSatisfying(BackupsOutcome.Listed.class, listed -> {
            assertThat(listed.backups()).hasSize(25);
            assertThat(listed.coverage()).isInstanceOf(Coverage.Complete.class);
        });
        assertThat(ges.target(2)).endsWith("?offset=20&limit=100");
    }

    @Test
    void aGraphThatIsGoneIsGone() {
        ges.then(Dcs.error(400, "GES.7000", "The graph does not exist or has been deleted."));
        assertThat(ges.source.backups(Ges.INSTANCE)).isInstanceOf(Gone.class);
    }

    @Test
    void aProjectThatIsNotOursIsTheOperatorsToMend() {
        ges.then(Dcs.error(400, "GES.0016", "Resource not found."));
        assertThat(ges.source.instances())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains("GES.0016"));
    }

    @Test
    void theOperatorsHintIsAllThatIsKnownOfRetention() {
        assertThat(ges.source.retention()).isEqualTo(new Retention(Duration.ofDays(7), Retention.UNCAPPED));
        assertThat(ges.source).hasToString("huawei-ges prod-graphs");
    }

    private static String[] rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Ges.backup("b" + i, "success"))
                .toArray(String[]::new);
    }

    private static Map<String, String> onlyGiven() {
        return Map.of(
                "status", "success",
                "size", "3",
                "start_timestamp", "1790186400000",
                "start_time", "2026-09-23T18:00:00",
                "backup_method", "auto",
                "encrypted", "false");
    }

    private ListedBackup onlyBackup() {
        var outcome = ges.source.backups(Ges.INSTANCE);
        assertThat(outcome).isInstanceOf(BackupsOutcome.Listed.class);
        assertThat(((BackupsOutcome.Listed) outcome).backups()).hasSize(1);
        return ((BackupsOutcome.Listed) outcome).backups().getFirst();
    }
}
