package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.transfer.FetchOutcome.Stalled;
import io.backhaul.transfer.FetchOutcome.Stopped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StopTest extends TransferTestBase {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Sends a head and some bytes, then nothing until the test lets it go. */
    private ScriptedStore.Reply hanging(int announced, byte[] body) {
        return out -> {
            out.write(("HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: " + announced + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            await(released);
        };
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await(50, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private FetchRequest announcing() {
        var request = request();
        return new FetchRequest(
                request.link(),
                Instant.MAX,
                request.staged(),
                request.rules(),
                null,
                bytes -> arrived.countDown(),
                room());
    }

    @Test
    void stopEndsARunningFetchAndKeepsWhatCame() throws Exception {
        store.then(hanging(1_000_000, bytes(100_000)));
        var running = CompletableFuture.supplyAsync(() -> downloader.fetch(announcing()));
        await(arrived);

        downloader.stop();

        assertThat(running.get(50, TimeUnit.SECONDS).outcome()).isEqualTo(new Stopped());
        assertThat(staged().kept().bytes()).isPositive();
        released.countDown();
    }

    @Test
    void stopEndsAFetchThatWaitsForTheFirstByte() throws Exception {
        store.then(out -> {
            arrived.countDown();
            await(released);
        });
        var running = CompletableFuture.supplyAsync(this::fetch);
        await(arrived);

        downloader.stop();

        assertThat(running.get(50, TimeUnit.SECONDS).outcome()).isEqualTo(new Stopped());
        released.countDown();
    }

    @Test
    void afterStopNothingIsSent() {
        downloader.stop();

        assertThat(fetch().outcome()).isEqualTo(new Stopped());
        assertThat(store.seen()).isEmpty();
    }

    @Test
    void anInterruptEndsAFetchAsStoppedAndStaysSet() throws Exception {
        store.then(hanging(1_000_000, bytes(100_000)));
        var interrupted = new CompletableFuture<Boolean>();
        var running = new CompletableFuture<FetchReport>();
        var thread = Thread.ofPlatform().start(() -> {
            running.complete(downloader.fetch(announcing()));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        await(arrived);

        thread.interrupt();

        // a socket read does not hear an interrupt; the next byte, or the stall time-out, does
        released.countDown();
        assertThat(running.get(50, TimeUnit.SECONDS).outcome().asAttempt().label())
                .isIn("stopped", "cut");
        assertThat(interrupted.get(50, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void silenceForTheStallTimeoutEndsAFetchAndKeepsWhatCame() {
        var object = bytes(100_000);
        store.then(hanging(object.length, Arrays.copyOf(object, 10_000)));
        try (var impatient = new Downloader(settings(Duration.ofMillis(300), null), clock)) {
            var report = impatient.fetch(request());

            assertThat(report.outcome()).isInstanceOf(Stalled.class);
            assertThat(report.moved().bytes()).isEqualTo(10_000);
            assertThat(staged().kept().bytes()).isEqualTo(10_000);
        }
        released.countDown();
    }

    @Test
    void aStoreThatNeverAnswersIsAStallToo() {
        store.then(out -> await(released));
        try (var impatient = new Downloader(settings(Duration.ofMillis(300), null), clock)) {
            assertThat(impatient.fetch(request()).outcome()).isInstanceOf(Stalled.class);
        }
        released.countDown();
    }
}
