package io.backhaul.transfer;

import io.backhaul.transfer.StagedState.Partial;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Appends to a staged part. Every 8 MiB or 2 seconds, and when it is closed, it forces the bytes to the disk and then
 * lets the journal count them. Not for several threads.
 */
final class StagedWriter implements AutoCloseable {
    private static final long SYNC_BYTES = 8L << 20;
    private static final long SYNC_NANOS = 2_000_000_000L;

    private final FileChannel channel;
    private final Journal journal;
    private final Generation generation;
    private long written;
    private long synced;
    private long syncedAt = System.nanoTime();

    StagedWriter(FileChannel channel, Journal journal, Partial from) {
        this.channel = channel;
        this.journal = journal;
        this.generation = from.generation();
        this.written = from.synced();
        this.synced = from.synced();
    }

    void write(byte[] bytes, int count) {
        try {
            var buffer = ByteBuffer.wrap(bytes, 0, count);
            while (buffer.hasRemaining()) {
                written += channel.write(buffer);
            }
            if (written - synced >= SYNC_BYTES || System.nanoTime() - syncedAt >= SYNC_NANOS) {
                sync();
            }
        } catch (IOException e) {
            throw new StagingFailure("writing", e);
        }
    }

    long position() {
        return written;
    }

    @Override
    public void close() {
        try (channel) {
            if (written > synced) {
                sync();
            }
        } catch (IOException e) {
            throw new StagingFailure("closing", e);
        }
    }

    private void sync() throws IOException {
        channel.force(true);
        journal.write(new Partial(generation, written));
        synced = written;
        syncedAt = System.nanoTime();
    }
}
