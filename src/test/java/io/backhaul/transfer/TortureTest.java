package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.disk.Trouble;
import io.backhaul.transfer.FetchOutcome.Complete;
import io.backhaul.transfer.HonestStore.CallFault;
import io.backhaul.transfer.TorturedDownload.Beginning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import okhttp3.Dns;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same download over and over, with its first operation failing, then its second, and so on until it passes. With
 * several streams the order is not always the same, and what is asserted holds in any.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class TortureTest {
    private static final int ENOUGH = 2_000;
    private static final ManualClock CLOCK = ManualClock.at("2026-11-21T00:00:00Z");
    /** Everything is worth threads and further streams. */
    private static final Thresholds LOW =
            new Thresholds(0, 20_000, Duration.ZERO, Duration.ofMillis(1), disk -> new Machine());

    @TempDir
    Path folder;

    /** Those with requests. */
    static Stream<Arguments> calls() {
        return Arrays.stream(Beginning.values())
                .filter(beginning -> beginning != Beginning.WHOLE)
                .flatMap(beginning -> Stream.of(Arguments.of(beginning, 1), Arguments.of(beginning, 4)));
    }

    static Stream<Arguments> downloads() {
        return Stream.concat(calls(), Stream.of(Arguments.of(Beginning.WHOLE, 1)));
    }

    /** One download in which the n-th thing fails; tells whether it came to that. */
    @FunctionalInterface
    private interface Round {
        boolean run(TorturedDownload download, int nth) throws IOException;
    }

    private void torture(String fault, Beginning beginning, int segments, Round round) throws IOException {
        var settings = new DownloadSettings(Duration.ofSeconds(5), Duration.ofSeconds(20), segments, null, "test");
        var isShared = segments > 1;
        var nth = 1;
        try (var downloader = new Downloader(settings, CLOCK, Dns.SYSTEM, isShared ? LOW : Thresholds.USUAL)) {
            for (var isThrough = false; !isThrough; nth++) {
                var place = folder.resolve(fault + nth);
                try (var download = new TorturedDownload(place, beginning, downloader, isShared)) {
                    isThrough = !run(round, download, fault, nth);
                }
                assertThat(nth).isLessThan(ENOUGH);
            }
        }
        assertThat(nth).as("operations that failed").isGreaterThan(2);
    }

    private static boolean run(Round round, TorturedDownload download, String fault, int nth) throws IOException {
        try {
            return round.run(download, nth);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(fault + " at operation " + nth + ", " + download + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("downloads")
    void whateverTheDiskRefusesTheFileIsRightOrTheFailureIsLoud(Beginning beginning, int segments) throws IOException {
        for (var isHalfDone : new boolean[] {false, true}) {
            torture(isHalfDone ? "halfway-" : "refused-", beginning, segments, (download, nth) -> {
                var refused = nth % 2 == 0 ? Trouble.FULL : Trouble.REFUSED;
                download.disk().fail(nth, null, isHalfDone ? Trouble.HALFWAY : refused);
                fetchUntil(download, () -> !download.disk().isPending());
                var wasHit = !download.disk().isPending();
                download.finish();
                return wasHit;
            });
        }
    }

    @ParameterizedTest
    @MethodSource("downloads")
    void aLossOfPowerAtAnyMomentCostsNoMoreThanWhatWasNotSynced(Beginning beginning, int segments) throws IOException {
        for (var seed = 0; seed < 2; seed++) {
            // the first time all is lost that can be; later some of it
            var dice = new Random(seed);
            BooleanSupplier survives = seed == 0 ? () -> false : dice::nextBoolean;
            torture("power-" + seed + "-", beginning, segments, (download, nth) -> {
                download.disk().fail(nth, null, Trouble.POWER_CUT);
                fetchUntil(download, () -> !download.disk().isPending());
                var wasHit = !download.disk().isPending();
                download.disk().losePower(survives);
                download.finish();
                return wasHit;
            });
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whicheverCallFailsTheFileIsRightOrTheFailureIsLoud(Beginning beginning, int segments) throws IOException {
        for (var fault : CallFault.values()) {
            torture(fault.name(), beginning, segments, (download, nth) -> {
                download.store().fail(nth, fault);
                fetchUntil(download, () -> !download.store().isPending());
                var wasHit = !download.store().isPending();
                download.finish();
                return wasHit;
            });
        }
    }

    /** Fetches as long as neither the failure nor the file has come. */
    private static void fetchUntil(TorturedDownload download, BooleanSupplier hasFailed) throws IOException {
        while (!(download.fetch() instanceof Complete) && !hasFailed.getAsBoolean()) {
            // the next one may come to it
        }
    }
}
