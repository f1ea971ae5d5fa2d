package io.backhaul.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.BooleanSupplier;

/** Which bytes of a file are only in the cache. For small files; several streams write at once. */
final class UnsyncedBytes {
    private static final byte RUBBISH = (byte) 0xDB;

    private final BitSet dirty = new BitSet();
    /** Clean by the cache's word, and never written: their fsync failed. */
    private final BitSet forsaken = new BitSet();

    private long syncedSize;

    UnsyncedBytes(long syncedSize) {
        this.syncedSize = syncedSize;
    }

    synchronized void wrote(long at, int count) {
        var from = (int) at;
        dirty.set(from, from + count);
        forsaken.clear(from, from + count);
    }

    synchronized void synced(long size) {
        dirty.clear();
        syncedSize = size;
    }

    synchronized void syncFailed() {
        forsaken.or(dirty);
        dirty.clear();
    }

    /** Leaves of the file what a disk may have of it. */
    synchronized void lose(Path file, BooleanSupplier survives) throws IOException {
        dirty.or(forsaken);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var size = channel.size();
            for (var from = dirty.nextSetBit(0); from >= 0 && from < size; ) {
                var to = (int) Math.min(dirty.nextClearBit(from), size);
                if (!survives.getAsBoolean()) {
                    fill(channel, from, to);
                }
                from = dirty.nextSetBit(to);
            }
            if (size == syncedSize || survives.getAsBoolean()) {
                return;
            }
            if (size > syncedSize) {
                channel.truncate(syncedSize);
            } else {
                fill(channel, size, syncedSize);
            }
        }
    }

    private static void fill(FileChannel channel, long from, long to) throws IOException {
        var rubbish = new byte[(int) (to - from)];
        Arrays.fill(rubbish, RUBBISH);
        channel.write(ByteBuffer.wrap(rubbish), from);
    }
}
