package io.backhaul.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;

/** CRC-64/XZ in decimal, as COS and OSS show it (tencent-aliyun.md 2.4). Not Redis's own, which is {@link Crc64}. */
final class StoreCrc64 {
    private static final long REFLECTED = 0xC96C5795D7870F42L;
    private static final long[] TABLE = table();
    private static final int BLOCK = 64 * 1024;

    private StoreCrc64() {}

    static String of(Content content) {
        var crc = -1L;
        var block = new byte[BLOCK];
        try {
            for (long at = 0; at < content.length(); at += BLOCK) {
                var count = (int) Math.min(BLOCK, content.length() - at);
                content.read(at, block, 0, count);
                for (var i = 0; i < count; i++) {
                    crc = TABLE[(int) (crc ^ block[i]) & 0xff] ^ (crc >>> 8);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("summing up content bytes=" + content.length(), e);
        }
        return Long.toUnsignedString(~crc);
    }

    private static long[] table() {
        var table = new long[256];
        for (var i = 0; i < table.length; i++) {
            long crc = i;
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ REFLECTED;
            }
            table[i] = crc;
        }
        return table;
    }
}
