package io.backhaul.transfer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A tar archive (ustar, GNU, pax): the sum of each header, the way from each to the next, and the two blocks of zeros at
 * the end. Tar has no sum of its contents, so that a passed frame says that nothing is missing, not that nothing changed.
 * An archive that stops behind a whole entry, without the end, may be cut there or written so: it is unverified.
 */
final class TarCheck extends FrameCheck {
    static final List<String> ENDINGS = List.of(".tar");

    private static final int BLOCK = 512;
    /** More than any real extended header has. */
    private static final int MOST_EXTENDED = 1 << 20;

    /** Zeros behind the end fill a record; more of them are a hole where data should be. */
    private static final long MOST_PADDING = 1 << 20;

    private static final Pattern SIZE = Pattern.compile("(?:^|\\n)\\d+ size=(\\d{1,18})\\n");

    private long entries;
    private OptionalLong extendedSize = OptionalLong.empty();
    private boolean hasEnded;

    TarCheck(String name) {
        super("tar", "a tar archive", name, ENDINGS);
    }

    @Override
    void begin() {
        block(BLOCK, first -> {
            var header = new TarHeader(first);
            if (header.isZero() && isNamed()) {
                recognised();
                afterZeros();
            } else if (header.hasMagic() || (isNamed() && header.hasRightSum())) {
                recognised();
                header(header);
            } else {
                strange();
            }
        });
    }

    @Override
    void atEnd() {
        if (!hasEnded && !isBetweenBlocks()) {
            cut("in the middle of an entry");
        } else if (!hasEnded) {
            unverified("it ends behind a whole entry, without the mark of the end");
        } else if (entries == 0) {
            unverified("there is no entry in it");
        } else {
            passed(entries + " entries, the sum of each header, and the end; tar has no sum of contents");
        }
    }

    private void nextHeader() {
        block(BLOCK, block -> {
            var header = new TarHeader(block);
            if (header.isZero()) {
                afterZeros();
            } else {
                header(header);
            }
        });
    }

    private void afterZeros() {
        block(BLOCK, second -> {
            if (!new TarHeader(second).isZero()) {
                unverified("behind a lone block of zeros stand other bytes");
                return;
            }
            hasEnded = true;
            pass(MOST_PADDING, this::padding, () -> unverified("behind its end stand more zeros than a record has"));
        });
    }

    private void padding(byte[] bytes, int from, int count) {
        for (var at = from; at < from + count; at++) {
            if (bytes[at] != 0) {
                unverified("behind its end stand other bytes");
                return;
            }
        }
    }

    private void header(TarHeader header) {
        var at = position() - BLOCK;
        var size = header.size();
        if (!header.hasRightSum()) {
            failed("the header at byte " + at + " has a wrong sum");
        } else if (header.isContinuation()) {
            unverified("it is a volume of several");
        } else if (size.isEmpty()) {
            failed("the header at byte " + at + " has no readable size");
        } else if (header.isExtended()) {
            extended(header, size.getAsLong());
        } else {
            entry(header, size.getAsLong());
        }
    }

    private void entry(TarHeader header, long stated) {
        var size = extendedSize.orElse(stated);
        extendedSize = header.isPrefix() ? extendedSize : OptionalLong.empty();
        if (header.isPrefix()) {
            data(stated, this::nextHeader);
        } else if (header.hasNoData() && size > 0) {
            unverified("an entry without data has a size, at byte " + (position() - BLOCK)
                    + "; what follows was not judged");
        } else if (header.isContinuedSparse()) {
            sparse(size);
        } else {
            counted(size);
        }
    }

    private void counted(long size) {
        data(size, () -> {
            entries++;
            nextHeader();
        });
    }

    /** GNU's old way with holes: more of the map in blocks before the data, each of which says whether one follows. */
    private void sparse(long size) {
        block(BLOCK, map -> {
            if (map.get(TarHeader.SPARSE_GOES_ON) != 0) {
                sparse(size);
            } else {
                counted(size);
            }
        });
    }

    private void data(long size, Runnable then) {
        skip(size, () -> skip(-size & (BLOCK - 1), then));
    }

    private void extended(TarHeader header, long size) {
        if (size > MOST_EXTENDED) {
            unverified("it has an extended header of " + size + " bytes; what follows was not judged");
            return;
        }
        var text = new ByteArrayOutputStream();
        pass(size, text::write, () -> {
            var found = SIZE.matcher(text.toString(StandardCharsets.ISO_8859_1));
            if (!found.find()) {
                skip(-size & (BLOCK - 1), this::nextHeader);
            } else if (header.isGlobal()) {
                unverified("its global header has a size; what follows was not judged");
            } else {
                extendedSize = OptionalLong.of(Long.parseLong(found.group(1)));
                skip(-size & (BLOCK - 1), this::nextHeader);
            }
        });
    }
}
