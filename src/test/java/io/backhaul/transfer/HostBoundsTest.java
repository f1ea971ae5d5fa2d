package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostBoundsTest {
    private final HostBounds hosts = new HostBounds(2);
    private final AtomicBoolean stopped = new AtomicBoolean();

    private boolean first(String host) throws InterruptedException {
        return hosts.takeFirst(host, stopped::get);
    }

    /** Takes a first stream on another thread, and returns once that waits. */
    private CompletableFuture<Boolean> waiting(String host) throws InterruptedException {
        var asked = new CountDownLatch(1);
        var taken = new CompletableFuture<Boolean>();
        // a thread for each: the common pool may have but one
        Thread.ofVirtual().start(() -> {
            try {
                taken.complete(hosts.takeFirst(host, () -> {
                    asked.countDown();
                    return stopped.get();
                }));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        asked.await();
        return taken;
    }

    @AfterEach
    void letGo() {
        stopped.set(true);
    }

    @Test
    void aHostHasNoMoreStreamsThanItMay() throws Exception {
        first("a");
        assertThat(hosts.takeMore("a")).isTrue();

        assertThat(hosts.takeMore("a")).isFalse();
        assertThat(waiting("a")).isNotDone();
    }

    @Test
    void aFullHostHoldsUpNoOther() throws Exception {
        first("a");
        first("a");
        var held = waiting("a");

        assertThat(first("b")).isTrue();
        assertThat(hosts.takeMore("b")).isTrue();
        assertThat(held).isNotDone();
    }

    @Test
    void whoeverWaitsIsServedInTheOrderOfAsking() throws Exception {
        first("a");
        first("a");
        var one = waiting("a");
        var two = waiting("a");

        hosts.giveBack("a");

        assertThat(one.get(50, TimeUnit.SECONDS)).isTrue();
        assertThat(two).isNotDone();
        hosts.giveBack("a");
        assertThat(two.get(50, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFurtherStreamNeverTakesWhatAFirstOneWaitsFor() throws Exception {
        first("a");
        first("a");
        assertThat(hosts.isWaitedFor("a")).isFalse();
        var held = waiting("a");
        assertThat(hosts.isWaitedFor("a")).isTrue();

        assertThat(hosts.takeMore("a")).isFalse();
        hosts.giveBack("a");
        assertThat(held.get(50, TimeUnit.SECONDS)).isTrue();
        assertThat(hosts.isWaitedFor("a")).isFalse();
    }

    @Test
    void aStopEndsAWaitWithoutAStream() throws Exception {
        first("a");
        first("a");
        var held = waiting("a");

        stopped.set(true);

        assertThat(held.get(50, TimeUnit.SECONDS)).isFalse();
        hosts.giveBack("a");
        hosts.giveBack("a");
        assertThatThrownBy(() -> hosts.giveBack("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anInterruptEndsAWaitAndLeavesThePlaceToTheNext() throws Exception {
        first("a");
        first("a");
        var ended = new CompletableFuture<String>();
        var asked = new CountDownLatch(1);
        var thread = Thread.ofPlatform().start(() -> {
            try {
                hosts.takeFirst("a", () -> {
                    asked.countDown();
                    return false;
                });
                ended.complete("taken");
            } catch (InterruptedException e) {
                ended.complete("interrupted");
            }
        });
        asked.await();
        var next = waiting("a");

        thread.interrupt();

        assertThat(ended.get(50, TimeUnit.SECONDS)).isEqualTo("interrupted");
        hosts.giveBack("a");
        assertThat(next.get(50, TimeUnit.SECONDS)).isTrue();
    }
}
