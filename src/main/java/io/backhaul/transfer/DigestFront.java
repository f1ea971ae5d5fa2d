package io.backhaul.transfer;

import io.backhaul.backup.CopyBuffer;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part from its first byte on, as far as it is there without a gap, and shows it to an inspection: so the
 * digests are ready soon after the last byte, in whatever order the bytes came, and speak of what was written rather
 * than of what was received. The bytes come from the page cache, since they were written a moment ago.
 */
final class DigestFront implements AutoCloseable {
    /** Waking up for less costs more than it brings. */
    private static final long STEP = 1L << 20;

    private final PartFile part;
    private final Inspection inspection;
    private final BooleanSupplier isStopped;
    private volatile boolean isAbandoned;
    private volatile @Nullable Throwable failure;
    private @Nullable Thread thread;

    DigestFront(PartFile part, Inspection inspection, BooleanSupplier isStopped) {
        this.part = part;
        this.inspection = inspection;
        this.isStopped = isStopped;
    }

    /** Follows the front on a thread of its own from now on; without one, all is read at the end. */
    void followMeanwhile() {
        thread = Thread.ofPlatform().daemon().name("digest").start(() -> {
            try {
                follow();
            } catch (RuntimeException | Error e) {
                // whatever it is: digests of a part of the file must not be taken for those of the whole
                failure = e;
            }
        });
    }

    /** Reads to the front, where nothing more comes; when stopped, it may not get there. */
    void finish() {
        part.end();
        if (thread == null) {
            follow();
            return;
        }
        Threads.join(thread);
        if (failure instanceof StagingFailure disk) {
            throw disk;
        }
        if (failure != null) {
            throw new IllegalStateException("the digest broke", failure);
        }
    }

    /** Nobody wants the digests, unless they are finished. */
    @Override
    public void close() {
        isAbandoned = true;
        part.end();
        if (thread != null) {
            Threads.join(thread);
        }
    }

    private void follow() {
        var at = 0L;
        var front = part.awaitFront(STEP);
        var chunk = ByteBuffer.allocate((int) Math.min(CopyBuffer.BYTES, front));
        for (; front > at; front = part.awaitFront(at + STEP)) {
            while (at < front) {
                if (isAbandoned || isStopped.getAsBoolean()) {
                    return;
                }
                chunk.clear().limit((int) Math.min(chunk.capacity(), front - at));
                var count = part.read(chunk, at);
                if (count <= 0) {
                    throw new StagingFailure("reading again", new EOFException("it ends at byte " + at));
                }
                inspection.update(chunk.array(), count);
                at += count;
            }
        }
    }
}
