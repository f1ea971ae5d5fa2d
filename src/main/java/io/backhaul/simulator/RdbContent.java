package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A Redis dump of any size: a preamble, string keys of 16 KiB each, one last key that makes the size come out exactly,
 * the end mark and the checksum. A record depends on seed and position alone, so that reads may start anywhere.
 */
final class RdbContent implements Content {
    private static final int RECORD = 16 * 1024;
    /** Type, key length, key of 16 bytes, value length in its 32-bit form. */
    private static final int RECORD_HEAD = 1 + 1 + 16 + 5;

    private static final int FOOTER = 1 + 8;

    private final long seed;
    private final long length;
    private final byte[] preamble = preamble();
    private final long fullRecords;
    private final byte[] footer;

    RdbContent(long seed, long length) {
        var records = length - preamble.length - FOOTER;
        if (records < RECORD_HEAD) {
            throw new IllegalArgumentException("no dump is as short as " + length + " bytes; the shortest has "
                    + (preamble.length + FOOTER + RECORD_HEAD));
        }
        this.seed = seed;
        this.length = length;
        // The last record takes what is left over, and must at least have room for its head.
        this.fullRecords = (records - RECORD_HEAD) / RECORD;
        this.footer = footer();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long position, byte[] buffer, int from, int count) {
        for (var done = 0; done < count; ) {
            done += readSome(position + done, buffer, from + done, count - done);
        }
    }

    @Override
    public String toString() {
        return "RdbContent[seed=" + seed + ", length=" + length + "]";
    }

    private int readSome(long position, byte[] buffer, int from, int most) {
        if (position < preamble.length) {
            return copy(preamble, position, buffer, from, most);
        }
        if (position >= length - FOOTER) {
            return copy(footer, position - (length - FOOTER), buffer, from, most);
        }
        var number = Math.min((position - preamble.length) / RECORD, fullRecords);
        var start = preamble.length + number * RECORD;
        var end = number == fullRecords ? length - FOOTER : start + RECORD;
        if (position < start + RECORD_HEAD) {
            return copy(head(number, (int) (end - start)), position - start, buffer, from, most);
        }
        var count = (int) Math.min(most, end - position);
        GeneratedContent.fill(seed, position, buffer, from, count);
        return count;
    }

    private static int copy(byte[] source, long position, byte[] buffer, int from, int most) {
        var count = Math.min(most, source.length - (int) position);
        System.arraycopy(source, (int) position, buffer, from, count);
        return count;
    }

    private static byte[] head(long number, int recordLength) {
        var key = "key:%012d".formatted(number).getBytes(US_ASCII);
        return ByteBuffer.allocate(RECORD_HEAD)
                .put((byte) 0)
                .put((byte) key.length)
                .put(key)
                .put((byte) 0x80)
                .putInt(recordLength - RECORD_HEAD)
                .array();
    }

    private static byte[] preamble() {
        var out = new ByteArrayOutputStream();
        out.writeBytes("REDIS0011".getBytes(US_ASCII));
        for (var text : new String[] {"redis-ver", "7.2.5", "generator", "backhaul-simulator"}) {
            if (text.startsWith("redis-ver") || text.startsWith("generator")) {
                out.write(0xfa);
            }
            out.write(text.length());
            out.writeBytes(text.getBytes(UTF_8));
        }
        out.write(0xfe);
        out.write(0);
        return out.toByteArray();
    }

    private byte[] footer() {
        var block = new byte[64 * 1024];
        var crc = 0L;
        var end = length - FOOTER;
        for (long at = 0; at < end; at += block.length) {
            var count = (int) Math.min(block.length, end - at);
            read(at, block, 0, count);
            crc = Crc64.update(crc, block, 0, count);
        }
        crc = Crc64.update(crc, new byte[] {(byte) 0xff}, 0, 1);
        return ByteBuffer.allocate(FOOTER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xff)
                .putLong(crc)
                .array();
    }
}
