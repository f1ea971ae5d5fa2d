package io.backhaul.transfer;

import io.backhaul.transfer.StagedState.Partial;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A staged part while it is written, by several streams at once and in any order. Bytes count only once they are forced
 * to the disk and the journal says so: every 32 MiB or 2 seconds, and when it is closed. Whoever is 128 MiB ahead of the
 * disk waits for it, so that a kill costs no more than that.
 */
final class PartFile implements AutoCloseable {
    /** Usually written between two syncs. */
    static final long SYNC_BYTES = 32L << 20;

    private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MOST_AHEAD = 4;
    /** More than a journal needs, and little to fetch again. */
    private static final long JOURNAL_ROOM = 64L << 10;

    private final FileChannel channel;
    private final Journal journal;
    private final Generation generation;
    private final long syncBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition frontMoved = lock.newCondition();
    private final Condition syncDue = lock.newCondition();
    private final Condition caughtUp = lock.newCondition();
    private final TimeSpent writing = new TimeSpent(System::nanoTime);
    private Extents written;
    private Extents synced;
    private long frontWanted = Long.MAX_VALUE;
    private boolean isEnded;
    private volatile boolean hasForceFailed;
    private @Nullable RuntimeException failure;
    private @Nullable Thread syncing;

    /**
     * Begins or goes on.
     *
     * @param syncBytes written between two syncs
     */
    PartFile(FileChannel channel, Journal journal, Partial from, long syncBytes) {
        this.channel = channel;
        this.journal = journal;
        this.generation = from.generation();
        this.syncBytes = syncBytes;
        this.written = from.synced();
        this.synced = from.synced();
    }

    /**
     * Lets another thread do the syncing from now on; without one, all is synced when it is closed, and what is whole by
     * then is not worth a word in the journal, which is about to have a better one.
     */
    void syncMeanwhile() {
        syncing = Thread.ofPlatform().daemon().name("staging-sync").start(this::keepSyncing);
    }

    /** Writes some bytes to their place. Any thread. */
    void write(ByteBuffer bytes, long at) {
        writing.begin();
        try {
            put(bytes, at);
        } finally {
            writing.end();
        }
    }

    /** How long threads have been in {@link #write} so far, all together. */
    long writingNanos() {
        return writing.nanos();
    }

    private void put(ByteBuffer bytes, long at) {
        var from = at;
        try {
            while (bytes.hasRemaining()) {
                from += channel.write(bytes, from);
            }
        } catch (IOException e) {
            throw new StagingFailure("writing", e);
        }
        lock.lock();
        try {
            var wasSynced = ahead() == 0;
            written = written.with(new ByteRange(at, from));
            if (written.front() >= frontWanted) {
                frontMoved.signalAll();
            }
            if (wasSynced || ahead() >= syncBytes) {
                syncDue.signalAll();
            }
            while (syncing != null && failure == null && !isEnded && ahead() > MOST_AHEAD * syncBytes) {
                caughtUp.awaitUninterruptibly();
            }
            throwFailure();
        } finally {
            lock.unlock();
        }
    }

    /** Reads bytes that were written before; answers how many. */
    int read(ByteBuffer into, long at) {
        try {
            return channel.read(into, at);
        } catch (IOException e) {
            throw new StagingFailure("reading again", e);
        }
    }

    /** What has been written so far. */
    Extents written() {
        lock.lock();
        try {
            return written;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the front has reached a byte, or nothing more will come; answers the front. */
    long awaitFront(long wanted) {
        lock.lock();
        try {
            frontWanted = wanted;
            while (written.front() < wanted && !isEnded) {
                frontMoved.awaitUninterruptibly();
            }
            return written.front();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come: nobody need wait any longer. */
    void end() {
        lock.lock();
        try {
            isEnded = true;
            frontMoved.signalAll();
            syncDue.signalAll();
            caughtUp.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Syncs what is not synced yet. */
    @Override
    public void close() {
        end();
        if (syncing != null) {
            Threads.join(syncing);
        }
        try (channel) {
            if (failure == null || (failure instanceof StagingFailure disk && disk.isFull() && !hasForceFailed)) {
                syncLast();
            }
            throwFailure();
        } catch (IOException e) {
            throw new StagingFailure("closing", e);
        }
    }

    private void keepSyncing() {
        try {
            while (awaitWork()) {
                sync();
            }
        } catch (IOException e) {
            fail(new StagingFailure("syncing", e));
        } catch (InterruptedException e) {
            fail(new StagingFailure("syncing", new IOException("interrupted", e)));
        } catch (RuntimeException | Error e) {
            // whatever it is: writers wait for this thread
            fail(new IllegalStateException("the syncing broke", e));
        }
    }

    /** Waits until there is enough to sync, or it is time; false once the rest is left to {@link #close}. */
    private boolean awaitWork() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!isEnded && ahead() == 0) {
                syncDue.await();
            }
            for (var left = SYNC_NANOS; !isEnded && ahead() < syncBytes && left > 0; ) {
                left = syncDue.awaitNanos(left);
            }
            return !isEnded;
        } finally {
            lock.unlock();
        }
    }

    private void sync() throws IOException {
        var now = written();
        if (now.equals(synced)) {
            return;
        }
        force();
        journal.write(new Partial(generation, now));
        lock.lock();
        try {
            synced = now;
            caughtUp.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isWhole() {
        var total = generation.total();
        return total != null && written.bytes() == total;
    }

    /** On a full disk there is no room for the journal either: a little of what only it would save makes way for it. */
    private void syncLast() throws IOException {
        var now = written();
        if (now.equals(synced)) {
            return;
        }
        force();
        if (syncing == null && isWhole()) {
            return;
        }
        try {
            journal.write(new Partial(generation, now));
        } catch (IOException e) {
            var less = now.upTo(Math.max(synced.end(), now.end() - JOURNAL_ROOM));
            channel.truncate(less.end());
            journal.write(new Partial(generation, less));
            throw e;
        }
    }

    /** Once it has failed, a later success says nothing of the bytes that were lost by it. */
    private void force() throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            hasForceFailed = true;
            throw e;
        }
    }

    private long ahead() {
        return written.bytes() - synced.bytes();
    }

    private void fail(RuntimeException why) {
        lock.lock();
        try {
            failure = why;
            caughtUp.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
