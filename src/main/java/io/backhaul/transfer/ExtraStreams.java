package io.backhaul.transfer;

import java.util.concurrent.Semaphore;

/**
 * How many streams all files together may have beyond their first: a bound for memory and for the store's patience when
 * many large files come at once. Safe for use by several threads.
 */
final class ExtraStreams {
    private final Semaphore free;

    ExtraStreams(int most) {
        free = new Semaphore(most);
    }

    boolean take() {
        return free.tryAcquire();
    }

    void giveBack() {
        free.release();
    }
}
