package io.backhaul.schedule;

import static io.backhaul.schedule.TickingNode.NEVER_NOW;
import static io.backhaul.schedule.TickingNode.SOURCE;
import static io.backhaul.schedule.TickingNode.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Triggers in states from which Quartz itself does not fire them again. */
@ExtendWith(TestDatabase.class)
class StuckTriggersTest {
    private static final String STICK =
            "update qrtz_triggers set trigger_state = ?, next_fire_time = ? where trigger_name = ?";

    private final Jdbi sql;
    private final Catalog catalog;

    @TempDir
    private Path archive;

    private @Nullable TickingNode node;

    StuckTriggersTest(Catalog catalog) {
        this.catalog = catalog;
        sql = Jdbi.create(catalog.dataSource());
    }

    @AfterEach
    void stopNode() {
        if (node != null) {
            node.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "ACQUIRED", "BLOCKED"})
    void aStuckTriggerIsReportedAndFreedAndMakesUpForWhatItMissed(String state) throws Exception {
        // To the clock of the node's own ticks nothing is late: only the test frees.
        node = new TickingNode(catalog, "node-a", archive, ManualClock.at("2000-01-01T00:00:00Z"));
        var stuck = node.start(Map.of(SOURCE, NEVER_NOW)).stuckAsOf(Clock.systemUTC());
        next(node.listings);
        stick("prod-cron", state);
        assertThat(stuck.names()).containsExactly("list.prod-cron");

        stuck.free();

        assertThat(stuck.names()).isEmpty();
        assertThat(next(node.listings)).isEqualTo("node-a");
    }

    @Test
    void healthNamesTheStuckTriggers() throws Exception {
        var clock = ManualClock.at("2000-01-01T00:00:00Z");
        node = new TickingNode(catalog, "node-a", archive, clock);
        var schedule = node.start(Map.of(SOURCE, NEVER_NOW));
        next(node.linkTicks);
        next(node.linkTicks);
        assertThat(schedule.health().overdue()).isEmpty();

        clock.advance(Duration.ofDays(365 * 90));

        assertThat(schedule.health().overdue()).containsExactlyInAnyOrder("list.prod-poll", "ticks.links");
    }

    @Test
    void aTickOfTheNodeItselfFreesThem() throws Exception {
        node = new TickingNode(catalog, "node-a", archive, Clock.systemUTC());
        node.start(Map.of(SOURCE, NEVER_NOW));
        next(node.listings);
        node.close();
        stick("prod-cron", "ERROR");
        node = new TickingNode(catalog, "node-a", archive, Clock.systemUTC());

        node.start(Map.of(SOURCE, NEVER_NOW));

        assertThat(next(node.listings)).isEqualTo("node-a");
    }

    private void stick(String trigger, String state) {
        sql.useHandle(handle -> handle.execute(STICK, state, System.currentTimeMillis() - 3_600_000, trigger));
    }
}
