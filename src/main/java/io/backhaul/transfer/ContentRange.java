package io.backhaul.transfer;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@code Content-Range: bytes first-last/total} of one range; a total that the store does not tell is no answer to us. */
record ContentRange(long first, long last, long total) {
    private static final Pattern TEXT = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    static Optional<ContentRange> parse(@Nullable String header) {
        var matcher = TEXT.matcher(header == null ? "" : header.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new ContentRange(
                Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
    }

    /** Tells whether it answers exactly a request for these bytes. */
    boolean is(ByteRange range) {
        return first == range.from() && last == range.to() - 1 && last < total;
    }

    /** Tells whether it answers exactly an open-ended request from this byte. */
    boolean isRestFrom(long from) {
        return from < total && is(new ByteRange(from, total));
    }
}
