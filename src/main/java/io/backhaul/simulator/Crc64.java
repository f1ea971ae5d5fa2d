package io.backhaul.simulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** CRC-64/Jones as Redis ends its dumps with: polynomial 0xad93d23594c935a9 reflected, nothing turned over before or after. */
final class Crc64 {
    private static final long REFLECTED = Long.reverse(0xad93d23594c935a9L);

    /** Slicing by eight, or the check of a demo's larger dumps would take longer than their download. */
    private static final long[][] TABLE = table();

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Crc64() {}

    static long update(long crc, byte[] bytes, int from, int count) {
        var sum = crc;
        var at = from;
        var end = from + count;
        for (; at + 8 <= end; at += 8) {
            sum = eightBytes(sum ^ (long) WORDS.get(bytes, at));
        }
        for (; at < end; at++) {
            sum = (sum >>> 8) ^ TABLE[0][(int) (sum ^ bytes[at]) & 0xff];
        }
        return sum;
    }

    /** Written out, as a loop over the tables is several times slower. */
    private static long eightBytes(long sum) {
        return TABLE[7][(int) sum & 0xff]
                ^ TABLE[6][(int) (sum >>> 8) & 0xff]
                ^ TABLE[5][(int) (sum >>> 16) & 0xff]
                ^ TABLE[4][(int) (sum >>> 24) & 0xff]
                ^ TABLE[3][(int) (sum >>> 32) & 0xff]
                ^ TABLE[2][(int) (sum >>> 40) & 0xff]
                ^ TABLE[1][(int) (sum >>> 48) & 0xff]
                ^ TABLE[0][(int) (sum >>> 56)];
    }

    private static long[][] table() {
        var table = new long[8][256];
        for (var i = 0; i < 256; i++) {
            var crc = (long) i;
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ REFLECTED;
            }
            table[0][i] = crc;
        }
        for (var i = 0; i < 256; i++) {
            for (var slice = 1; slice < 8; slice++) {
                var before = table[slice - 1][i];
                table[slice][i] = (before >>> 8) ^ table[0][(int) before & 0xff];
            }
        }
        return table;
    }
}
