package io.backhaul.transfer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One entry of a ZIP archive, as its own header or the central directory has it (APPNOTE 4.3.7, 4.3.12, 4.5.3).
 *
 * @param at where its own header begins, in bytes from the file's
 * @param crc32 of what comes out; 0 where a descriptor behind the data has it
 * @param compressed bytes of its data; 0 where a descriptor has it
 * @param size bytes that come out; 0 where a descriptor has it
 * @param name byte by byte in ISO 8859-1, whatever its encoding
 */
record ZipHead(long at, int flags, int method, long crc32, long compressed, long size, String name) {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    /** Bytes of an entry's own header behind the signature, before name and extra field. */
    static final int LOCAL = 26;
    /** Bytes of an entry in the directory behind the signature, before name, extra field and comment. */
    static final int CENTRAL = 42;

    private static final int ENCRYPTED = 1;
    private static final int DESCRIBED = 1 << 3;
    private static final int MASKED = 1 << 13;

    private static final int ZIP64 = 1;
    private static final long ELSEWHERE = 0xffffffffL;

    static int localTail(ByteBuffer head) {
        return two(head, 22) + two(head, 24);
    }

    static int centralTail(ByteBuffer head) {
        return two(head, 24) + two(head, 26);
    }

    static int commentLength(ByteBuffer central) {
        return two(central, 28);
    }

    static int volume(ByteBuffer central) {
        return two(central, 30);
    }

    static ZipHead local(long at, ByteBuffer head, ByteBuffer tail) {
        var name = name(tail, two(head, 22));
        return new ZipHead(at, two(head, 2), two(head, 4), four(head, 10), four(head, 14), four(head, 18), name)
                .with(tail);
    }

    static ZipHead central(ByteBuffer head, ByteBuffer tail) {
        var name = name(tail, two(head, 24));
        return new ZipHead(
                        four(head, 38),
                        two(head, 4),
                        two(head, 6),
                        four(head, 12),
                        four(head, 16),
                        four(head, 20),
                        name)
                .with(tail);
    }

    boolean isEncrypted() {
        return (flags & ENCRYPTED) != 0;
    }

    /** Tells whether a descriptor stands behind the data. */
    boolean isDescribed() {
        return (flags & DESCRIBED) != 0;
    }

    /** Tells whether the header lies, because the directory is encrypted. */
    boolean isMasked() {
        return (flags & MASKED) != 0;
    }

    ZipHead as(long foundCrc, long foundCompressed, long foundSize) {
        return new ZipHead(at, flags, method, foundCrc, foundCompressed, foundSize, name);
    }

    @Override
    public String toString() {
        return "the entry at byte " + at;
    }

    /** With the numbers that did not fit, where the extra field has them: in this order, those only. */
    private ZipHead with(ByteBuffer extras) {
        while (extras.remaining() >= 4) {
            var kind = Short.toUnsignedInt(extras.getShort());
            var length = Short.toUnsignedInt(extras.getShort());
            if (length > extras.remaining()) {
                return this;
            }
            if (kind == ZIP64) {
                var numbers = extras.slice(extras.position(), length).order(ByteOrder.LITTLE_ENDIAN);
                var real = size == ELSEWHERE ? eight(numbers, size) : size;
                var packed = compressed == ELSEWHERE ? eight(numbers, compressed) : compressed;
                var offset = at == ELSEWHERE ? eight(numbers, at) : at;
                return new ZipHead(offset, flags, method, crc32, packed, real, name);
            }
            extras.position(extras.position() + length);
        }
        return this;
    }

    private static String name(ByteBuffer tail, int length) {
        var bytes = new byte[length];
        tail.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static int two(ByteBuffer from, int at) {
        return Short.toUnsignedInt(from.getShort(at));
    }

    private static long four(ByteBuffer from, int at) {
        return Integer.toUnsignedLong(from.getInt(at));
    }

    private static long eight(ByteBuffer from, long otherwise) {
        return from.remaining() >= Long.BYTES ? from.getLong() : otherwise;
    }
}
