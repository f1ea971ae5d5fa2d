package io.backhaul.transfer;

import io.backhaul.backup.CheckResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a format, judged as its bytes stream by in chunks of any size: a format says what comes next (a block, a
 * body, deflated data), and is called when that is there. Nothing is kept but the block at hand.
 *
 * <p>What is {@code failed} is fetched again and in the end given up, so it takes a contradiction that no whole file of
 * the format has. A file that does not even begin as its name says may be encrypted by the provider, misnamed or a later
 * volume of several: it is {@code unverified}. A file without its end has failed where its name says that it is one of
 * the format; where only its bytes say so, or the name is that of a volume ({@code set-2.zip}), it may be a part.
 */
abstract class FrameCheck implements ContentCheck {
    /** What is packed with gzip is split by tools that say so in the name, or behind the ending. */
    private static final Pattern VOLUME = Pattern.compile(".*(?:[._ -]\\d{1,3}\\.(?:zip|tar)"
            + "|(?:part|vol|volume|disk)[._ -]?\\d{1,3}\\.(?:zip|tar|tgz|gzip|(?:tar\\.)?gz))");

    /** A day, or a minute of it, as backups are named; an hour alone cannot be told from the number of a volume. */
    private static final Pattern DATED = Pattern.compile(".*(?<!\\d)(?:19|20)\\d\\d[._-]?\\d\\d[._-]?\\d\\d"
            + "(?:[._ t-]?\\d\\d[._-]?\\d\\d(?:[._-]?\\d\\d)?)?\\.(?:zip|tar)");

    /** What takes the next bytes, at least one unless it names another; returns how many. */
    interface Reader {
        int read(byte[] bytes, int from, int count);
    }

    /** What bytes pass through. */
    interface Sink {
        void take(byte[] bytes, int from, int count);
    }

    private final String check;
    private final String format;
    private final boolean isNamed;
    private final boolean mayBeVolume;
    private Reader next;
    private long position;
    private long blockAt;
    private boolean isRecognised;
    private @Nullable CheckResult settled;

    /**
     * @param format with its article, for people
     * @param endings of names that promise the format
     */
    FrameCheck(String check, String format, String name, List<String> endings) {
        var lower = name.toLowerCase(Locale.ROOT);
        this.check = check;
        this.format = format;
        this.isNamed = endings.stream().anyMatch(lower::endsWith);
        this.mayBeVolume =
                VOLUME.matcher(lower).matches() && !DATED.matcher(lower).matches();
        this.next = (bytes, from, count) -> {
            begin();
            return 0;
        };
    }

    /** Says what a file of the format begins with. */
    abstract void begin();

    /** All bytes of a file of this format have come and nothing was found before: passes, fails or leaves it open. */
    abstract void atEnd();

    /** What to say of no bytes. */
    void empty() {
        failed("it is empty");
    }

    /** The verdict stands; no more bytes come. */
    void release() {}

    @Override
    public final void update(byte[] bytes, int count) {
        for (var at = 0; at < count && settled == null; ) {
            at += next.read(bytes, at, count - at);
        }
    }

    @Override
    public final boolean applies() {
        return isNamed || isRecognised;
    }

    @Override
    public final CheckResult verdict() {
        if (settled == null && position == 0) {
            empty();
        } else if (settled == null && isRecognised) {
            atEnd();
        } else if (settled == null) {
            strange();
        }
        return Objects.requireNonNull(settled, "no verdict");
    }

    /** The bytes alone say that it is a file of the format. */
    final void recognised() {
        isRecognised = true;
    }

    final boolean isNamed() {
        return isNamed;
    }

    /** Bytes that were taken so far, those of the block at hand included. */
    final long position() {
        return position;
    }

    /** Tells whether nothing of what comes next has come. */
    final boolean isBetweenBlocks() {
        return position == blockAt;
    }

    /** The next bytes whole, little-endian; {@code length} is bounded by the format. */
    final void block(int length, Consumer<ByteBuffer> then) {
        var block = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        pass(length, block::put, () -> then.accept(block.flip()));
    }

    /** The next bytes as they come. */
    final void pass(long length, Sink sink, Runnable then) {
        if (length == 0) {
            then.run();
            return;
        }
        var end = length > Long.MAX_VALUE - position ? Long.MAX_VALUE : position + length;
        take((bytes, from, count) -> {
            var taken = (int) Math.min(count, end - position);
            sink.take(bytes, from, taken);
            advance(taken);
            if (position == end) {
                then.run();
            }
            return taken;
        });
    }

    /** Bytes that nobody looks at. */
    final void skip(long length, Runnable then) {
        pass(length, (bytes, from, count) -> {}, then);
    }

    /** All bytes up to this one, which is among them. */
    final void passUntil(byte last, Sink sink, Runnable then) {
        take((bytes, from, count) -> {
            var at = from;
            while (at < from + count && bytes[at] != last) {
                at++;
            }
            var isThere = at < from + count;
            var taken = at - from + (isThere ? 1 : 0);
            sink.take(bytes, from, taken);
            advance(taken);
            if (isThere) {
                then.run();
            }
            return taken;
        });
    }

    /** Deflated data up to its end, or until it is at most so long; its progress says what came of it. */
    final void inflate(Inflation inflation, long most, Runnable then) {
        inflation.begin();
        if (most == 0) {
            then.run();
            return;
        }
        take((bytes, from, count) -> {
            var taken = inflation.take(bytes, from, (int) Math.min(count, most - inflation.compressed()));
            advance(taken);
            if (inflation.progress() != Inflation.Progress.GOES_ON || inflation.compressed() == most) {
                then.run();
            }
            return taken;
        });
    }

    /** Whatever comes next, for a format that reads by itself; it must {@link #advance}. */
    final void take(Reader reader) {
        blockAt = position;
        next = reader;
    }

    final void advance(int count) {
        position += count;
    }

    /** No whole file of the format is like that. */
    final void failed(String detail) {
        settle(CheckResult.failed(check, detail));
    }

    /** From here on it cannot be judged. */
    final void unverified(String detail) {
        settle(CheckResult.unverified(check, detail));
    }

    final void passed(String detail) {
        settle(CheckResult.passed(check, detail));
    }

    /** It is not of the format. */
    final void strange() {
        unverified("it does not begin as " + format);
    }

    /** The verdict on a file that lacks its end: {@code where} it stops. */
    final void cut(String where) {
        if (isNamed && !mayBeVolume) {
            failed("it ends " + where);
        } else {
            unverified("it ends " + where + "; cut, or a part of a larger file");
        }
    }

    /** What was found first is what counts. */
    private void settle(CheckResult result) {
        if (settled == null) {
            settled = result;
            release();
        }
    }
}
