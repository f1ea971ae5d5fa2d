package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.Operation;
import io.backhaul.simulator.RdbFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The way of a backup when nothing goes wrong, and what a provider may call things. */
@ExtendWith(TestDatabase.class)
class JourneyTest {
    private static final String CLUSTER = "8d2f7a30-1f7e-4f0c-9b1d-6a3f0e5b7c21";

    private final Bench bench;

    JourneyTest(TestDatabase.Emptied database, @TempDir Path folder) {
        bench = new Bench(database, folder, "nas", "offsite");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aBackupGoesFromListedToLinkedToArchivedAndEveryStepIsARow() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 3_000_000));

        bench.list(node);
        assertThat(bench.rows.states()).containsExactly("b|waiting");

        node.links().fill();
        assertThat(bench.rows.states()).containsExactly("b|linked");
        assertThat(bench.rows.of("select state, url is not null, expiry_origin, end_reason from link"))
                .containsExactly("live|t|url|");

        bench.transfer(node);
        assertThat(bench.rows.of("select state, reason, failures, lease_owner, archived_at is not null from backup"))
                .containsExactly("archived||0||t");
        assertThat(bench.rows.of("select state, url, end_reason from link"))
                .containsExactly("spent||its file came home over it");
        assertThat(bench.rows.of("select outcome, from_byte, bytes, http_status, node from attempt"))
                .containsExactly("complete|0|3000000|200|a");
        assertThat(bench.rows.of("select archive, size_bytes from archive_copy order by 1"))
                .containsExactly("nas|3000000", "offsite|3000000");
        assertThat(bench.rows.of("select length(sha256), size_bytes, verified_at is not null from backup_file"))
                .containsExactly("64|3000000|t");
    }

    @Test
    void twoArchivesBothGetTheSetAndHomeIsLast() {
        bench.addBackup("b", RdbFiles.ofSize(1, 50_000));

        bench.settle(bench.node("a"));

        assertThat(bench.events.heard()).containsExactly("published offsite", "published nas", "archived b");
        bench.onDisk("nas").assertEverySetIsWhole();
        bench.onDisk("offsite").assertEverySetIsWhole();
        assertThat(bench.onDisk("nas").sets()).hasSize(1);
        assertThat(bench.onDisk("offsite").sets()).hasSize(1);
    }

    @Test
    void aClusterOfFourShardsComesWhole() {
        addCluster();

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("cluster|archived");
        assertThat(bench.rows.one("select count(*) from backup_file where sha256 is not null"))
                .isEqualTo("4");
        bench.onDisk("nas").assertEverySetIsWhole();
        assertThat(bench.onDisk("nas").sets().getFirst().toFile().list()).hasSize(6);
    }

    @Test
    void aClusterThatLacksOneShardShowsNothing() {
        addCluster();
        bench.cloud.faults().inject(Fault.XML_ERROR_WITH_200, FaultTarget.file(shard(3)), 100);

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("cluster|failed");
        assertThat(bench.rows.one("select count(*) from backup_file where sha256 is not null"))
                .isEqualTo("3");
        assertThat(bench.onDisk("nas").sets()).isEmpty();
        assertThat(bench.onDisk("offsite").sets()).isEmpty();
    }

    @Test
    void hostileNamesAreSafeOnDiskAndVerbatimInTheManifest() throws IOException {
        var hostile = "../../../etc/cron.d/pwn\u0001\n;rm -rf ~";
        bench.addBackup("b", RdbFiles.ofSize(1, 50_000));
        bench.cloud
                .faults()
                .inject(Fault.FILE_NAME_HOSTILE.with(hostile), FaultTarget.operation(Operation.DCS_LINKS), 1);

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("b|archived");
        bench.onDisk("nas").assertEverySetIsWhole();
        var set = bench.onDisk("nas").sets().getFirst();
        assertThat(bench.rows.one("select given_name from backup_file")).isEqualTo(hostile);
        assertThat(Files.readString(set.resolve("manifest.json")))
                .contains("../../../etc/cron.d/pwn\\u0001\\n;rm -rf ~");
        assertThat(set.toFile().list()).allMatch(name -> name.matches("[A-Za-z0-9_.-]+"));
    }

    @Test
    void filesOfOneNameStayTwoFiles() {
        addCluster();
        bench.cloud.faults().inject(Fault.FILE_NAMES_REPEATED, FaultTarget.operation(Operation.DCS_LINKS), 1);

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("cluster|archived");
        bench.onDisk("nas").assertEverySetIsWhole();
        assertThat(bench.rows.of(
                        "select count(*), count(distinct stored_name), count(distinct sha256) from backup_file"))
                .containsExactly("4|4|4");
    }

    @Test
    void linksInHandAreBoundedByTheSlots() {
        var node = bench.node("a");
        for (var n = 0; n < 2 * Bench.SLOTS + 1; n++) {
            bench.addBackup("b" + n, Content.generated(n, 40_000_000));
        }

        bench.list(node);
        node.links().fill();
        node.links().fill();

        assertThat(bench.rows.one("select count(*) from backup where state = 'linked'"))
                .isEqualTo("" + 2 * Bench.SLOTS);
        assertThat(bench.cloud.journal().linksIssued()).isEqualTo(2L * Bench.SLOTS);
    }

    @Test
    void smallBackupsGetLinksAheadSoThatNoSlotRunsDryBetweenTicks() {
        var node = bench.node("a");
        for (var n = 0; n < 12; n++) {
            bench.addBackup("b" + n, RdbFiles.ofSize(n, 20_000));
        }

        bench.list(node);
        node.links().fill();

        assertThat(bench.rows.one("select count(*) from backup where state = 'linked'"))
                .isEqualTo("12");
        bench.settle(node);
        assertThat(bench.rows.one("select count(*) from backup where state = 'archived'"))
                .isEqualTo("12");
        assertThat(bench.events.mostRunning()).isLessThanOrEqualTo(Bench.SLOTS);
    }

    private void addCluster() {
        bench.cloud.dcs().add(DcsInstance.cluster(CLUSTER, "sessions", "6.0", 16));
        var shards = IntStream.range(0, 4)
                .<Content>mapToObj(shard -> RdbFiles.ofSize(shard, 40_000L + shard))
                .toList();
        bench.cloud.dcs().add(CLUSTER, DcsBackup.cluster("cluster", bench.made(), "192.168.0.21", 6379, shards));
    }

    private static String shard(int index) {
        return "redis_192.168.0.21_6379_%d-%d_20261121170000.rdb".formatted(index * 4096, index * 4096 + 4095);
    }
}
