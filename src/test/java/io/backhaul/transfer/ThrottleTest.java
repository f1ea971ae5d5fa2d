package io.backhaul.transfer;

import static io.backhaul.transfer.ScriptedStore.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.backup.ByteCount;
import io.backhaul.config.Bandwidth;
import io.backhaul.transfer.FetchOutcome.Complete;
import io.backhaul.transfer.FetchOutcome.Stopped;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThrottleTest extends TransferTestBase {
    private final AtomicLong looks = new AtomicLong();
    private final CountDownLatch waiting = new CountDownLatch(1);

    private static Bandwidth steady(long rate) {
        return new Bandwidth.Steady(new ByteCount(rate));
    }

    /** For a throttle whose time stands still: its streams wait for ever, and so often do only they look. */
    private long frozen() {
        if (looks.incrementAndGet() > 10) {
            waiting.countDown();
        }
        return 0;
    }

    private Throttle telling(long rate) {
        return new Throttle(List.of(new Pace(steady(rate), clock, this::frozen)));
    }

    @Test
    void stopEndsAStreamThatWaitsForItsTurn() throws Exception {
        store.then(answer("200 OK", bytes(100_000)));
        var running = CompletableFuture.supplyAsync(() -> downloader.fetch(request(), telling(1024)));
        waiting.await();

        downloader.stop();

        assertThat(running.get(50, TimeUnit.SECONDS).outcome()).isEqualTo(new Stopped());
    }

    @Test
    void anInterruptEndsAStreamThatWaitsForItsTurn() throws Exception {
        store.then(answer("200 OK", bytes(100_000)));
        var ended = new CompletableFuture<FetchOutcome>();
        var interrupted = new CompletableFuture<Boolean>();
        var thread = Thread.ofPlatform().start(() -> {
            ended.complete(downloader.fetch(request(), telling(1024)).outcome());
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        waiting.await();

        thread.interrupt();

        assertThat(ended.get(50, TimeUnit.SECONDS)).isEqualTo(new Stopped());
        assertThat(interrupted.get(50, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aThrottledStreamIsNoStalledOne() {
        var object = bytes(16_000);
        store.then(answer("200 OK", object));
        // each read waits for twice the stall time-out
        try (var slow = new Downloader(settings(Duration.ofMillis(200), steady(20_000)), clock)) {
            assertThat(slow.fetch(request()).outcome()).isInstanceOf(Complete.class);
        }

        assertThat(whole()).hasBinaryContent(object);
    }

    @Test
    void oneSourcesLimitHoldsUpNoOther() throws Exception {
        store.then(answer("200 OK", bytes(100_000)));
        var held = CompletableFuture.supplyAsync(() -> downloader.fetch(request(), telling(1024)));
        waiting.await();
        store.then(answer("200 OK", bytes(100_000)));

        assertThat(fetch("other.bin").outcome()).isInstanceOf(Complete.class);

        assertThat(held).isNotDone();
        downloader.stop();
        held.get(50, TimeUnit.SECONDS);
    }

    @Test
    void theLimitOfAllHoldsBesideThatOfASource() {
        var wide = new Pace(steady(1L << 40), clock, System::nanoTime);
        var all = new Pace(steady(1024), clock, () -> 0);

        var both = new Throttle(List.of(all)).and(new Throttle(List.of(wide)));

        for (var source : List.of(both, new Throttle(List.of(wide, all)))) {
            var body = source.apply(new Buffer().write(bytes(100_000)), () -> true);
            assertThatThrownBy(body::readByteArray).isInstanceOf(InterruptedIOException.class);
        }
    }
}
