package io.backhaul.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times for people: UTC, to the second. */
final class Times {
    private Times() {}

    static String text(@Nullable Instant instant, String ifUnknown) {
        return instant == null ? ifUnknown : text(instant);
    }

    static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
