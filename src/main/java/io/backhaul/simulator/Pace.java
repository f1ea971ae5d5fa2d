package io.backhaul.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Everything that makes an answer wait. Waits are in real time, whatever the provider's clock says, and all of them
 * end at once when the cloud is closed.
 */
final class Pace {
    private final CountDownLatch closed = new CountDownLatch(1);
    private long bytesPerSecond = Delivery.UNLIMITED;
    private CountDownLatch stall = new CountDownLatch(1);

    synchronized void limitTo(long rate) {
        bytesPerSecond = rate;
    }

    synchronized long bytesPerSecond() {
        return bytesPerSecond;
    }

    /** What a stalled answer waits for; taken before its first byte goes out, so that no release comes too early. */
    synchronized CountDownLatch nextRelease() {
        return stall;
    }

    /** Lets all answers go on that were begun before now. */
    synchronized void release() {
        stall.countDown();
        stall = new CountDownLatch(1);
    }

    void close() {
        closed.countDown();
        release();
    }

    void waitFor(Duration duration) throws InterruptedException {
        if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the cloud is closed");
        }
    }

    void stall(CountDownLatch release) throws InterruptedException {
        release.await();
        if (closed.getCount() == 0) {
            throw new InterruptedException("the cloud is closed");
        }
    }
}
