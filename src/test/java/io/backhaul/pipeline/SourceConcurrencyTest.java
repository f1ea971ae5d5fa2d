package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.RdbFiles;
import io.backhaul.transfer.Throttle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A source at its bound waits for itself and holds up no other. */
@Timeout(60)
@ExtendWith(TestDatabase.class)
class SourceConcurrencyTest {
    private static final int BACKUPS = 6;

    private final Bench bench;
    private final CountDownLatch freed = new CountDownLatch(1);

    SourceConcurrencyTest(TestDatabase.Emptied database, @TempDir Path folder) {
        bench = new Bench(database, folder, "nas", "offsite");
    }

    @AfterEach
    void close() {
        freed.countDown();
        bench.close();
    }

    private static SourceLimits atOnce(int backups) {
        return new SourceLimits(backups, Throttle.NONE);
    }

    private void addBackups() {
        for (var n = 0; n < BACKUPS; n++) {
            bench.addBackup("b" + n, RdbFiles.ofSize(n, 20_000));
        }
    }

    private void await(CountDownLatch latch) {
        try {
            latch.await(50, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSourceAtItsBoundLeavesSlotsAndLinksToTheOthers() {
        addBackups();
        var bound = bench.sourceOf("bound", "offsite", atOnce(1));
        var other = bench.sourceOf("other", "nas");
        var node = bench.node("a", 2, List.of(bound, other));
        var begun = new CountDownLatch(1);
        bench.events.onFirstBytes(backup -> {
            begun.countDown();
            await(freed);
        });
        node.listing().listIfDue(bound.name());
        node.links().fill();
        node.transfers().fill();
        await(begun);
        node.listing().listIfDue(other.name());

        for (var done = 1; done <= BACKUPS; done++) {
            node.links().fill();
            node.transfers().fill();
            bench.events.awaitArchived(other.name(), done);
        }

        assertThat(statesOf("bound")).containsExactly("linked 5", "transferring 1");
        assertThat(bench.events.mostRunning(bound.name())).isEqualTo(1);
        freed.countDown();
        bench.transfer(node);
        bench.round(node);
        bench.round(node);
        assertThat(statesOf("bound")).containsExactly("archived 6");
        assertThat(bench.events.mostRunning(bound.name())).isEqualTo(1);
    }

    @Test
    void aSourceGetsAsManySlotsAsItMayHave() {
        addBackups();
        var source = bench.sourceOf("prod", "nas", atOnce(2));
        var node = bench.node("a", 4, List.of(source));
        node.listing().listIfDue(source.name());
        var begun = new CountDownLatch(1);
        bench.events.onFirstBytes(backup -> {
            begun.countDown();
            await(freed);
        });
        node.links().fill();
        node.transfers().fill();
        await(begun);

        bench.events.awaitArchived(source.name(), 3);

        assertThat(bench.events.mostRunning(source.name())).isEqualTo(2);
    }

    @Test
    void aSourceFromWhichNothingComesHasOneSlotUntilSomethingComes() {
        addBackups();
        var hung = bench.sourceOf("hung", "offsite");
        var node = bench.node("a", 3, List.of(hung));
        node.listing().listIfDue(hung.name());
        node.links().fill();
        bench.cloud.faults().inject(Fault.NO_ANSWER, FaultTarget.anyFile(), 100);
        while (bench.rows.of("select id from attempt where outcome = 'cut'").size() < BACKUPS) {
            bench.transfer(node);
        }
        bench.cloud.faults().clear();
        var begun = new CountDownLatch(1);
        bench.events.onFirstBytes(backup -> {
            begun.countDown();
            await(freed);
        });
        bench.clock.advance(Duration.ofSeconds(10));

        node.transfers().fill();
        await(begun);
        node.transfers().fill();

        assertThat(node.transfers().active()).isEqualTo(1);
        freed.countDown();
        bench.settle(node);
        assertThat(statesOf("hung")).containsExactly("archived 6");
    }

    private List<String> statesOf(String source) {
        return bench.rows.of("select b.state || ' ' || count(*) from backup b join instance i on i.id = b.instance_id"
                + " where i.source = '" + source + "' group by b.state order by 1");
    }
}
