package io.backhaul.transfer;

import java.util.List;
import java.util.zip.CRC32;

/**
 * A ZIP archive (APPNOTE 6.3.10) from its first entry to its last byte: size and CRC-32 of each, the central directory,
 * and that both speak of the same entries. What is encrypted or packed by another method than deflate is passed over, and
 * named in the verdict. What readers that begin with the directory would forgive (bytes between entries, entries that it
 * does not name, bytes behind the end) is not called damage, but does not pass either.
 */
final class ZipCheck extends FrameCheck {
    static final List<String> ENDINGS = List.of(".zip");

    private static final int LOCAL = 0x04034b50;
    private static final int EXTRA_DATA = 0x08064b50;
    /** At the beginning of an archive that was to be of several volumes and became one. */
    private static final int ONE_VOLUME = 0x30304b50;

    private final Inflation inflation = new Inflation();
    private final CRC32 sum = new CRC32();
    private final ZipLedger met = new ZipLedger();
    private final ZipDirectory directory = new ZipDirectory(this, this::nextRecord);
    private final ZipDescriptor descriptor = new ZipDescriptor(this, met::add, this::nextRecord, this::record);
    private long passedOver;
    private String why = "";

    ZipCheck(String name) {
        super("zip", "a ZIP archive", name, ENDINGS);
    }

    @Override
    void begin() {
        block(Integer.BYTES, first -> {
            var signature = first.getInt();
            switch (signature) {
                case LOCAL, ZipDirectory.END, ZipDirectory.ZIP64_END -> {
                    recognised();
                    record(signature);
                }
                case ONE_VOLUME -> {
                    recognised();
                    nextRecord();
                }
                case ZipDescriptor.SIGNATURE -> {
                    recognised();
                    unverified("it is the first of several volumes");
                }
                default -> strange();
            }
        });
    }

    @Override
    void atEnd() {
        if (!directory.isOver()) {
            cut(directory.hasBegun() ? "within its directory" : "before its directory");
            return;
        }
        var named = directory.entries();
        if (met.count() > named.count()) {
            unverified((met.count() - named.count()) + " entries are not in its directory");
        } else if (!met.hasEntriesOf(named)) {
            failed("its directory names other entries than are there");
        } else if (!met.hasNamesOf(named)) {
            unverified("its directory has other names than the entries");
        } else if (passedOver > 0) {
            unverified("whole, but " + passedOver + " of " + met.count() + " entries have no CRC-32 checked: " + why);
        } else {
            passed(met.count() + " entries, CRC-32 of each, and the directory");
        }
    }

    @Override
    void release() {
        inflation.close();
    }

    private void nextRecord() {
        block(Integer.BYTES, signature -> record(signature.getInt()));
    }

    private void record(int signature) {
        if (signature == LOCAL && !directory.hasBegun()) {
            var at = position() - Integer.BYTES;
            block(ZipHead.LOCAL, head -> block(ZipHead.localTail(head), tail -> entry(ZipHead.local(at, head, tail))));
        } else if (signature == EXTRA_DATA) {
            unverified("its directory is encrypted");
        } else if (isOfDirectory(signature)) {
            if (!directory.read(signature)) {
                failed("its directory is broken at byte " + (position() - Integer.BYTES));
            }
        } else if (directory.hasBegun()) {
            failed("its directory is broken at byte " + (position() - Integer.BYTES));
        } else {
            unverified("no entry begins at byte " + (position() - Integer.BYTES) + "; what follows was not judged");
        }
    }

    private static boolean isOfDirectory(int signature) {
        return switch (signature) {
            case ZipDirectory.ENTRY,
                    ZipDirectory.SIGNATURE,
                    ZipDirectory.ZIP64_END,
                    ZipDirectory.ZIP64_LOCATOR,
                    ZipDirectory.END -> true;
            default -> false;
        };
    }

    private void entry(ZipHead head) {
        if (head.isMasked()) {
            unverified("its directory is encrypted");
        } else if (head.compressed() < 0 || head.size() < 0) {
            failed(head + " has an impossible size");
        } else if (!head.isEncrypted() && head.method() == ZipHead.DEFLATED) {
            inflate(inflation, head.isDescribed() ? Long.MAX_VALUE : head.compressed(), () -> inflated(head));
        } else if (head.isDescribed() && head.compressed() == 0) {
            ofUnknownLength(head);
        } else if (!head.isEncrypted() && head.method() == ZipHead.STORED) {
            sum.reset();
            pass(
                    head.compressed(),
                    sum::update,
                    () -> found(head, sum.getValue(), head.compressed(), head.compressed()));
        } else {
            passOver(head, head.compressed(), head.isEncrypted() ? "encrypted" : "method " + head.method());
        }
    }

    private void inflated(ZipHead head) {
        switch (inflation.progress()) {
            case ENDED -> found(head, inflation.crc32(), inflation.compressed(), inflation.size());
            case BROKEN -> failed("the deflated data of " + head + " is broken");
            case GOES_ON -> failed("the deflated data of " + head + " is longer than its header says");
            case TOO_MUCH -> {
                var bomb = "it swells to more than " + Inflation.FACTOR + " times its bytes";
                if (head.isDescribed()) {
                    unverified(head + " was not inflated to its end: " + bomb);
                } else {
                    passOver(head, head.compressed() - inflation.compressed(), bomb);
                }
            }
        }
    }

    /** Only an empty one can be told: a directory, as some tools write it. */
    private void ofUnknownLength(ZipHead head) {
        block(4 * Integer.BYTES, numbers -> {
            var isEmpty = numbers.getInt(0) == ZipDescriptor.SIGNATURE
                    && numbers.getInt(4) == 0
                    && numbers.getLong(8) == 0
                    && !head.isEncrypted()
                    && head.method() == ZipHead.STORED;
            if (isEmpty) {
                met(head.as(0, 0, 0));
            } else {
                unverified("the length of " + head + " stands behind it; what follows was not judged");
            }
        });
    }

    private void passOver(ZipHead head, long left, String reason) {
        passedOver++;
        if (why.isEmpty()) {
            why = reason;
        }
        skip(left, () -> {
            if (head.isDescribed()) {
                descriptor.ofUnread(head);
            } else {
                met(head);
            }
        });
    }

    /** An entry's data has come: these are its numbers, whatever is stated. */
    private void found(ZipHead head, long crc32, long compressed, long size) {
        var found = head.as(crc32, compressed, size);
        if (head.isDescribed()) {
            descriptor.of(found);
        } else if (head.crc32() != crc32) {
            failed(head + " has CRC-32 " + Long.toHexString(crc32) + ", its header says "
                    + Long.toHexString(head.crc32()));
        } else if (!found.equals(head)) {
            failed(head + " has " + compressed + " bytes packed and " + size + " unpacked, its header says "
                    + head.compressed() + " and " + head.size());
        } else {
            met(head);
        }
    }

    private void met(ZipHead entry) {
        met.add(entry);
        nextRecord();
    }
}
