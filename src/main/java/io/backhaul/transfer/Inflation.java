package io.backhaul.transfer;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Deflated streams of one file, inflated for the sake of their CRC-32 and thrown away. It stops where they swell beyond
 * what a backup does, so that a bomb costs no more time than so many times its own bytes. An inflater that nobody
 * {@link #close closes}, because its download broke off, is freed with the object.
 */
final class Inflation implements AutoCloseable {
    /** Bytes that may come out of a file for each byte that went in; deflate itself ends at about a thousand. */
    static final int FACTOR = 64;
    /** Bytes that may come out of any file. */
    static final long FREE = 256L << 20;

    private static final int CHUNK = 64 << 10;

    /** What came of the stream at hand. */
    enum Progress {
        GOES_ON,
        ENDED,
        BROKEN,
        TOO_MUCH
    }

    private final CRC32 crc = new CRC32();
    private @Nullable Inflater inflater;
    private byte[] inflated = new byte[0];
    private Progress progress = Progress.ENDED;
    private long earlierIn;
    private long earlierOut;
    private long compressed;
    private long size;

    /** A new stream begins. */
    void begin() {
        if (inflater == null) {
            inflater = new Inflater(true);
            inflated = new byte[CHUNK];
        }
        inflater.reset();
        crc.reset();
        earlierIn += compressed;
        earlierOut += size;
        compressed = 0;
        size = 0;
        progress = Progress.GOES_ON;
    }

    /** Takes deflated bytes of the stream at hand, which may end among them; returns how many were its own. */
    int take(byte[] bytes, int from, int count) {
        if (inflater == null || progress != Progress.GOES_ON) {
            return 0;
        }
        inflater.setInput(bytes, from, count);
        try {
            // What it has swallowed may still have to come out when it wants no more.
            for (var isFull = false; (isFull || !inflater.needsInput()) && progress == Progress.GOES_ON; ) {
                isFull = inflate(inflater);
            }
        } catch (DataFormatException e) {
            progress = Progress.BROKEN;
        }
        var taken = count - inflater.getRemaining();
        compressed += taken;
        return taken;
    }

    /**
     * To the next whole chunk of output, so that the way the input is cut does not move the bound's look; tells whether it
     * got there.
     */
    private boolean inflate(Inflater of) throws DataFormatException {
        var room = CHUNK - (int) (size % CHUNK);
        var count = of.inflate(inflated, 0, room);
        crc.update(inflated, 0, count);
        size += count;
        if (of.finished()) {
            progress = Progress.ENDED;
        } else if (earlierOut + size > FREE + FACTOR * (earlierIn + of.getBytesRead())) {
            progress = Progress.TOO_MUCH;
        }
        return count == room;
    }

    Progress progress() {
        return progress;
    }

    /** Bytes of the stream at hand that went in. */
    long compressed() {
        return compressed;
    }

    /** Bytes that came out of the stream at hand. */
    long size() {
        return size;
    }

    /** Of what came out. */
    long crc32() {
        return crc.getValue();
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
