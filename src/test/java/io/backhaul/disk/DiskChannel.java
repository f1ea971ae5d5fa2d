package io.backhaul.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** A real file's channel on a {@link FaultyDisk}. It never really syncs: what a loss of power would leave is known. */
final class DiskChannel extends FileChannel {
    private final FaultyDisk disk;
    private final FileChannel real;
    private final Sync sync;
    private final @Nullable UnsyncedBytes unsynced;

    /**
     * @param sync what an fsync keeps
     * @param unsynced of a file; null for a folder
     */
    DiskChannel(FaultyDisk disk, FileChannel real, Sync sync, @Nullable UnsyncedBytes unsynced) {
        this.disk = disk;
        this.real = real;
        this.sync = sync;
        this.unsynced = unsynced;
    }

    /** Keeps something. */
    @FunctionalInterface
    interface Sync {
        void run() throws IOException;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return disk.perform(DiskOp.READ, () -> real.read(into));
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return disk.perform(DiskOp.READ, () -> real.read(into, position));
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return disk.perform(DiskOp.READ, () -> real.read(into, offset, length));
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        var count = write(from, real.position());
        real.position(real.position() + count);
        return count;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        return disk.perform(DiskOp.WRITE, () -> put(from, position), () -> {
            var half = from.slice(from.position(), from.remaining() / 2);
            return put(half, position);
        });
    }

    private int put(ByteBuffer from, long position) throws IOException {
        var count = real.write(from, position);
        if (unsynced != null) {
            unsynced.wrote(position, count);
        }
        return count;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        var count = 0L;
        for (var i = offset; i < offset + length; i++) {
            count += write(from[i]);
        }
        return count;
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return disk.perform(DiskOp.LOOK, real::size);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        return disk.perform(DiskOp.TRUNCATE, () -> {
            real.truncate(size);
            return this;
        });
    }

    @Override
    public void force(boolean metaData) throws IOException {
        var isDone = false;
        try {
            isDone = disk.perform(
                    DiskOp.FORCE,
                    () -> {
                        sync.run();
                        return true;
                    },
                    () -> false);
        } finally {
            if (!isDone && unsynced != null) {
                unsynced.syncFailed();
            }
        }
    }

    @Override
    protected void implCloseChannel() throws IOException {
        try (real) {
            disk.perform(DiskOp.CLOSE, () -> true);
        }
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel src, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
