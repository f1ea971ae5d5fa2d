package io.backhaul.schedule;

import static io.backhaul.schedule.TickingNode.NEVER_NOW;
import static io.backhaul.schedule.TickingNode.SOURCE;
import static io.backhaul.schedule.TickingNode.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.SeenBackup;
import io.backhaul.catalog.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Quartz for real, on a database of its own for each test. */
@ExtendWith(TestDatabase.class)
class ScheduleTest {
    private static final String EVERY_SECOND = "* * * * * ?";

    private final List<TickingNode> nodes = new ArrayList<>();
    private final Catalog catalog;
    private final Jdbi sql;

    @TempDir
    private Path archive;

    ScheduleTest(Catalog catalog) {
        this.catalog = catalog;
        sql = Jdbi.create(catalog.dataSource());
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(TickingNode::close);
    }

    @Test
    void localTicksFireAndAreNoted() throws Exception {
        var clock = new AnnouncingClock();
        var schedule = node("node-a", clock).start(Map.of());

        while (schedule.health().lastTick() == null) {
            assertThat(clock.awaitReadings(1)).as("a tick in time").isTrue();
        }
        assertThat(schedule.health().overdue()).isEmpty();
    }

    @Test
    void aNewSourceIsListedAtOnceAndThenByItsCron() throws Exception {
        var node = node("node-a", Clock.systemUTC());

        node.start(Map.of(SOURCE, EVERY_SECOND));

        assertThat(next(node.listings)).isEqualTo("node-a");
        assertThat(next(node.listings)).isEqualTo("node-a");
    }

    @Test
    void whatAListingFindsGetsLinksAtOnceAndNotWithTheNextTick() throws Exception {
        var gate = new CountDownLatch(1);
        var node = node("node-a", Clock.systemUTC());
        node.holdListings(gate);
        node.start(Map.of(SOURCE, NEVER_NOW));
        next(node.listings);
        sql.useHandle(handle ->
                handle.execute("update qrtz_triggers set trigger_state = 'PAUSED' where trigger_name = 'links'"));

        gate.countDown();

        for (var ticks = 0; ticks <= linksFired(); ticks++) {
            next(node.linkTicks);
        }
    }

    @Test
    void aFillOfLinksThatWasCutShortIsFollowedByTheNextWhateverTheTriggerMissed() throws Exception {
        var clock = ManualClock.at("2026-11-21T10:00:00Z");
        var node = node("node-a", clock);
        hasBackups(clock.instant(), "a", "b", "c");
        // For one slot two are claimed at once, so that one is left when the time is up.
        catalog.nodes().register("node-a", "test", 1);
        node.onLinks(() -> {
            clock.advance(Duration.ofMinutes(1));
            sql.useHandle(handle -> handle.execute(
                    "update qrtz_triggers set next_fire_time = next_fire_time + 3600000 where trigger_name = 'links'"));
        });

        node.start(Map.of(SOURCE, NEVER_NOW));

        while (!texts("select distinct state from backup").equals(List.of("gone"))) {
            next(node.linkTicks);
        }
    }

    /** Known and listed: no listing is due that would ask for links when it ends. */
    private void hasBackups(Instant now, String... ids) {
        var instance = new Instance(new InstanceId("i"), "", Map.of());
        var listings = catalog.listings();
        listings.register(SOURCE, "huawei-dcs", now);
        listings.succeeded(
                SOURCE, listings.claimDue(SOURCE, Duration.ofMinutes(1), now).orElseThrow(), Duration.ZERO, now);
        listings.saveInstances(SOURCE, List.of(instance), now);
        var seen = Stream.of(ids)
                .map(id ->
                        new ListedBackup(new BackupId(id), Readiness.READY, "", now, new ByteCount(1), null, Map.of()))
                .map(backup -> new SeenBackup(backup, null))
                .toList();
        listings.saveBackups(SOURCE, instance.id(), seen, now);
    }

    @Test
    void aClusterTickFiresOncePerClusterAndOutlivesANode() throws Exception {
        var a = node("node-a", Clock.systemUTC());
        var b = new TickingNode(catalog, "node-b", archive, Clock.systemUTC(), a.linkTicks);
        nodes.add(b);
        a.start(Map.of(SOURCE, NEVER_NOW));
        next(a.linkTicks);
        // A node that starts schedules the tick anew, and Quartz counts its firings from then on.
        a.linkTicks.clear();
        b.start(Map.of(SOURCE, NEVER_NOW));

        var ticks = 0;
        for (; ticks < 6; ticks++) {
            next(a.linkTicks);
        }
        assertThat(texts("select instance_name from qrtz_scheduler_state order by 1"))
                .containsExactly("node-a", "node-b");
        a.close();
        next(b.linkTicks);
        b.close();

        ticks += 1 + a.linkTicks.size();
        // One may be of the trigger as it was before, one follows the listing; missed firings count as fired. Did both
        // nodes answer each firing, there were twice as many ticks.
        assertThat(ticks).isLessThanOrEqualTo(linksFired() + 2);
    }

    @Test
    void aSourceThatIsTakenOutLosesItsJob() {
        var other = new SourceName("other");
        node("node-a", Clock.systemUTC()).start(Map.of(SOURCE, NEVER_NOW, other, NEVER_NOW));
        assertThat(texts("select distinct job_name from qrtz_triggers where job_group = 'list' order by 1"))
                .containsExactly("other", "prod");
        nodes.getFirst().close();

        node("node-a", Clock.systemUTC()).start(Map.of(SOURCE, NEVER_NOW));

        assertThat(texts("select distinct job_name from qrtz_triggers where job_group = 'list'"))
                .containsExactly("prod");
        assertThat(texts("select job_name from qrtz_job_details where job_group = 'list'"))
                .containsExactly("prod");
    }

    @Test
    void aCronThatChangedIsTheNewOne() {
        node("node-a", Clock.systemUTC()).start(Map.of(SOURCE, NEVER_NOW));
        nodes.getFirst().close();

        node("node-a", Clock.systemUTC()).start(Map.of(SOURCE, "0 0 4 * * ?"));

        assertThat(texts("select cron_expression from qrtz_cron_triggers")).containsExactly("0 0 4 * * ?");
    }

    @Test
    void aCronThatFellDueWhileNoNodeRanIsMadeUpFor() throws Exception {
        var first = node("node-a", Clock.systemUTC());
        first.start(Map.of(SOURCE, NEVER_NOW));
        next(first.listings);
        first.close();
        sql.useHandle(handle -> handle.execute(
                "update qrtz_triggers set next_fire_time = ? where trigger_name = ?",
                System.currentTimeMillis() - 60_000,
                "prod-cron"));

        var second = node("node-a", Clock.systemUTC());
        second.start(Map.of(SOURCE, NEVER_NOW));

        assertThat(next(second.listings)).isEqualTo("node-a");
    }

    @Test
    void theStoreIsSetAsTheDesignWants() {
        node("node-a", Clock.systemUTC()).start(Map.of(SOURCE, NEVER_NOW));

        assertThat(texts("select lock_name from qrtz_locks where sched_name = 'backhaul' order by 1"))
                .containsExactly("STATE_ACCESS", "TRIGGER_ACCESS");
        // 1: a missed cron fires at once, once. 4: a missed poll waits for the next.
        assertThat(texts("select trigger_name || ' ' || misfire_instr from qrtz_triggers"
                        + " where trigger_group in ('list', 'ticks') order by 1"))
                .containsExactly("links 4", "prod-cron 1", "prod-poll 4");
        assertThat(texts("select distinct is_nonconcurrent::text from qrtz_job_details"))
                .containsExactly("true");
        // Properties as text, not serialised objects: another version can read them.
        assertThat(texts("select convert_from(job_data, 'UTF8') from qrtz_job_details where job_group = 'list'"))
                .singleElement()
                .asString()
                .contains("source=prod");
    }

    @Test
    void aListingUnderWayIsNoStuckTrigger() throws Exception {
        var gate = new CountDownLatch(1);
        var node = node("node-a", ManualClock.at("2000-01-01T00:00:00Z"));
        node.holdListings(gate);
        var stuck = node.start(Map.of(SOURCE, NEVER_NOW)).stuckAsOf(Clock.systemUTC());
        next(node.listings);

        try {
            block("prod-poll", Duration.ofMinutes(10));
            assertThat(stuck.names()).isEmpty();
            block("prod-poll", Duration.ofMinutes(31));
            assertThat(stuck.names()).containsExactly("list.prod-poll");
        } finally {
            gate.countDown();
        }
    }

    @Test
    void aTickThatBrokeIsToldByItsCycleAndTheNextOneComes() throws Exception {
        var node = node("node-a", Clock.systemUTC());
        node.breakListings();

        node.start(Map.of(SOURCE, EVERY_SECOND));

        assertThat(next(node.broken)).isEqualTo("list");
        assertThat(next(node.broken)).isEqualTo("list");
        assertThat(node.broken).doesNotContain("links", "transfer");
    }

    @Test
    void closingLeavesNoThreadOfTheScheduler() {
        var schedule = node("node-a", Clock.systemUTC()).start(Map.of(SOURCE, NEVER_NOW));
        assertThat(threads()).isNotEmpty();

        schedule.close();

        assertThat(threads()).isEmpty();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name ->
                        name.startsWith("backhaul") || name.contains("Quartz") || name.startsWith("node-node-a"))
                .toList();
    }

    private void block(String trigger, Duration late) {
        sql.useHandle(handle -> handle.execute(
                "update qrtz_triggers set trigger_state = 'BLOCKED', next_fire_time = ? where trigger_name = ?",
                System.currentTimeMillis() - late.toMillis(),
                trigger));
    }

    /** How often the tick for links has fired by its own period. */
    private int linksFired() {
        return Integer.parseInt(texts("select times_triggered from qrtz_simple_triggers where trigger_name = 'links'")
                .getFirst());
    }

    private TickingNode node(String name, Clock clock) {
        var node = new TickingNode(catalog, name, archive, clock);
        nodes.add(node);
        return node;
    }

    private List<String> texts(String query) {
        return sql.withHandle(
                handle -> handle.createQuery(query).mapTo(String.class).list());
    }
}
