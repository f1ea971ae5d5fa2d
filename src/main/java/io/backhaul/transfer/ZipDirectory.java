package io.backhaul.transfer;

import java.nio.ByteBuffer;

/**
 * The central directory of a ZIP archive and the records behind it (APPNOTE 4.3.12 to 4.3.16), as a part of the walk of
 * {@link ZipCheck}: that it stands where its end says, that it is as long, and that it names as many entries.
 */
final class ZipDirectory {
    static final int ENTRY = 0x02014b50;
    static final int SIGNATURE = 0x05054b50;
    static final int ZIP64_END = 0x06064b50;
    static final int ZIP64_LOCATOR = 0x07064b50;
    static final int END = 0x06054b50;

    private static final int NO_VOLUME = 0xffff;

    private final FrameCheck walk;
    private final Runnable next;
    private final ZipLedger entries = new ZipLedger();
    private long begin = -1;
    private long end = -1;
    private long zip64At = -1;
    private long zip64Count;
    private long zip64Length;
    private long zip64Begin;
    private boolean isOver;

    /** @param next reads the next signature */
    ZipDirectory(FrameCheck walk, Runnable next) {
        this.walk = walk;
        this.next = next;
    }

    /** What it names. */
    ZipLedger entries() {
        return entries;
    }

    boolean hasBegun() {
        return begin >= 0;
    }

    /** Tells whether all of it was there, the archive's comment included. */
    boolean isOver() {
        return isOver;
    }

    /** Reads on behind a signature; false when that cannot stand here. */
    boolean read(int signature) {
        var at = walk.position() - Integer.BYTES;
        if (!hasBegun()) {
            begin = at;
        }
        switch (signature) {
            case ENTRY -> {
                if (end >= 0) {
                    return false;
                }
                walk.block(ZipHead.CENTRAL, this::entry);
            }
            case SIGNATURE -> walk.block(2, length -> walk.skip(Short.toUnsignedInt(length.getShort()), next));
            case ZIP64_END -> {
                entriesEnd(at);
                zip64At = at;
                walk.block(52, this::zip64End);
            }
            case ZIP64_LOCATOR -> walk.block(16, this::locator);
            case END -> {
                entriesEnd(at);
                walk.block(18, this::end);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void entriesEnd(long at) {
        if (end < 0) {
            end = at;
        }
    }

    private void entry(ByteBuffer head) {
        var volume = ZipHead.volume(head);
        if (volume != 0 && volume != NO_VOLUME) {
            walk.unverified("it is a volume of several");
            return;
        }
        walk.block(ZipHead.centralTail(head), tail -> {
            entries.add(ZipHead.central(head, tail));
            walk.skip(ZipHead.commentLength(head), next);
        });
    }

    private void zip64End(ByteBuffer record) {
        var length = record.getLong(0);
        zip64Count = record.getLong(28);
        zip64Length = record.getLong(36);
        zip64Begin = record.getLong(44);
        if (length < 44 || length > Integer.MAX_VALUE) {
            walk.failed("its Zip64 end record has an impossible length");
        } else {
            walk.skip(length - 44, next);
        }
    }

    private void locator(ByteBuffer record) {
        if (record.getLong(4) != zip64At) {
            walk.failed("its Zip64 end record is not where the locator says");
        } else {
            next.run();
        }
    }

    private void end(ByteBuffer record) {
        var volume = Short.toUnsignedInt(record.getShort(0));
        if (volume != 0 && volume != NO_VOLUME) {
            walk.unverified("it is a volume of several");
        } else if (!counts(Short.toUnsignedInt(record.getShort(6)), zip64Count, entries.count(), 0xffff)) {
            walk.failed("its directory names " + entries.count() + " entries, and its end says otherwise");
        } else if (!counts(Integer.toUnsignedLong(record.getInt(8)), zip64Length, end - begin, 0xffffffffL)) {
            walk.failed("its directory has " + (end - begin) + " bytes, and its end says otherwise");
        } else if (!counts(Integer.toUnsignedLong(record.getInt(12)), zip64Begin, begin, 0xffffffffL)) {
            walk.failed("its directory begins at byte " + begin + ", and its end says otherwise");
        } else {
            walk.skip(Short.toUnsignedInt(record.getShort(16)), this::over);
        }
    }

    /**
     * Tells whether the end record states what was found: itself, or by the Zip64 record where it has no room. Without
     * that record older tools write what fits of the number.
     */
    private boolean counts(long stated, long zip64, long found, long most) {
        if (zip64At < 0) {
            return stated == (found & most);
        }
        return zip64 == found && (stated == most || stated == found);
    }

    private void over() {
        isOver = true;
        walk.block(1, more -> walk.unverified("behind its end stand other bytes"));
    }
}
