package io.backhaul.backup;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A number of bytes, never negative. Texts use IEC units (KiB, MiB, GiB, TiB: powers of 1024). */
public record ByteCount(long bytes) implements Comparable<ByteCount> {
    public static final ByteCount ZERO = new ByteCount(0);

    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB|TiB)");

    /** @throws IllegalArgumentException when negative */
    public ByteCount {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative byte count: " + bytes);
        }
    }

    /**
     * Reads a text such as {@code 200MiB}: a whole number and one unit.
     *
     * @throws IllegalArgumentException when there is no unit, an unknown one, or more bytes than a long holds
     */
    public static ByteCount parse(String text) {
        var matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a byte count: \"" + text + "\" (write for example 200MiB)");
        }
        try {
            var scale = 1L << (10 * UNITS.indexOf(matcher.group(2)));
            return new ByteCount(Math.multiplyExact(Long.parseLong(matcher.group(1)), scale));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("byte count too large: \"" + text + "\"", e);
        }
    }

    public ByteCount plus(ByteCount other) {
        return new ByteCount(Math.addExact(bytes, other.bytes));
    }

    @Override
    public int compareTo(ByteCount other) {
        return Long.compare(bytes, other.bytes);
    }

    /** For people: the largest unit that leaves at least 1, with one decimal above bytes. */
    @Override
    public String toString() {
        var unit = bytes == 0 ? 0 : Math.min(UNITS.size() - 1, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
        if (unit == 0) {
            return bytes + " B";
        }
        return String.format(Locale.ROOT, "%.1f %s", bytes / (double) (1L << (10 * unit)), UNITS.get(unit));
    }
}
