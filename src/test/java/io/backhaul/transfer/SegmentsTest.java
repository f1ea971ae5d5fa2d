package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.ManualClock;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Sha256;
import io.backhaul.config.Bandwidth;
import io.backhaul.config.Trust;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.Fault;
import io.backhaul.transfer.FetchOutcome.Complete;
import io.backhaul.transfer.FetchOutcome.Cut;
import io.backhaul.transfer.FetchOutcome.LinkDead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large file over several connections, from a store that caps each. */
@Timeout(120)
class SegmentsTest {
    private static final int MIB = 1 << 20;
    private static final int TOTAL = 24 * MIB;
    private static final long CAP = 24L * MIB;
    private static final Content OBJECT = Content.bytes(TransferTestBase.bytes(TOTAL));

    @TempDir
    Path folder;

    private final ManualClock clock = ManualClock.at("2026-11-21T00:00:00Z");
    private SimulatedStore store = new SimulatedStore(clock, OBJECT);

    @BeforeEach
    void cap() {
        store.cap(CAP);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private FetchReport fetch(int segments, Progress progress) {
        return fetch(segments, Instant.MAX, progress);
    }

    private FetchReport fetch(int segments, Instant usableUntil, Progress progress) {
        return fetch(segments, Renewal.NONE, usableUntil, progress);
    }

    private FetchReport fetch(int segments, Renewal renewal, Instant usableUntil, Progress progress) {
        var settings = new DownloadSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), segments, null, "test");
        try (var downloader = new Downloader(settings, clock, Dns.SYSTEM, Machine.IDLE)) {
            return downloader.fetch(new FetchRequest(
                    store.link(),
                    usableUntil,
                    renewal,
                    staged(),
                    store.rules(),
                    null,
                    progress,
                    new DiskRoom(folder),
                    new Brake()));
        }
    }

    private StagedFile staged() {
        return StagedFile.in(folder, SimulatedStore.NAME, SimulatedStore.NAME);
    }

    private void assertThatItIsWhole(FetchReport report) throws IOException {
        assertThat(report.outcome()).isInstanceOf(Complete.class);
        store.uncap();
        var truth = store.truth();
        store.cap(CAP);
        assertThat(folder.resolve(SimulatedStore.NAME)).hasBinaryContent(truth);
        assertThat(((Complete) report.outcome()).file().sha256()).isEqualTo(Sha256.of(truth));
    }

    /** Leaves some ranges staged, as a killed process does. */
    private void stage(ByteRange... ranges) throws IOException {
        store.uncap();
        var truth = store.truth();
        var headers = java.net.URI.create(store.link().reveal()).toURL().openConnection();
        var generation = new Generation(
                headers.getHeaderField("ETag"), headers.getHeaderField("Last-Modified"), (long) TOTAL, null, null);
        headers.getInputStream().close();
        try (var part = staged().begin(generation)) {
            for (var range : ranges) {
                part.write(ByteBuffer.wrap(truth, (int) range.from(), (int) range.length()), range.from());
            }
        }
        store.cap(CAP);
    }

    @Test
    void aCappedStoreIsAskedForSeveralRangesAtOnce() throws IOException {
        var report = fetch(4, bytes -> {});

        assertThatItIsWhole(report);
        assertThat(report.moved().bytes()).isEqualTo(TOTAL);
        assertThat(store.ranges().getFirst()).isEqualTo("whole");
        assertThat(store.ranges().subList(1, store.ranges().size() - 1))
                .isNotEmpty()
                .allSatisfy(range -> assertThat(range).matches("bytes=\\d+-\\d+"));
    }

    @Test
    void oneSegmentIsOneRequest() throws IOException {
        assertThatItIsWhole(fetch(1, bytes -> {}));
        assertThat(store.ranges()).containsExactly("whole", "whole");
    }

    @Test
    void aStoreThatIgnoresRangesIsReadInOneStream() throws IOException {
        store.cloud().faults().inject(Fault.RANGE_IGNORED, SimulatedStore.FILE, 99);

        assertThatItIsWhole(fetch(4, bytes -> {}));
        // one try to share, and no other
        assertThat(store.ranges()).hasSize(3);
    }

    @Test
    void whatIsStagedInPiecesIsNotFetchedAgain() throws IOException {
        stage(new ByteRange(0, 3 * MIB), new ByteRange(5 * MIB, 11 * MIB), new ByteRange(20 * MIB, 23 * MIB));
        assertThat(staged().kept().bytes()).isEqualTo(12 * MIB);

        var report = fetch(4, bytes -> {});

        assertThatItIsWhole(report);
        assertThat(report.fromByte()).isEqualTo(3 * MIB);
        assertThat(report.moved().bytes()).isEqualTo(12 * MIB);
    }

    @Test
    void aGapInTheMiddleIsAskedForWithoutWhatIsBehindIt() throws IOException {
        stage(new ByteRange(0, 5 * MIB), new ByteRange(8 * MIB, TOTAL));

        var report = fetch(4, bytes -> {});

        assertThatItIsWhole(report);
        assertThat(report.moved().bytes()).isEqualTo(3 * MIB);
    }

    @Test
    void piecesAreBroughtTogetherByOneStreamToo() throws IOException {
        stage(new ByteRange(5 * MIB, 11 * MIB), new ByteRange(20 * MIB, 23 * MIB));

        var report = fetch(1, bytes -> {});

        assertThatItIsWhole(report);
        assertThat(report.moved().bytes()).isEqualTo(15 * MIB);
    }

    @Test
    void aStreamThatBreaksLeavesItsRestToTheOthers() throws IOException {
        stage(new ByteRange(8 * MIB, 9 * MIB), new ByteRange(16 * MIB, 17 * MIB));
        var isFirst = new AtomicBoolean(true);
        store.cloud().faults().inject(Fault.CONNECTION_CUT.with(MIB), SimulatedStore.FILE, 1);
        store.cloud().faults().inject(Fault.BODY_TRUNCATED.with(2 * MIB), SimulatedStore.FILE, 1);

        var report = fetch(4, bytes -> isFirst.set(false));

        assertThatItIsWhole(report);
        assertThat(store.cloud().faults().pending()).isZero();
        assertThat(isFirst).isFalse();
    }

    @Test
    void aBugInOneStreamEndsTheOthersAndLeavesNothingTaken() throws IOException {
        var settings = new DownloadSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(5), 4, null, "test", 4, Trust.ofSystem());
        stage(new ByteRange(4 * MIB, 5 * MIB), new ByteRange(8 * MIB, 9 * MIB), new ByteRange(16 * MIB, 17 * MIB));
        try (var downloader = new Downloader(settings, clock, Dns.SYSTEM, Machine.IDLE)) {
            for (var n = 0; n < 4; n++) {
                var seen = new AtomicLong();
                assertThatThrownBy(() -> downloader.fetch(request(bytes -> {
                            if (seen.addAndGet(bytes) > MIB) {
                                throw new IllegalStateException("ours");
                            }
                        })))
                        .hasRootCauseMessage("ours");
            }

            var threads = ConcurrentHashMap.newKeySet();
            var two = new CountDownLatch(2);
            var isAlone = new AtomicBoolean();
            assertThatItIsWhole(downloader.fetch(request(bytes -> {
                if (threads.add(Thread.currentThread())) {
                    two.countDown();
                    isAlone.compareAndSet(false, !await(two));
                }
            })));
            assertThat(isAlone).isFalse();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private FetchRequest request(Progress progress) {
        return new FetchRequest(
                store.link(), Instant.MAX, staged(), store.rules(), null, progress, new DiskRoom(folder));
    }

    @Test
    void aLinkTooOldForAnotherRequestIsNotSharedAndNotAskedAgain() throws IOException {
        assertThatItIsWhole(fetch(4, clock.instant(), bytes -> {}));
        assertThat(store.ranges()).containsExactly("whole", "whole");

        staged().discard();
        stage(new ByteRange(8 * MIB, 9 * MIB));
        var asked = store.ranges().size();

        var report = fetch(4, clock.instant(), bytes -> {});

        assertThat(report.outcome()).isEqualTo(new Cut("the link is too old for another request"));
        assertThat(store.ranges()).hasSize(asked + 1);
        assertThatItIsWhole(fetch(4, bytes -> {}));
    }

    @Test
    void aLinkTooOldForAnotherRequestIsReplacedWhileStreamsRun() throws IOException {
        stage(new ByteRange(8 * MIB, 9 * MIB));
        var issued = store.cloud().journal().linksIssued();

        var report = fetch(
                4, () -> Optional.of(new Renewal.Renewed(store.link(), Instant.MAX)), clock.instant(), bytes -> {});

        assertThatItIsWhole(report);
        assertThat(report.moved().bytes()).isEqualTo(23 * MIB);
        assertThat(store.cloud().journal().linksIssued()).isEqualTo(issued + 2 + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereNoOtherLinkComesThatIsYoungEnoughNobodyAsksTwice(boolean comesOld) throws IOException {
        stage(new ByteRange(8 * MIB, 9 * MIB));
        var asked = new AtomicInteger();

        var report = fetch(
                4,
                () -> {
                    asked.incrementAndGet();
                    return comesOld
                            ? Optional.of(new Renewal.Renewed(store.link(), clock.instant()))
                            : Optional.empty();
                },
                clock.instant(),
                bytes -> {});

        assertThat(report.outcome()).isEqualTo(new Cut("the link is too old for another request"));
        assertThat(report.moved().bytes()).isEqualTo(8 * MIB);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aLinkThatDiesEndsAllStreamsAndTheNextOneGoesOn() throws IOException {
        stage(new ByteRange(8 * MIB, 9 * MIB), new ByteRange(16 * MIB, 17 * MIB));
        var isFirst = new AtomicBoolean(true);

        var died = fetch(2, bytes -> {
            if (isFirst.getAndSet(false)) {
                // the third gap's request is still to come
                store.cloud().faults().inject(Fault.LINK_EXPIRED_EARLY, SimulatedStore.FILE, 1);
            }
        });

        assertThat(died.outcome()).isInstanceOf(LinkDead.class);
        var again = fetch(2, bytes -> {});
        assertThatItIsWhole(again);
        assertThat(died.moved().bytes() + again.moved().bytes()).isEqualTo(TOTAL - 2 * MIB);
    }

    @Test
    void aFileGivesUpItsSecondStreamWhereAnotherFileHasNone() throws Exception {
        stage(new ByteRange(8 * MIB, 9 * MIB));
        store.uncap();
        var flows = new AtomicBoolean();
        var nanos = new AtomicLong();
        var streams = ConcurrentHashMap.newKeySet();
        var both = new CountDownLatch(3);
        var held = new Pace(new Bandwidth.Steady(new ByteCount(MIB)), clock, () -> {
            if (streams.add(Thread.currentThread())) {
                both.countDown();
            }
            return flows.get() ? nanos.addAndGet(1_000_000_000) : 0;
        });
        var settings = new DownloadSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(5), 2, null, "test", 2, Trust.ofSystem());
        try (var downloader = new Downloader(settings, clock)) {
            var large = CompletableFuture.supplyAsync(
                    () -> downloader.fetch(request(staged()), new Throttle(List.of(held))));
            both.await();

            var other = downloader.fetch(request(StagedFile.in(folder, "other.bin", "other.bin")));

            assertThat(other.outcome()).isInstanceOf(Complete.class);
            assertThat(large).isNotDone();
            flows.set(true);
            assertThatItIsWhole(large.get());
        }
    }

    private FetchRequest request(StagedFile staged) {
        return new FetchRequest(
                store.link(), Instant.MAX, staged, store.rules(), null, bytes -> {}, new DiskRoom(folder));
    }
}
