package io.backhaul.simulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of SplitMix64 for each block of eight, keyed by seed and position alone. */
record GeneratedContent(long seed, long length) implements Content {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
        var done = 0;
        while (done < count) {
            var at = position + done;
            var word = mix(seed + (at >>> 3) * 0x9e3779b97f4a7c15L);
            if ((at & 7) == 0 && count - done >= Long.BYTES) {
                WORDS.set(buffer, from + done, word);
                done += Long.BYTES;
            } else {
                buffer[from + done] = (byte) (word >>> (8 * (at & 7)));
                done++;
            }
        }
    }

    private static long mix(long value) {
        var z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
