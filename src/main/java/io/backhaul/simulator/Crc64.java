package io.backhaul.simulator;

/** CRC-64/Jones as Redis ends its dumps with: polynomial 0xad93d23594c935a9 reflected, nothing turned over before or after. */
final class Crc64 {
    private static final long REFLECTED = Long.reverse(0xad93d23594c935a9L);

    /** Slicing by eight, or the check of a demo's larger dumps would take longer than their download. */
    private static final long[][] TABLE = table();

    private Crc64() {}

    static long update(long crc, byte[] bytes, int from, int count) {
        var sum = crc;
        var at = from;
        var end = from + count;
        for (; at + 8 <= end; at += 8) {
            for (var i = 0; i < 8; i++) {
                sum ^= (bytes[at + i] & 0xffL) << (8 * i);
            }
            var next = 0L;
            for (var i = 0; i < 8; i++) {
                next ^= TABLE[7 - i][(int) (sum >>> (8 * i)) & 0xff];
            }
            sum = next;
        }
        for (; at < end; at++) {
            sum = (sum >>> 8) ^ TABLE[0][(int) (sum ^ bytes[at]) & 0xff];
        }
        return sum;
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
