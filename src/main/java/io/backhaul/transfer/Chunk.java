package io.backhaul.transfer;

import io.backhaul.backup.CopyBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the small pieces in which a body comes, so that each write is worth its call. What came before a break is
 * handed out before the break is told.
 */
final class Chunk {
    private final BufferedSource body;
    private final byte[] bytes = new byte[CopyBuffer.BYTES];
    private int count;
    private @Nullable IOException broken;

    Chunk(BufferedSource body) {
        this.body = body;
    }

    /**
     * Waits for the next bytes, at most so many; false at the body's end, or when none are wanted.
     *
     * @throws IOException when the body breaks and nothing came before
     */
    boolean fill(long wanted) throws IOException {
        if (broken != null) {
            throw broken;
        }
        var room = (int) Math.min(bytes.length, wanted);
        count = 0;
        try {
            while (count < room) {
                var more = body.read(bytes, count, room - count);
                if (more < 0) {
                    break;
                }
                count += more;
            }
        } catch (IOException e) {
            if (count == 0) {
                throw e;
            }
            broken = e;
        }
        return count > 0;
    }

    int count() {
        return count;
    }

    /** The first so many of them. */
    ByteBuffer bytes(long first) {
        return ByteBuffer.wrap(bytes, 0, (int) first);
    }
}
