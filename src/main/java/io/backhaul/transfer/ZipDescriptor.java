package io.backhaul.transfer;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The descriptor behind an entry's data (APPNOTE 4.3.9), of which there are four forms: with a signature or without, and
 * with sizes of four bytes or of eight. Nothing says which, so the form is the one that fits; for that one number is read
 * behind the shorter forms, and may turn out to be the next record's signature.
 */
final class ZipDescriptor {
    static final int SIGNATURE = 0x08074b50;

    /** What every signature begins with. */
    private static final short PK = 0x4b50;

    private final FrameCheck walk;
    private final Consumer<ZipHead> met;
    private final Runnable nextRecord;
    private final IntConsumer record;

    /**
     * @param met takes the entry once it is described
     * @param nextRecord reads a signature and what belongs to it
     * @param record reads what belongs to a signature
     */
    ZipDescriptor(FrameCheck walk, Consumer<ZipHead> met, Runnable nextRecord, IntConsumer record) {
        this.walk = walk;
        this.met = met;
        this.nextRecord = nextRecord;
        this.record = record;
    }

    /** Reads the one behind an entry whose numbers are known. */
    void of(ZipHead found) {
        walk.block(Integer.BYTES, first -> {
            var number = first.getInt();
            if (number == SIGNATURE && found.crc32() == SIGNATURE) {
                walk.unverified("the CRC-32 of " + found + " looks like a signature; what follows was not judged");
            } else if (number == SIGNATURE) {
                walk.block(3 * Integer.BYTES, rest -> crc(found, rest.getInt(), rest));
            } else {
                walk.block(2 * Integer.BYTES, rest -> crc(found, number, rest));
            }
        });
    }

    /** Reads the one behind an entry of which only the packed size is known. */
    void ofUnread(ZipHead head) {
        walk.block(4 * Integer.BYTES, numbers -> {
            if (numbers.getInt() != SIGNATURE) {
                walk.unverified("the descriptor of " + head + " has no signature; what follows was not judged");
                return;
            }
            var crc = Integer.toUnsignedLong(numbers.getInt());
            var first = numbers.getInt();
            var second = numbers.getInt();
            walk.block(Integer.BYTES, third -> {
                var isShort = second != 0 || third.getShort(0) == PK;
                var size = Integer.toUnsignedLong(isShort ? second : third.getInt(0));
                sizes(head.as(crc, head.compressed(), size), first, second, third.getInt(0));
            });
        });
    }

    private void crc(ZipHead found, int stated, ByteBuffer sizes) {
        if (stated != (int) found.crc32()) {
            walk.failed(found + " has CRC-32 " + Long.toHexString(found.crc32()) + ", its descriptor says "
                    + Integer.toHexString(stated));
            return;
        }
        var first = sizes.getInt();
        var second = sizes.getInt();
        walk.block(Integer.BYTES, third -> sizes(found, first, second, third.getInt()));
    }

    private void sizes(ZipHead found, int first, int second, int third) {
        var isLong = first == (int) found.compressed()
                && second == (int) (found.compressed() >>> Integer.SIZE)
                && third == (int) found.size();
        if (isLong) {
            walk.block(Integer.BYTES, fourth -> {
                if (fourth.getInt() == (int) (found.size() >>> Integer.SIZE)) {
                    met.accept(found);
                    nextRecord.run();
                } else {
                    wrongSizes(found);
                }
            });
        } else if (first == (int) found.compressed() && second == (int) found.size()) {
            met.accept(found);
            record.accept(third);
        } else {
            wrongSizes(found);
        }
    }

    private void wrongSizes(ZipHead found) {
        walk.failed(found + " has " + found.compressed() + " bytes packed and " + found.size()
                + " unpacked, its descriptor says otherwise");
    }
}
