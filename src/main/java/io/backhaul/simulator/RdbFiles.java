package io.backhaul.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Redis dumps to serve: small real ones that redis-server wrote, and generated ones of any size. */
public final class RdbFiles {
    private static final List<String> SAMPLES = List.of(
            "strings.rdb",
            "lists-and-sets.rdb",
            "sorted-sets.rdb",
            "hashes.rdb",
            "streams.rdb",
            "databases.rdb",
            "without-checksum.rdb");

    private RdbFiles() {}

    /**
     * A valid dump of exactly this size, its checksum right. It takes no memory, but its checksum is computed here: about
     * a second for each GiB.
     *
     * @throws IllegalArgumentException when a dump cannot be that short (about a hundred bytes)
     */
    public static Content ofSize(long seed, long bytes) {
        return new RdbContent(seed, bytes);
    }

    /** The names of the real dumps. */
    public static List<String> samples() {
        return SAMPLES;
    }

    /** A real dump, as {@code src/test/scripts/make-redis-dumps} made it. */
    public static Content sample(String name) {
        try (var in = RdbFiles.class.getResourceAsStream("redis/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such dump: " + name + "; there are " + SAMPLES);
            }
            return new BytesContent(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("reading the dump " + name, e);
        }
    }
}
