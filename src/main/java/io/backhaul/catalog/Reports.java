package io.backhaul.catalog;

import io.backhaul.backup.BackupRef;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The fleet at a glance: what metrics, the status page and {@code status} show. Every query is carried by an index. */
public final class Reports {
    private final Jdbi jdbi;

    Reports(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A source and how its listings go.
     *
     * @param lastListedAt when a listing last saw everything, or null when none has yet
     * @param lastFailure why the listings fail since then, or null when they do not
     * @param failureKind the word for that, as in a metric's label, or null when they do not
     * @param clockOffset the provider's time minus ours
     */
    public record SourceRow(
            SourceName source,
            String provider,
            @Nullable Instant lastListedAt,
            int listingFailures,
            @Nullable String lastFailure,
            @Nullable String failureKind,
            Duration clockOffset) {}

    public List<SourceRow> sources() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select name, provider, last_listed_at, listing_failures, last_failure, failure_kind,
                       extract(epoch from clock_offset) as clock_offset
                from source
                order by name
                """)
                .map((row, context) -> new SourceRow(
                        new SourceName(row.getString("name")),
                        row.getString("provider"),
                        Sql.nullableInstant(row, "last_listed_at"),
                        row.getInt("listing_failures"),
                        row.getString("last_failure"),
                        row.getString("failure_kind"),
                        Duration.ofMillis(Math.round(row.getDouble("clock_offset") * 1e3))))
                .list());
    }

    /** How many backups of a source are in a state. */
    public record StateCount(SourceName source, BackupState state, long backups) {}

    public List<StateCount> countsByState() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select i.source, b.state, count(*) as backups
                from backup b
                join instance i on i.id = b.instance_id
                group by i.source, b.state
                order by i.source, b.state
                """)
                .map((row, context) ->
                        new StateCount(new SourceName(row.getString("source")), Sql.state(row), row.getLong("backups")))
                .list());
    }

    /**
     * Backups that were lost so far, by source, whatever became of them since.
     *
     * @param last when it was last seen that one was
     */
    public record GoneCount(SourceName source, long backups, Instant last) {}

    public List<GoneCount> goneCounts() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select i.source, count(*) as backups, max(b.gone_at) as last
                from backup b
                join instance i on i.id = b.instance_id
                where b.gone_at is not null
                group by i.source
                """)
                .map((row, context) -> new GoneCount(
                        new SourceName(row.getString("source")), row.getLong("backups"), Sql.instant(row, "last")))
                .list());
    }

    /**
     * The newest backups of an instance.
     *
     * @param newestArchived when the newest backup that is home was made, or null when none is
     * @param newestAtProvider when the newest usable backup that the provider has shown was made, or null
     */
    public record InstanceRow(
            SourceName source,
            InstanceId instance,
            String name,
            @Nullable Instant newestArchived,
            @Nullable Instant newestAtProvider) {}

    /** The instances that are there: one that the last listing of all did not show has no newest backup to watch. */
    public List<InstanceRow> instances() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select i.source, i.provider_id, i.name,
                       (select max(b.created_at) from backup b
                        where b.instance_id = i.id and b.state = 'archived') as newest_archived,
                       (select max(b.created_at) from backup b
                        where b.instance_id = i.id and b.readiness = 'ready') as newest_at_provider
                from instance i
                join source s on s.name = i.source
                where s.instances_listed_at is null
                   or i.seen_at >= s.instances_listed_at
                order by i.source, i.provider_id
                """)
                .map((row, context) -> new InstanceRow(
                        new SourceName(row.getString("source")),
                        new InstanceId(row.getString("provider_id")),
                        row.getString("name"),
                        Sql.nullableInstant(row, "newest_archived"),
                        Sql.nullableInstant(row, "newest_at_provider")))
                .list());
    }

    /** A backup that is not home yet, and its deadline. */
    public record DeadlineRow(
            BackupRef backup,
            BackupState state,
            Instant deadline,
            @Nullable ByteCount size) {
        /** Deadline − now − (bytes left / rate), in bytes per second (DESIGN 1). */
        public Duration slack(double rate, Instant now) {
            var transfer = size == null ? 0 : size.bytes() / rate;
            return Duration.between(now, deadline).minusMillis(Math.round(transfer * 1e3));
        }
    }

    /** Unfinished backups by deadline, the nearest first. */
    public List<DeadlineRow> nextDeadlines(int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select i.source, i.provider_id as instance, b.provider_id as backup, b.state, b.deadline, b.size_bytes
                from backup b
                join instance i on i.id = b.instance_id
                where b.state in ('waiting', 'preparing', 'linked', 'transferring')
                  and b.deadline is not null
                order by b.deadline
                limit :most
                """)
                .bind("most", most)
                .map((row, context) -> new DeadlineRow(
                        Sql.ref(row),
                        Sql.state(row),
                        Sql.instant(row, "deadline"),
                        Sql.nullableBytes(row, "size_bytes")))
                .list());
    }

    /** When the most urgent backup of a source must begin at the latest to come home before its deadline. */
    public record LatestStart(SourceName source, Instant at) {}

    /**
     * By source, of all backups that are not home yet and whose deadline is known.
     *
     * @param rate in bytes per second
     */
    public List<LatestStart> latestStarts(double rate) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select i.source, min(b.deadline - make_interval(secs => coalesce(b.size_bytes, 0) / :rate)) as at
                from backup b
                join instance i on i.id = b.instance_id
                where b.state in ('waiting', 'preparing', 'linked', 'transferring')
                  and b.deadline is not null
                group by i.source
                """)
                .bind("rate", rate)
                .map((row, context) -> new LatestStart(new SourceName(row.getString("source")), Sql.instant(row, "at")))
                .list());
    }

    /** Whether an archive of this name has ever kept a set. */
    public boolean everKept(String archive) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select exists (select from archive_copy where archive = :archive)")
                        .bind("archive", archive)
                        .mapTo(Boolean.class)
                        .one());
    }

    /**
     * Everything that moved for a source so far; the demo's closing table.
     *
     * @param gone backups that are lost
     * @param skipped backups that need not come home
     * @param linksExpired links whose time ran out, in use or before
     * @param linksRenewed links that had to be asked for again
     */
    public record Totals(
            SourceName source,
            long sets,
            long gone,
            long skipped,
            long files,
            ByteCount bytes,
            long linksIssued,
            long linksExpired,
            long linksRenewed,
            long attempts) {
        /** Both together, under this one's name. */
        public Totals plus(Totals other) {
            return new Totals(
                    source,
                    sets + other.sets,
                    gone + other.gone,
                    skipped + other.skipped,
                    files + other.files,
                    new ByteCount(bytes.bytes() + other.bytes.bytes()),
                    linksIssued + other.linksIssued,
                    linksExpired + other.linksExpired,
                    linksRenewed + other.linksRenewed,
                    attempts + other.attempts);
        }
    }

    /** By source, in the order of their names; a source without anything has zeros. */
    public List<Totals> totals() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                with backups as (
                  select b.id, b.state, i.source
                  from backup b
                  join instance i on i.id = b.instance_id),
                files as (
                  select f.id, f.size_bytes, f.verified_at, b.source
                  from backup_file f
                  join backups b on b.id = f.backup_id),
                links as (
                  select l.file_id, l.grant_id, l.state, f.source
                  from link l
                  join files f on f.id = l.file_id)
                select s.name as source,
                       (select count(*) from backups b where b.source = s.name and b.state = 'archived') as sets,
                       (select count(*) from backups b where b.source = s.name and b.state = 'gone') as gone,
                       (select count(*) from backups b where b.source = s.name and b.state = 'skipped') as skipped,
                       (select count(*) from files f where f.source = s.name and f.verified_at is not null) as files,
                       (select coalesce(sum(f.size_bytes), 0) from files f
                        where f.source = s.name and f.verified_at is not null) as bytes,
                       (select count(*) from links l where l.source = s.name) as issued,
                       (select count(*) from links l
                        where l.source = s.name and l.state in ('expired', 'lapsed')) as expired,
                       (select count(distinct (l.grant_id, l.file_id)) - count(distinct l.file_id) from links l
                        where l.source = s.name) as renewed,
                       (select count(*) from attempt a
                        join files f on f.id = a.file_id
                        where f.source = s.name) as attempts
                from source s
                order by s.name
                """)
                .map((row, context) -> new Totals(
                        new SourceName(row.getString("source")),
                        row.getLong("sets"),
                        row.getLong("gone"),
                        row.getLong("skipped"),
                        row.getLong("files"),
                        new ByteCount(row.getLong("bytes")),
                        row.getLong("issued"),
                        row.getLong("expired"),
                        row.getLong("renewed"),
                        row.getLong("attempts")))
                .list());
    }
}
