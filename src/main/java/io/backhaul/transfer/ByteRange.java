package io.backhaul.transfer;

/**
 * Some bytes of an object, one after another.
 *
 * @param from the first
 * @param to behind the last
 */
record ByteRange(long from, long to) {
    static final ByteRange NONE = new ByteRange(0, 0);

    ByteRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no range: " + from + " to " + to);
        }
    }

    long length() {
        return to - from;
    }

    boolean isEmpty() {
        return to == from;
    }
}
