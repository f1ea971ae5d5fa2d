package io.backhaul.transfer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A reflected CRC-64 as it streams, sixteen bytes a step. Not for use by several threads at once. */
final class Crc64 {
    /** Bytes of a step, each with a table of its own. */
    private static final int SLICES = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The polynomials in use, each with its tables. */
    enum Kind {
        /** ECMA-182, what OSS and COS send (contracts/tencent-aliyun.md 2.4). */
        XZ(0x42f0e1eba9ea3693L, -1L),
        /** What Redis writes behind an RDB. */
        JONES(0xad93d23594c935a9L, 0L);

        /** {@code tables[k][b]}: what byte b does to the register when k more bytes follow it. */
        @SuppressWarnings("ImmutableEnumChecker") // an array for speed; nobody writes to it after the constructor
        private final long[][] tables;

        /** Both the register's start and what the result is XORed with. */
        private final long mask;

        Kind(long polynomial, long mask) {
            this.tables = tables(Long.reverse(polynomial));
            this.mask = mask;
        }

        private static long[][] tables(long reflected) {
            var tables = new long[SLICES][256];
            for (var b = 0; b < 256; b++) {
                long crc = b;
                for (var bit = 0; bit < 8; bit++) {
                    crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : reflected);
                }
                tables[0][b] = crc;
            }
            for (var k = 1; k < SLICES; k++) {
                for (var b = 0; b < 256; b++) {
                    var before = tables[k - 1][b];
                    tables[k][b] = (before >>> 8) ^ tables[0][(int) (before & 0xff)];
                }
            }
            return tables;
        }
    }

    private final Kind kind;
    private long register;

    Crc64(Kind kind) {
        this.kind = kind;
        this.register = kind.mask;
    }

    void update(byte[] bytes, int from, int count) {
        var tables = kind.tables;
        var crc = register;
        var at = from;
        var end = from + count;
        for (; at + SLICES <= end; at += SLICES) {
            var x = crc ^ (long) LONGS.get(bytes, at);
            var y = (long) LONGS.get(bytes, at + Long.BYTES);
            crc = tables[15][(int) x & 0xff]
                    ^ tables[14][(int) (x >>> 8) & 0xff]
                    ^ tables[13][(int) (x >>> 16) & 0xff]
                    ^ tables[12][(int) (x >>> 24) & 0xff]
                    ^ tables[11][(int) (x >>> 32) & 0xff]
                    ^ tables[10][(int) (x >>> 40) & 0xff]
                    ^ tables[9][(int) (x >>> 48) & 0xff]
                    ^ tables[8][(int) (x >>> 56) & 0xff]
                    ^ tables[7][(int) y & 0xff]
                    ^ tables[6][(int) (y >>> 8) & 0xff]
                    ^ tables[5][(int) (y >>> 16) & 0xff]
                    ^ tables[4][(int) (y >>> 24) & 0xff]
                    ^ tables[3][(int) (y >>> 32) & 0xff]
                    ^ tables[2][(int) (y >>> 40) & 0xff]
                    ^ tables[1][(int) (y >>> 48) & 0xff]
                    ^ tables[0][(int) (y >>> 56) & 0xff];
        }
        for (; at < end; at++) {
            crc = (crc >>> 8) ^ tables[0][(int) (crc ^ bytes[at]) & 0xff];
        }
        register = crc;
    }

    long value() {
        return register ^ kind.mask;
    }
}
