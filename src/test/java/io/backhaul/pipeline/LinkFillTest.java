package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.SourceName;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.Operation;
import io.backhaul.simulator.RdbFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How far one fill goes where more is due than it can serve in time. */
@ExtendWith(TestDatabase.class)
class LinkFillTest {
    private final Bench bench;

    LinkFillTest(TestDatabase.Emptied database, @TempDir Path folder) {
        bench = new Bench(database, folder, "nas");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aFillEndsWellAfterAMinuteAndLeavesTheRestToTheNext() {
        var node = bench.node("a");
        for (var n = 0; n < 7; n++) {
            bench.addBackup("b" + n, RdbFiles.ofSize(n, 1_000));
        }
        bench.list(node);
        bench.events.onLinksRequested(() -> bench.clock.advance(Duration.ofSeconds(20)));

        assertThat(node.links().fill()).isTrue();
        assertThat(states()).isEqualTo("linked 4, waiting 3");
        assertThat(bench.events.linkFills()).isEqualTo(1);

        assertThat(node.links().fill()).isTrue();
        assertThat(states()).isEqualTo("linked 7");
        assertThat(node.links().fill()).isFalse();
    }

    @Test
    void aSourceThatDoesNotAnswerComesLast() {
        var hung = bench.sourceOf("hung", "nas");
        var other = bench.sourceOf("other", "nas");
        var node = bench.node("a", 4, List.of(hung, other));
        for (var n = 0; n < 3; n++) {
            bench.addBackup("b" + n, RdbFiles.ofSize(n, 1_000));
        }
        node.listing().listIfDue(hung.name());
        bench.cloud.faults().inject(Fault.NO_ANSWER, FaultTarget.operation(Operation.DCS_LINKS), 100);
        node.links().fill();
        bench.cloud.faults().clear();
        node.listing().listIfDue(other.name());
        bench.clock.advance(Duration.ofSeconds(10));
        var before = bench.events.asked().size();

        node.links().fill();

        assertThat(bench.events.asked().stream().skip(before).map(SourceName::value))
                .containsExactly("other", "other", "other", "hung", "hung", "hung");
    }

    private String states() {
        return bench.rows.one("""
                select string_agg(state || ' ' || backups, ', ' order by state)
                from (select state, count(*) as backups from backup group by state)
                """);
    }
}
