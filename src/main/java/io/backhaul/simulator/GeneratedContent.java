package io.backhaul.simulator;

/** Eight bytes of SplitMix64 for each block of eight, keyed by seed and position alone. */
record GeneratedContent(long seed, long length) implements Content {
    GeneratedContent {
        if (length < 0) {
            throw new IllegalArgumentException("content of negative length: " + length);
        }
    }

    @Override
    public void read(long position, byte[] buffer, int from, int count) {
        fill(seed, position, buffer, from, count);
    }

    /** The bytes of an endless stream that depends on the seed only. */
    static void fill(long seed, long position, byte[] buffer, int from, int count) {
        var word = 0L;
        for (var i = 0; i < count; i++) {
            var at = position + i;
            if (i == 0 || (at & 7) == 0) {
                word = mix(seed + (at >>> 3) * 0x9e3779b97f4a7c15L) >>> (8 * (at & 7));
            }
            buffer[from + i] = (byte) word;
            word >>>= 8;
        }
    }

    private static long mix(long value) {
        var z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
