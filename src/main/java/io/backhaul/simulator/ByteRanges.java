package io.backhaul.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a Range header asks of an object, by the rules of its store. OBS's are unusual (contract 2.4): an end that is not
 * greater than the start, or a malformed form, makes the whole header count for nothing.
 *
 * @param kind what the store does about it
 * @param ranges those inside the object, in the order asked; one at least when some are served
 */
record ByteRanges(Kind kind, List<ByteRange> ranges) {
    private static final Pattern FORM = Pattern.compile("(\\d{0,18})-(\\d{0,18})");

    /** What the store does about a Range header. */
    enum Kind {
        /** 200 and everything. */
        IGNORED,
        /** 206. */
        SERVED,
        /** 416. */
        OUTSIDE
    }

    /** First and last byte, both of them included. */
    record ByteRange(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    ByteRanges {
        ranges = List.copyOf(ranges);
    }

    static ByteRanges none() {
        return new ByteRanges(Kind.IGNORED, List.of());
    }

    /** @param header the header's value, empty when there is none */
    static ByteRanges of(String header, long length) {
        if (!header.startsWith("bytes=")) {
            return none();
        }
        var inside = new ArrayList<ByteRange>();
        for (var text : header.substring("bytes=".length()).split(",", -1)) {
            var form = FORM.matcher(text.strip());
            if (!form.matches() || isSenseless(form.group(1), form.group(2))) {
                return none();
            }
            var range = resolve(form.group(1), form.group(2), length);
            if (range.first < length) {
                inside.add(range);
            }
        }
        return new ByteRanges(inside.isEmpty() ? Kind.OUTSIDE : Kind.SERVED, inside);
    }

    /**
     * By OSS's rules (tencent-aliyun.md 2.4): of several ranges the first counts, and one that does not lie wholly inside
     * the object counts for nothing.
     *
     * @param header the header's value, empty when there is none
     */
    static ByteRanges whollyInside(String header, long length) {
        var form =
                FORM.matcher(header.replaceFirst("^bytes=", "").split(",", 2)[0].strip());
        if (!header.startsWith("bytes=") || !form.matches() || form.group().equals("-")) {
            return none();
        }
        var isSuffix = form.group(1).isEmpty();
        var isOpen = form.group(2).isEmpty();
        var first = isSuffix ? length - Long.parseLong(form.group(2)) : Long.parseLong(form.group(1));
        var last = isSuffix || isOpen ? length - 1 : Long.parseLong(form.group(2));
        return first >= 0 && first <= last && last < length
                ? new ByteRanges(Kind.SERVED, List.of(new ByteRange(first, last)))
                : none();
    }

    private static boolean isSenseless(String first, String last) {
        if (first.isEmpty()) {
            return last.isEmpty() || Long.parseLong(last) == 0;
        }
        return !last.isEmpty() && Long.parseLong(last) <= Long.parseLong(first);
    }

    private static ByteRange resolve(String first, String last, long length) {
        if (first.isEmpty()) {
            return new ByteRange(Math.max(0, length - Long.parseLong(last)), length - 1);
        }
        var end = last.isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(last));
        return new ByteRange(Long.parseLong(first), end);
    }
}
