package io.backhaul.simulator;

import java.io.IOException;

/** Other content with the bits of some bytes turned over: as long as the original, and never equal to it. */
record SpoiltContent(Content original, long firstSpoilt, long lastSpoilt, int mask) implements Content {
    /** Every byte differs. */
    static Content everywhere(Content original) {
        return new SpoiltContent(original, 0, Long.MAX_VALUE, 0xff);
    }

    /** One bit of one byte differs. */
    static Content oneBit(Content original, long position) {
        return new SpoiltContent(original, position, position, 1);
    }

    @Override
    public long length() {
        return original.length();
    }

    @Override
    public void read(long position, byte[] buffer, int from, int count) throws IOException {
        original.read(position, buffer, from, count);
        for (var i = 0; i < count; i++) {
            if (position + i >= firstSpoilt && position + i <= lastSpoilt) {
                buffer[from + i] = (byte) (buffer[from + i] ^ mask);
            }
        }
    }
}
