package io.backhaul.schedule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether ticks really fire.
 *
 * @param lastTick when one of this node's own last ended, or null before the first
 * @param overdue cluster-wide triggers that should have fired a while ago and have not, by name
 */
public record ScheduleHealth(@Nullable Instant lastTick, List<String> overdue) {
    public ScheduleHealth {
        overdue = List.copyOf(overdue);
    }
}
