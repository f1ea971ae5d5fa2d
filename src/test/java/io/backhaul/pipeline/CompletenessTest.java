package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.RdbFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A set is worth nothing unless whole: what its names prove, and what happens while they prove the contrary. */
@ExtendWith(TestDatabase.class)
class CompletenessTest {
    private static final String CLUSTER = "8d2f7a30-1f7e-4f0c-9b1d-6a3f0e5b7c21";

    private final Bench bench;

    CompletenessTest(TestDatabase.Emptied database, @TempDir Path folder) {
        bench = new Bench(database, folder, "nas");
    }

    @BeforeEach
    void addCluster() {
        bench.cloud.dcs().add(DcsInstance.cluster(CLUSTER, "sessions", "6.0", 16));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shardsThatHoldEverySlotAreKnownToBeWhole() throws IOException {
        bench.cloud.dcs().add(CLUSTER, ofShards(3));

        bench.settle(bench.node("a"));

        assertThat(manifest()).contains("\"check\" : \"completeness\"", "\"3 files hold the slots 0-16383\"");
        bench.onDisk("nas").assertEverySetIsWhole();
    }

    @Test
    void aBackupThatLacksAShardWaitsUntilItHasIt() {
        var node = bench.node("a");
        bench.cloud.dcs().add(CLUSTER, ofShards(3).lacking(1));
        bench.list(node);

        bench.round(node);
        assertThat(bench.rows.states()).containsExactly("b|waiting");
        assertThat(bench.rows.one("select reason from backup"))
                .contains("the shards are not whole, 2 files and none with the slots 5461-10921");
        assertThat(bench.onDisk("nas").sets()).isEmpty();

        bench.cloud.dcs().remove("b");
        bench.cloud.dcs().add(CLUSTER, ofShards(3));
        bench.settle(node);
        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.one("select count(*) from backup_file")).isEqualTo("3");
    }

    @Test
    void aListOfLinksThatTheProviderCutIsSeenByItsSlots() {
        var node = bench.node("a");
        bench.cloud.dcs().add(CLUSTER, ofShards(65));
        bench.list(node);

        bench.round(node);

        assertThat(bench.rows.states()).containsExactly("b|waiting");
        assertThat(bench.rows.one("select reason from backup"))
                .contains("64 files and none with the slots 16131-16383");
    }

    @Test
    void asManyLinksAsAnAnswerHoldsAreArchivedWithARemark() throws IOException {
        var files = IntStream.range(0, 64)
                .mapToObj(n -> BackupFile.of("shard" + n + ".rdb", RdbFiles.ofSize(n, 200)))
                .toList();
        bench.cloud.dcs().add(CLUSTER, DcsBackup.of("b", bench.made(), files));

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(manifest())
                .contains("\"as many links came as an answer can hold, 64: the provider may have cut the list\"");
    }

    private DcsBackup ofShards(int count) {
        var shards = IntStream.range(0, count)
                .<Content>mapToObj(n -> RdbFiles.ofSize(n, 20_000L + n))
                .toList();
        return DcsBackup.cluster("b", bench.made(), "192.168.0.21", 6379, shards);
    }

    private String manifest() throws IOException {
        return Files.readString(bench.onDisk("nas").sets().getFirst().resolve("manifest.json"));
    }
}
