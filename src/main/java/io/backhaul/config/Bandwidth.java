package io.backhaul.config;

import io.backhaul.backup.ByteCount;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many bytes per second may come, at which time of the day. */
public sealed interface Bandwidth {
    /** Bytes per second at a time; null for no limit. */
    @Nullable
    ByteCount at(Instant time);

    /** The same by the clocks of a zone. */
    Bandwidth in(ZoneId zone);

    /** The same at every hour. */
    record Steady(ByteCount rate) implements Bandwidth {
        public Steady {
            requirePositive(rate);
        }

        @Override
        public ByteCount at(Instant time) {
            return rate;
        }

        @Override
        public Bandwidth in(ZoneId zone) {
            return this;
        }
    }

    /**
     * Limits at some hours of every day, and none at all others.
     *
     * @param hours that do not overlap; if they do, the first of them count
     * @param zone whose clocks show these hours; when they are put back, an hour comes twice, and when forward, not at all
     */
    record Timetable(List<Hours> hours, ZoneId zone) implements Bandwidth {
        public Timetable {
            hours = List.copyOf(hours);
        }

        @Override
        public @Nullable ByteCount at(Instant time) {
            var local = LocalTime.ofInstant(time, zone);
            return hours.stream()
                    .filter(one -> one.contains(local))
                    .findFirst()
                    .map(Hours::rate)
                    .orElse(null);
        }

        @Override
        public Bandwidth in(ZoneId other) {
            return new Timetable(hours, other);
        }
    }

    /**
     * A part of every day.
     *
     * @param to exclusive; not after {@code from} it means the next day
     * @param rate bytes per second
     */
    record Hours(LocalTime from, LocalTime to, ByteCount rate) {
        public Hours {
            requirePositive(rate);
        }

        boolean contains(LocalTime time) {
            var begun = !time.isBefore(from);
            var before = time.isBefore(to);
            return from.isBefore(to) ? begun && before : begun || before;
        }

        boolean overlaps(Hours other) {
            return contains(other.from) || other.contains(from);
        }

        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    private static void requirePositive(ByteCount rate) {
        if (rate.bytes() == 0) {
            throw new IllegalArgumentException("a bandwidth of 0 moves nothing");
        }
    }
}
