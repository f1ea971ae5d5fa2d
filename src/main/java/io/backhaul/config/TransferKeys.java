package io.backhaul.config;

import io.backhaul.backup.ByteCount;

/** The keys of {@code transfer}. */
final class TransferKeys {
    private static final Key<Integer> CONCURRENCY =
            Key.defaulted("concurrency", Texts.integer(1, 64), 4, "How many backups one node transfers at once.");
    private static final Key<Integer> SEGMENTS =
            Key.defaulted("segments", Texts.integer(1, 32), 8, "How many ranges of one file are fetched in parallel.");
    private static final Key<ByteCount> BANDWIDTH = Key.optional(
            "bandwidth",
            Texts.rate("1KiB/s"),
            "Bytes per second that one node takes at most, such as 200MiB/s; without it as fast as it goes.");

    static final Fields FIELDS = Fields.of(CONCURRENCY, SEGMENTS, BANDWIDTH);

    private TransferKeys() {}

    static TransferConfig build(Section section) {
        return new TransferConfig(section.value(CONCURRENCY), section.value(SEGMENTS), section.find(BANDWIDTH));
    }
}
