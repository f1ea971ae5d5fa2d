package io.backhaul.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** One header of a tar archive, 512 bytes. */
final class TarHeader {
    /** In a block of GNU's map of holes: not 0 when another follows. */
    static final int SPARSE_GOES_ON = 504;

    private static final int SIZE = 124;
    private static final int NUMBER = 12;
    private static final int SUM = 148;
    private static final int SUM_END = 156;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int FIRST_MAP_GOES_ON = 482;

    private final byte[] bytes;

    TarHeader(ByteBuffer block) {
        bytes = new byte[block.remaining()];
        block.get(bytes);
    }

    boolean isZero() {
        for (var each : bytes) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code ustar}, of POSIX and GNU alike. */
    boolean hasMagic() {
        return text(MAGIC, 5).equals("ustar");
    }

    /** The sum of all bytes, its own taken for blanks; some old tools took bytes for signed. */
    boolean hasRightSum() {
        var unsigned = 0;
        var signed = 0;
        for (var at = 0; at < bytes.length; at++) {
            var each = at >= SUM && at < SUM_END ? ' ' : bytes[at];
            unsigned += each & 0xff;
            signed += each;
        }
        var stated = number(SUM, SUM_END - SUM);
        return stated.isPresent() && (stated.getAsLong() == unsigned || stated.getAsLong() == signed);
    }

    /** In bytes; nothing when it is no number. */
    OptionalLong size() {
        return number(SIZE, NUMBER);
    }

    /** Begins with the rest of a file of an earlier volume. */
    boolean isContinuation() {
        return bytes[TYPE] == 'M';
    }

    /** Its data is said of the next entry, or of all that follow. */
    boolean isExtended() {
        return bytes[TYPE] == 'x' || bytes[TYPE] == 'X' || isGlobal();
    }

    boolean isGlobal() {
        return bytes[TYPE] == 'g';
    }

    /** GNU's long names, which stand before their entry. */
    boolean isPrefix() {
        return bytes[TYPE] == 'L' || bytes[TYPE] == 'K';
    }

    /** Links, devices, folders, pipes. */
    boolean hasNoData() {
        return bytes[TYPE] >= '1' && bytes[TYPE] <= '6';
    }

    /** A file with more holes than the header can tell. */
    boolean isContinuedSparse() {
        return bytes[TYPE] == 'S' && bytes[FIRST_MAP_GOES_ON] != 0;
    }

    /** Octal digits with blanks and zeros about them; or, with the first bit set, all bits behind it. */
    private OptionalLong number(int at, int length) {
        if ((bytes[at] & 0x80) != 0) {
            return binary(at, length);
        }
        var digits = text(at, length).replace('\0', ' ').strip();
        if (digits.isEmpty()) {
            return OptionalLong.of(0);
        }
        return digits.matches("[0-7]{1,20}") ? OptionalLong.of(Long.parseLong(digits, 8)) : OptionalLong.empty();
    }

    private OptionalLong binary(int at, int length) {
        var number = (long) bytes[at] & 0x7f;
        for (var next = at + 1; next < at + length; next++) {
            if (number >>> 54 != 0) {
                return OptionalLong.empty();
            }
            number = number << 8 | (bytes[next] & 0xff);
        }
        return OptionalLong.of(number);
    }

    private String text(int at, int length) {
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }
}
