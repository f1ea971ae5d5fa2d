package io.backhaul.transfer;

import io.backhaul.backup.CheckResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The frame of a Redis dump: {@code REDIS} and four digits (Valkey 9: {@code VALKEY} and three), the end opcode 0xFF,
 * and from version 5 on the CRC-64/Jones of all before it, little-endian, 0 where the server was told not to compute
 * it.
 *
 * <p>A file that is not named {@code .rdb} but begins like one may be an append-only file with a dump in front; a
 * missing end proves nothing about it, nor does a wrong CRC where it ends as commands do.
 */
final class RdbCheck implements ContentCheck {
    private static final Pattern MAGIC = Pattern.compile("REDIS(\\d{4})|VALKEY(\\d{3})");
    private static final int MAGIC_LENGTH = 9;
    private static final int TRAILER = Long.BYTES;
    private static final int END = 0xff;
    private static final int FIRST_WITH_CHECKSUM = 5;

    private final boolean named;
    private final boolean isAppendOnly;
    private final Crc64 crc = new Crc64(Crc64.Kind.JONES);
    private final ByteBuffer beginning = ByteBuffer.allocate(MAGIC_LENGTH);

    /** The last bytes so far, held back from the CRC because they may be the trailer. */
    private final byte[] held = new byte[TRAILER];

    private boolean isDump;
    private int holding;
    private byte beforeHeld;

    RdbCheck(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        named = lower.endsWith(".rdb");
        isAppendOnly = AofCheck.ENDINGS.stream().anyMatch(lower::endsWith);
    }

    @Override
    public void update(byte[] bytes, int count) {
        if (beginning.hasRemaining()) {
            beginning.put(bytes, 0, Math.min(count, beginning.remaining()));
            isDump = version().isPresent();
        }
        var surplus = Math.max(0, holding + count - TRAILER);
        var fromHeld = Math.min(holding, surplus);
        var fromBytes = surplus - fromHeld;
        release(held, fromHeld);
        release(bytes, fromBytes);
        var kept = holding - fromHeld;
        System.arraycopy(held, fromHeld, held, 0, kept);
        System.arraycopy(bytes, fromBytes, held, kept, count - fromBytes);
        holding = kept + count - fromBytes;
    }

    /** Feeds bytes that can no longer be the trailer. By the first of them the magic is known, it is longer. */
    private void release(byte[] bytes, int count) {
        if (count > 0 && isDump) {
            crc.update(bytes, 0, count);
            beforeHeld = bytes[count - 1];
        }
    }

    @Override
    public boolean applies() {
        return named || version().isPresent();
    }

    @Override
    public CheckResult verdict() {
        var version = version();
        if (version.isEmpty()) {
            return withoutMagic();
        }
        if (version.get() < FIRST_WITH_CHECKSUM) {
            return CheckResult.unverified("rdb", "version " + version.get() + " has no checksum");
        }
        if ((beforeHeld & 0xff) != END) {
            return named
                    ? CheckResult.failed("rdb", "there is no end marker before the last eight bytes")
                    : CheckResult.unverified("rdb", "more than a dump: no end marker before the last eight bytes");
        }
        var stated = ByteBuffer.wrap(held).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (stated == 0) {
            return CheckResult.unverified("rdb", "written without a checksum; the end marker is there");
        }
        if (stated == crc.value()) {
            return CheckResult.passed("rdb", "version " + version.get() + ", CRC-64 " + Long.toHexString(stated));
        }
        var mismatch = "CRC-64 is " + Long.toHexString(crc.value()) + ", the file says " + Long.toHexString(stated);
        return mayEndInCommands()
                ? CheckResult.unverified("rdb", "damaged, or more than a dump: " + mismatch)
                : CheckResult.failed("rdb", mismatch);
    }

    /** In commands behind a dump the byte of the end marker stands where it would be at times, by chance. */
    private boolean mayEndInCommands() {
        return isAppendOnly || (!named && held[TRAILER - 2] == '\r' && held[TRAILER - 1] == '\n');
    }

    private CheckResult withoutMagic() {
        var first = beginning.position() < 2 ? 0 : (beginning.get(0) & 0xff) << 8 | (beginning.get(1) & 0xff);
        return first == 0x1f8b
                ? CheckResult.unverified("rdb", "compressed (gzip)")
                : CheckResult.failed("rdb", "it does not begin as a Redis dump");
    }

    private Optional<Integer> version() {
        var text = new String(beginning.array(), 0, beginning.position(), StandardCharsets.ISO_8859_1);
        var matcher = MAGIC.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)));
    }
}
