package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.Sha256;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultOrder;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.RdbFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a store does to a body, the file is right in the end or the backup fails loudly. */
@ExtendWith(TestDatabase.class)
class StoreTroubleTest {
    private static final int SIZE = 3_000_000;
    private static final Content CONTENT = RdbFiles.ofSize(1, SIZE);
    private static final FaultTarget FILE = FaultTarget.file("b.rdb");

    private final Bench bench;

    StoreTroubleTest(TestDatabase.Emptied database, @TempDir Path folder) {
        bench = new Bench(database, folder, "nas");
    }

    @AfterEach
    void close() {
        bench.cloud.releaseStalls();
        bench.close();
    }

    static Stream<FaultOrder> passingTroubles() {
        return Stream.of(
                Fault.NO_ANSWER.plain(),
                Fault.CONNECTION_CUT.with(1_000_000),
                Fault.BODY_TRUNCATED.with(1_000_000),
                Fault.BODY_TRUNCATED.with(0),
                Fault.LENGTH_SHORT.with(1_000_000),
                Fault.LENGTH_MISSING.with(1_000_000),
                Fault.BODY_STALLED.with(1_000_000),
                Fault.THROTTLED.with(Duration.ofSeconds(30)),
                Fault.UNAVAILABLE.plain(),
                Fault.INTERNAL_ERROR.plain(),
                Fault.HTML_502.plain(),
                Fault.XML_ERROR_WITH_200.plain(),
                Fault.HTML_PAGE_WITH_200.plain(),
                Fault.BIT_FLIPPED.with(2_500_000));
    }

    @ParameterizedTest
    @MethodSource("passingTroubles")
    void aTroubleThatPassesCostsATryAndTheFileIsRight(FaultOrder order) throws IOException {
        bench.addBackup("b", CONTENT);
        bench.cloud.faults().inject(order, FILE, 1);

        bench.settle(bench.node("a"));

        assertThat(bench.cloud.faults().pending()).isZero();
        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.one("select sha256 from backup_file")).isEqualTo(sha256(CONTENT));
        bench.onDisk("nas").assertEverySetIsWhole();
    }

    static Stream<FaultOrder> troublesOfAContinuation() {
        return Stream.of(
                Fault.CONTENT_RANGE_WRONG.with(7),
                Fault.CONTENT_RANGE_LYING.with(7),
                Fault.RANGE_IGNORED.plain(),
                Fault.BIT_FLIPPED.with(2_500_000),
                Fault.XML_ERROR_WITH_200.plain(),
                Fault.HTML_PAGE_WITH_200.plain());
    }

    @ParameterizedTest
    @MethodSource("troublesOfAContinuation")
    void aWrongContinuationNeverBecomesAWrongFile(FaultOrder order) throws IOException {
        bench.addBackup("b", CONTENT);
        bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(1_200_000), FILE, 1);
        bench.cloud.faults().inject(order, FILE, 1);

        bench.settle(bench.node("a"));

        assertThat(bench.cloud.faults().pending()).isZero();
        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.one("select sha256 from backup_file")).isEqualTo(sha256(CONTENT));
    }

    static Stream<Fault> swaps() {
        return Stream.of(Fault.OBJECT_SWAPPED, Fault.OBJECT_SWAPPED_WITHOUT_ETAG);
    }

    /** The simulator's new object is no dump: nothing right can come of it, so it must fail, and show nothing. */
    @ParameterizedTest
    @MethodSource("swaps")
    void bytesOfTwoObjectsNeverMeet(Fault swap) {
        bench.addBackup("b", CONTENT);
        bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(1_200_000), FILE, 1);
        bench.cloud.faults().inject(swap, FILE, 1);

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("b|failed");
        assertThat(bench.rows.one("select reason from backup")).startsWith("the file came wrong 5 times");
        assertThat(bench.onDisk("nas").sets()).isEmpty();
    }

    @Test
    void anObjectThatIsReplacedByAnotherDumpComesAsThatDump() throws IOException {
        var node = bench.node("a");
        var other = RdbFiles.ofSize(2, SIZE);
        bench.addBackup("b", CONTENT);
        bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(900_000), FILE, 1);
        bench.list(node);
        bench.round(node);

        bench.cloud.dcs().swap("b", "b.rdb", other);
        bench.settle(node);

        assertThat(bench.rows.one("select sha256 from backup_file")).isEqualTo(sha256(other));
        assertThat(bench.rows.of("select outcome from attempt order by id"))
                .containsExactly("cut", "new_generation", "complete");
    }

    @Test
    void aThrottlingStoreIsLeftInPeaceUntilItsRetryAfter() {
        var node = bench.node("a");
        bench.addBackup("b", CONTENT);
        bench.cloud.faults().inject(Fault.THROTTLED.with(Duration.ofSeconds(75)), FILE, 1);
        bench.list(node);

        bench.round(node);
        bench.clock.advance(Duration.ofSeconds(74));
        bench.round(node);
        assertThat(bench.cloud.journal().requests(FILE)).hasSize(1);
        assertThat(bench.rows.of("select outcome, retry_at - ended_at from attempt"))
                .containsExactly("throttled|00:01:15");

        bench.clock.advance(Duration.ofSeconds(1));
        bench.round(node);
        assertThat(bench.rows.states()).containsExactly("b|archived");
    }

    @Test
    void aFileThatIsWrongEveryTimeFailsWithWhatWasWrong() {
        bench.addBackup("b", CONTENT);
        bench.cloud.faults().inject(Fault.BIT_FLIPPED.with(1_000_000), FILE, 100);

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("b|failed");
        assertThat(bench.rows.one("select reason from backup"))
                .startsWith("the file came wrong 5 times, at last damaged: ");
        assertThat(bench.rows.one("select count(*) from attempt")).isEqualTo("5");
        assertThat(bench.events.heard()).hasSize(5).containsOnly("verify failed nas");
    }

    @Test
    void aLongOutageIsNotHeldAgainstAFileThatIsThenDamagedOnce() {
        bench.addBackup("b", CONTENT);
        bench.cloud.faults().inject(Fault.UNAVAILABLE, FILE, 8);
        bench.cloud.faults().inject(Fault.BIT_FLIPPED.with(1_000_000), FILE, 1);

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("b|archived");
    }

    private static String sha256(Content content) throws IOException {
        var bytes = new byte[Math.toIntExact(content.length())];
        content.read(0, bytes, 0, bytes.length);
        var digest = Sha256.digest();
        digest.update(bytes);
        return HexFormat.of().formatHex(digest.digest());
    }
}
