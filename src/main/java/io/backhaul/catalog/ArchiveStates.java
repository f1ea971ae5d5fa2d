package io.backhaul.catalog;

import io.backhaul.backup.ArchiveState;
import io.backhaul.backup.ByteCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What the running nodes say of their archives: each writes its own rows, which go when it stops. */
public final class ArchiveStates {
    private final Jdbi jdbi;

    ArchiveStates(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * An archive as one node sees it.
     *
     * @param detail why it is paused; empty when it is open
     * @param free what it could still take when it was last seen, or null when it has not been seen yet
     */
    public record Row(
            String node,
            String archive,
            ArchiveState state,
            Instant since,
            String detail,
            @Nullable ByteCount free) {}

    /** Replaces what was said of these archives; does nothing for a node that is not known, or no longer. */
    public void save(List<Row> rows) {
        jdbi.useTransaction(handle -> {
            for (var row : rows) {
                handle.createUpdate("""
                        insert into archive_state (node, archive, state, since, detail, free_bytes)
                        select name, :archive, :state, :since, :detail, :free
                        from node
                        where name = :node
                        on conflict (node, archive) do update
                        set state = excluded.state, since = excluded.since, detail = excluded.detail,
                            free_bytes = excluded.free_bytes
                        """)
                        .bind("node", row.node())
                        .bind("archive", row.archive())
                        .bind("state", row.state().label())
                        .bind("since", row.since())
                        .bind("detail", row.detail())
                        .bind("free", row.free() == null ? null : row.free().bytes())
                        .execute();
            }
        });
    }

    /** Forgets what an earlier run of a node said: its archives may be others now. */
    public void clear(String node) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from archive_state where node = :node")
                .bind("node", node)
                .execute());
    }

    /** What the nodes say that were alive lately, by archive. */
    public List<Row> all() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                select s.node, s.archive, s.state, s.since, s.detail, s.free_bytes
                from archive_state s
                join node n on n.name = s.node
                where n.heartbeat_at > now() - interval '5 minutes'
                order by s.archive, s.node
                """).map((row, context) -> row(row)).list());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("node"),
                row.getString("archive"),
                ArchiveState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Sql.instant(row, "since"),
                row.getString("detail"),
                Sql.nullableBytes(row, "free_bytes"));
    }
}
