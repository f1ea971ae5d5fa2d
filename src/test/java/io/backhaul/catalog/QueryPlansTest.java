package io.backhaul.catalog;

import static io.backhaul.catalog.Bench.NOW;
import static io.backhaul.catalog.Bench.RATE;
import static io.backhaul.catalog.Bench.TERM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The queries of every tick and every scrape, over years of archived backups: indexes carry them. */
@ExtendWith(TestDatabase.class)
class QueryPlansTest {
    static Stream<Arguments> hotQueries() {
        return Stream.of(
                hot("claimForLinks", jdbi -> new Claims(jdbi).claimForLinks("n", 4, TERM, RATE, NOW)),
                hot("claimForTransfer", jdbi -> new Claims(jdbi).claimForTransfer("n", 4, TERM, RATE, NOW)),
                hot("stock", jdbi -> new Claims(jdbi).stock(NOW)),
                hot("lapseOverdue", jdbi -> new Links(jdbi).lapseOverdue(NOW)),
                hot("rejectedInARow", jdbi -> new Links(jdbi).rejectedInARow(1)),
                hot("instances", jdbi -> new Reports(jdbi).instances()),
                hot("goneCounts", jdbi -> new Reports(jdbi).goneCounts()),
                hot("latestStarts", jdbi -> new Reports(jdbi).latestStarts(RATE)),
                hot("countsByState", jdbi -> new Reports(jdbi).countsByState()),
                hot("nextDeadlines", jdbi -> new Reports(jdbi).nextDeadlines(10_000)));
    }

    private static Arguments hot(String name, Consumer<Jdbi> query) {
        return Arguments.of(name, query);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hotQueries")
    void noHotQueryReadsAWholeTable(String name, Consumer<Jdbi> query, Catalog catalog) {
        var bench = new Bench(catalog);
        fill(bench);

        bench.sql.useTransaction(handle -> {
            var before = wholeReads(handle);
            query.accept(Jdbi.create(handle.getConnection()));
            assertThat(wholeReads(handle)).as(name).isEqualTo(before);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "archived"})
    void theNewestBackupOfAnInstanceIsFoundWithoutReadingTheOthers(String kind, Catalog catalog) {
        var bench = new Bench(catalog);
        fill(bench);
        var condition = kind.equals("ready") ? "readiness = 'ready'" : "state = 'archived'";

        var plan = bench.texts("explain select max(created_at) from backup where instance_id = 3 and " + condition);

        assertThat(String.join("\n", plan)).contains("backup_newest_" + kind);
    }

    /** By table, as this connection has counted and not yet handed on. */
    private static List<String> wholeReads(Handle handle) {
        return handle.createQuery("""
                select relname || ' ' || seq_scan
                from pg_stat_xact_user_tables
                where relname in ('backup', 'backup_file', 'link', 'attempt')
                order by relname
                """).mapTo(String.class).list();
    }

    private static void fill(Bench bench) {
        bench.execute("""
                insert into instance (source, provider_id, name, seen_at)
                select 'prod', 'many-' || n, '', now() from generate_series(1, 20) n
                """);
        bench.execute("""
                insert into backup (instance_id, provider_id, state, state_since, readiness, provider_status, created_at,
                                    size_bytes, deadline, seen_at, next_attempt_at, gone_at)
                select i.id, 'b-' || n,
                       case when n % 500 = 0 then 'waiting' when n % 501 = 0 then 'linked' else 'archived' end,
                       now(), case when n % 50 = 0 then 'ready' else 'deleted' end, '', now() - n * interval '1 minute',
                       n, now() + n * interval '1 minute', now(), '2026-01-01',
                       case when n % 900 = 0 then now() end
                from generate_series(1, 20000) n
                join instance i on i.provider_id = 'many-' || (n % 20 + 1)
                """);
        bench.execute("""
                insert into backup_file (backup_id, position, given_name, occurrence, stored_name)
                select id, 0, 'dump', 0, 'dump' from backup
                """);
        bench.execute("""
                insert into link (file_id, grant_id, state, issued_at, expires_at, expiry_origin, usable_until, location,
                                  url, ended_at)
                select f.id, f.id, case when b.state = 'linked' then 'live' else 'spent' end, now(), now(), 'url',
                       '2026-01-01', 'https://store.example/', case when b.state = 'linked' then 'https://s.example/' end,
                       case when b.state = 'linked' then null else now() end
                from backup_file f
                join backup b on b.id = f.backup_id
                """);
        bench.execute("vacuum analyze");
    }
}
