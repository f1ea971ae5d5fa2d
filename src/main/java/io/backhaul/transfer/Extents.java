package io.backhaul.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which bytes of an object are there.
 *
 * @param ranges in order; none is empty, none overlaps or touches the next
 */
record Extents(List<ByteRange> ranges) {
    static final Extents NONE = new Extents(List.of());

    Extents {
        ranges = List.copyOf(ranges);
        for (var i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).isEmpty()
                    || (i > 0 && ranges.get(i - 1).to() >= ranges.get(i).from())) {
                throw new IllegalArgumentException("not in order: " + ranges);
            }
        }
    }

    /** The first bytes. */
    static Extents first(long count) {
        return NONE.with(new ByteRange(0, count));
    }

    /**
     * Reads what {@link #text} has written.
     *
     * @throws IllegalArgumentException for any other text
     */
    static Extents parse(String text) {
        return text.isEmpty()
                ? NONE
                : new Extents(
                        Arrays.stream(text.split(" ", -1)).map(Extents::range).toList());
    }

    /** These and some more. */
    Extents with(ByteRange more) {
        if (more.isEmpty()) {
            return this;
        }
        var from = more.from();
        var to = more.to();
        var before = new ArrayList<ByteRange>();
        var after = new ArrayList<ByteRange>();
        for (var range : ranges) {
            if (range.to() < from) {
                before.add(range);
            } else if (range.from() > to) {
                after.add(range);
            } else {
                from = Math.min(from, range.from());
                to = Math.max(to, range.to());
            }
        }
        before.add(new ByteRange(from, to));
        before.addAll(after);
        return new Extents(before);
    }

    /** These without what lies behind a byte. */
    Extents upTo(long end) {
        return new Extents(ranges.stream()
                .filter(range -> range.from() < end)
                .map(range -> new ByteRange(range.from(), Math.min(range.to(), end)))
                .toList());
    }

    /** How far the object is there without a gap. */
    long front() {
        return ranges.isEmpty() || ranges.getFirst().from() > 0
                ? 0
                : ranges.getFirst().to();
    }

    /** How many bytes are there. */
    long bytes() {
        // asked at every write, where a stream costs as much as all else
        var bytes = 0L;
        for (var range : ranges) {
            bytes += range.length();
        }
        return bytes;
    }

    /** Behind the last byte that is there. */
    long end() {
        return ranges.isEmpty() ? 0 : ranges.getLast().to();
    }

    /** What is not there yet of an object with so many bytes. */
    List<ByteRange> missing(long total) {
        var missing = new ArrayList<ByteRange>();
        var at = 0L;
        for (var range : ranges) {
            missing.add(new ByteRange(at, Math.max(at, Math.min(range.from(), total))));
            at = range.to();
        }
        missing.add(new ByteRange(Math.min(at, total), total));
        missing.removeIf(ByteRange::isEmpty);
        return missing;
    }

    String text() {
        return ranges.stream().map(range -> range.from() + "-" + range.to()).collect(Collectors.joining(" "));
    }

    private static ByteRange range(String text) {
        var ends = text.split("-", -1);
        if (ends.length != 2) {
            throw new IllegalArgumentException("not a range: \"" + text + "\"");
        }
        return new ByteRange(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
    }
}
