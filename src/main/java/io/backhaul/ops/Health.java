package io.backhaul.ops;

import io.backhaul.archive.Archive;
import io.backhaul.archive.ArchiveHealth;
import io.backhaul.backup.ArchiveState;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.CatalogException;
import io.backhaul.schedule.ScheduleException;
import io.backhaul.schedule.ScheduleHealth;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether this node can do its work: the database answers, ticks really fire, the archives take a file. */
public final class Health {
    /** The local scheduler ticks every second; this many without one is no hiccup. */
    private static final Duration TICK_LATELY = Duration.ofSeconds(30);

    private final Catalog catalog;
    private final Supplier<ScheduleHealth> schedule;
    private final List<Archive> archives;
    private final Clock clock;

    /** @param schedule how it is just now; throws {@link ScheduleException} when it cannot be read */
    public Health(Catalog catalog, Supplier<ScheduleHealth> schedule, List<Archive> archives, Clock clock) {
        this.catalog = catalog;
        this.schedule = schedule;
        this.archives = List.copyOf(archives);
        this.clock = clock;
    }

    /** What keeps the node from its work, one line each; empty when nothing does. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        try {
            catalog.requireReachable();
            scheduleProblems(problems);
        } catch (CatalogException | ScheduleException e) {
            problems.add("database: " + e.getMessage());
        }
        for (var archive : archives) {
            // A full archive is paused and goes on by itself: no restart and no other node would help it.
            if (archive.probe() instanceof ArchiveHealth.Unwritable unhealthy
                    && unhealthy.state() != ArchiveState.FULL) {
                problems.add("archive " + archive.name() + ": " + unhealthy.reason());
            }
        }
        return problems;
    }

    private void scheduleProblems(List<String> problems) {
        var health = schedule.get();
        var last = health.lastTick();
        if (last == null || last.isBefore(clock.instant().minus(TICK_LATELY))) {
            problems.add("schedule: no tick since " + (last == null ? "the start" : last));
        }
        if (!health.overdue().isEmpty()) {
            problems.add("schedule: triggers are stuck: " + String.join(", ", health.overdue()));
        }
    }
}
