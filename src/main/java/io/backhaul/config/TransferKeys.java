package io.backhaul.config;

import java.time.ZoneId;
import java.util.Objects;

/** The keys of {@code transfer}. */
final class TransferKeys {
    private static final Key<Integer> CONCURRENCY =
            Key.defaulted("concurrency", Texts.integer(1, 64), 4, "How many backups one node transfers at once.");
    private static final Key<Integer> SEGMENTS =
            Key.defaulted("segments", Texts.integer(1, 32), 8, "How many ranges of one file are fetched in parallel.");
    private static final Key<Integer> PER_HOST = Key.defaulted(
            "concurrency-per-host",
            Texts.integer(1, 256),
            32,
            "How many connections one node has to one store host at most, over all backups and segments.");
    private static final Key<ZoneId> TIME_ZONE = Key.optional(
            "time-zone",
            Texts.timeZone(),
            "Time zone of every timetable, such as Asia/Shanghai; without it the machine's.");

    static final Key<Bandwidth> BANDWIDTH = BandwidthKeys.key("What one node takes at most");
    static final Fields FIELDS = Fields.of(CONCURRENCY, PER_HOST, SEGMENTS, BANDWIDTH, TIME_ZONE);

    private TransferKeys() {}

    /** The zone of every timetable. */
    static ZoneId timeZone(Section section) {
        return Objects.requireNonNullElseGet(section.find(TIME_ZONE), ZoneId::systemDefault);
    }

    static TransferConfig build(Section section) {
        return new TransferConfig(
                section.value(CONCURRENCY),
                section.value(PER_HOST),
                section.value(SEGMENTS),
                BandwidthKeys.build(section, BANDWIDTH, timeZone(section)));
    }
}
