package io.backhaul.transfer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A gzip file (RFC 1952): the header, the CRC-32 and the length of each of its members, and zeros at most behind the
 * last. A file cut exactly between two members is a whole gzip file, and passes.
 */
final class GzipCheck extends FrameCheck {
    static final List<String> ENDINGS = List.of(".gz", ".tgz", ".gzip");

    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final Inflation inflation = new Inflation();
    private final CRC32 headCrc = new CRC32();
    private long members;
    private long size;
    private boolean isPadding;

    GzipCheck(String name) {
        super("gzip", "a gzip file", name, ENDINGS);
    }

    @Override
    void begin() {
        block(3, magic -> {
            if ((magic.getShort(0) & 0xffff) != MAGIC || magic.get(2) != DEFLATE) {
                strange();
                return;
            }
            recognised();
            block(7, rest -> head(magic, rest));
        });
    }

    @Override
    void atEnd() {
        if (members > 0 && (isPadding || isBetweenBlocks())) {
            passed(members + (members == 1 ? " member" : " members") + ", CRC-32 and length, " + size
                    + " bytes inflated");
        } else {
            cut("in the middle of member " + (members + 1));
        }
    }

    @Override
    void release() {
        inflation.close();
    }

    private void head(ByteBuffer magic, ByteBuffer rest) {
        var flags = rest.get(0);
        if ((flags & RESERVED) != 0) {
            unverified("its header has unknown flags, at byte " + (position() - 7));
            return;
        }
        headCrc.reset();
        headCrc.update(magic.rewind());
        headCrc.update(rest.rewind());
        extra(flags);
    }

    private void extra(byte flags) {
        if ((flags & EXTRA) == 0) {
            name(flags);
            return;
        }
        block(2, length -> {
            var extra = length.getShort(0) & 0xffff;
            headCrc.update(length);
            pass(extra, headCrc::update, () -> name(flags));
        });
    }

    private void name(byte flags) {
        if ((flags & NAME) == 0) {
            comment(flags);
            return;
        }
        passUntil((byte) 0, headCrc::update, () -> comment(flags));
    }

    private void comment(byte flags) {
        if ((flags & COMMENT) == 0) {
            headEnd(flags);
            return;
        }
        passUntil((byte) 0, headCrc::update, () -> headEnd(flags));
    }

    private void headEnd(byte flags) {
        if ((flags & HEADER_CRC) == 0) {
            member();
            return;
        }
        block(2, stated -> {
            if ((stated.getShort() & 0xffff) == (headCrc.getValue() & 0xffff)) {
                member();
            } else {
                failed("the header of member " + (members + 1) + " has a wrong CRC-16");
            }
        });
    }

    private void member() {
        inflate(inflation, Long.MAX_VALUE, () -> {
            switch (inflation.progress()) {
                case ENDED -> block(8, this::trailer);
                case TOO_MUCH ->
                    unverified("it swells to more than " + Inflation.FACTOR + " times its bytes; not inflated further");
                case BROKEN, GOES_ON -> failed("the deflated data of member " + (members + 1) + " is broken");
            }
        });
    }

    private void trailer(ByteBuffer stated) {
        var crc = stated.getInt() & 0xffffffffL;
        var length = stated.getInt();
        if (crc != inflation.crc32()) {
            failed("member " + (members + 1) + " has CRC-32 " + Long.toHexString(inflation.crc32()) + ", the file says "
                    + Long.toHexString(crc));
        } else if (length != (int) inflation.size()) {
            failed("member " + (members + 1) + " has " + inflation.size() + " bytes, the file says "
                    + Integer.toUnsignedString(length) + " (modulo 4 GiB)");
        } else {
            members++;
            size += inflation.size();
            block(1, this::next);
        }
    }

    /** Behind a member stands another, or nothing, or zeros that fill a block of some medium. */
    private void next(ByteBuffer first) {
        if (first.get(0) == 0) {
            isPadding = true;
            pass(Long.MAX_VALUE - position(), this::padding, () -> {});
        } else if (first.get(0) == (byte) MAGIC) {
            block(2, rest -> another(first.get(0), rest));
        } else {
            trailing();
        }
    }

    private void another(byte first, ByteBuffer rest) {
        if (rest.get(0) != (byte) (MAGIC >>> 8) || rest.get(1) != DEFLATE) {
            trailing();
            return;
        }
        var magic = ByteBuffer.allocate(3).put(first).put(rest).flip();
        block(7, head -> head(magic, head));
    }

    private void padding(byte[] bytes, int from, int count) {
        for (var at = from; at < from + count; at++) {
            if (bytes[at] != 0) {
                trailing();
                return;
            }
        }
    }

    private void trailing() {
        unverified("behind its " + members + " whole members stand other bytes");
    }
}
