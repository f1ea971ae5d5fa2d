package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.backup.Sha256;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultOrder;
import io.backhaul.transfer.FetchOutcome.Complete;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import okhttp3.Dns;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the store does, in one stream or several, fresh or resumed: what stands in the end is what it holds. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixTest {
    private static final int MIB = 1 << 20;
    private static final int TOTAL = 18 * MIB;
    private static final int TRIES = 6;
    private static final Content OBJECT = Content.bytes(TransferTestBase.bytes(TOTAL));

    private static final List<FaultOrder> FAULTS = List.of(
            Fault.NO_ANSWER.plain(),
            Fault.CONNECTION_CUT.with(0),
            Fault.CONNECTION_CUT.with(MIB),
            Fault.BODY_TRUNCATED.with(MIB),
            Fault.LENGTH_SHORT.with(MIB),
            Fault.LENGTH_MISSING.with(MIB),
            Fault.BODY_STALLED.with(MIB),
            Fault.BODY_SLOW.with(4L * MIB),
            Fault.DATE_MISSING.plain(),
            Fault.XML_ERROR_WITH_200.plain(),
            Fault.HTML_PAGE_WITH_200.plain(),
            Fault.HTML_502.plain(),
            Fault.THROTTLED.with(Duration.ofSeconds(1)),
            Fault.UNAVAILABLE.with(Duration.ZERO),
            Fault.INTERNAL_ERROR.plain(),
            Fault.REDIRECT.with("http://127.0.0.2:1/elsewhere"),
            Fault.LINK_EXPIRED_EARLY.plain(),
            Fault.CONTENT_RANGE_WRONG.with(4L * MIB),
            Fault.CONTENT_RANGE_LYING.with(1),
            Fault.RANGE_IGNORED.plain(),
            Fault.OBJECT_SWAPPED.plain(),
            Fault.OBJECT_SWAPPED_WITHOUT_ETAG.plain(),
            Fault.BIT_FLIPPED.with(6L * MIB));

    @TempDir
    Path folder;

    private final ManualClock clock = ManualClock.at("2026-11-21T00:00:00Z");

    /** When a fault comes: at the first request, or once bytes are coming. */
    enum Moment {
        FIRST,
        LATER
    }

    /** One stream meets nothing later that it does not meet at first; several share only once bytes are coming. */
    static Stream<Arguments> faults() {
        return FAULTS.stream()
                .flatMap(fault -> Stream.of(
                        Arguments.of(fault, 1, false, Moment.FIRST),
                        Arguments.of(fault, 1, true, Moment.FIRST),
                        Arguments.of(fault, 4, false, Moment.LATER),
                        Arguments.of(fault, 4, true, Moment.FIRST),
                        Arguments.of(fault, 4, true, Moment.LATER)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatStandsInTheEndIsWhatTheStoreHolds(FaultOrder fault, int segments, boolean resumed, Moment moment)
            throws IOException {
        var settings = new DownloadSettings(Duration.ofSeconds(5), Duration.ofMillis(400), segments, null, "test");
        try (var store = new SimulatedStore(clock, OBJECT);
                var downloader = new Downloader(settings, clock, Dns.SYSTEM, Machine.IDLE)) {
            if (resumed) {
                stage(store);
            }
            if (segments > 1) {
                store.cap(20L * MIB);
            }
            var isDue = new AtomicBoolean(true);
            Runnable strike = () -> {
                if (isDue.getAndSet(false)) {
                    store.cloud().faults().inject(fault, SimulatedStore.FILE, 1);
                }
            };
            if (moment == Moment.FIRST) {
                strike.run();
            }
            var outcomes = new ArrayList<FetchOutcome>();
            while (outcomes.size() < TRIES && !endsWithAFile(outcomes)) {
                var request = new FetchRequest(
                        store.link(),
                        Instant.MAX,
                        staged(),
                        store.rules(),
                        null,
                        bytes -> strike.run(),
                        new DiskRoom(folder));
                outcomes.add(downloader.fetch(request).outcome());
                assertThat(Files.exists(folder.resolve(SimulatedStore.NAME))).isEqualTo(endsWithAFile(outcomes));
            }

            assertThat(outcomes).last().isInstanceOf(Complete.class);
            store.cloud().faults().clear();
            store.uncap();
            var truth = store.truth();
            assertThat(folder.resolve(SimulatedStore.NAME)).hasBinaryContent(truth);
            assertThat(((Complete) outcomes.getLast()).file().sha256()).isEqualTo(Sha256.of(truth));
        }
    }

    private static boolean endsWithAFile(List<FetchOutcome> outcomes) {
        return !outcomes.isEmpty() && outcomes.getLast() instanceof Complete;
    }

    private StagedFile staged() {
        return StagedFile.in(folder, SimulatedStore.NAME, SimulatedStore.NAME);
    }

    /** What a killed process with three streams leaves. */
    private void stage(SimulatedStore store) throws IOException {
        var truth = store.truth();
        var answer = URI.create(store.link().reveal()).toURL().openConnection();
        var generation = new Generation(
                answer.getHeaderField("ETag"), answer.getHeaderField("Last-Modified"), (long) TOTAL, null, null);
        answer.getInputStream().close();
        try (var part = staged().begin(generation)) {
            for (var from : List.of(0, 6 * MIB, 12 * MIB)) {
                part.write(ByteBuffer.wrap(truth, from, 2 * MIB), from);
            }
        }
    }
}
