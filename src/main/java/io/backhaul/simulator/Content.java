package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The bytes of an object, readable at any position without holding them all in memory. Any thread may read, several at
 * once; the same position gives the same byte for ever.
 */
public interface Content {
    /** How many bytes there are. */
    long length();

    /**
     * Copies bytes out.
     *
     * @param position first byte wanted; {@code position + count} is at most {@link #length()}
     * @param from where they go in {@code buffer}
     */
    void read(long position, byte[] buffer, int from, int count) throws IOException;

    /** Bytes in memory, copied. */
    static Content bytes(byte[] bytes) {
        return new BytesContent(bytes.clone());
    }

    /** UTF-8 text in memory. */
    static Content text(String text) {
        return new BytesContent(text.getBytes(UTF_8));
    }

    /** A file that must neither move nor change while the content is in use; its length is taken now. */
    static Content file(Path file) throws IOException {
        return FileContent.of(file);
    }

    /** Bytes that look random, made anew at every read: any length costs no memory. */
    static Content generated(long seed, long length) {
        return new GeneratedContent(seed, length);
    }

    /** Some of these bytes, as a view. */
    default Content slice(long from, long length) {
        return new ContentSlice(this, from, length);
    }
}
