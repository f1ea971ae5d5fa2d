package io.backhaul.catalog;

import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SetKey;
import io.backhaul.backup.SourceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Who works on which backup. A claim is a lease in database time, given in the order of slack; whoever claims next after
 * a lease has ended gets a higher epoch, and the earlier owner's writes do nothing from then on.
 */
public final class Claims {
    private static final String LEASED = """
            returning b.id, i.source, i.provider_id as instance, b.provider_id as backup, b.created_at, b.lease_epoch,
                      b.state, b.size_bytes, b.deadline, b.failures, i.name as instance_name,
            """ + Sql.GIVEN;

    /**
     * Selects and locks a backup's row if the lease on it still holds: what follows in this transaction is fenced. To be
     * bound: backup, epoch.
     */
    static final String HELD = """
            select id
            from backup
            where id = :backup
              and lease_epoch = :epoch
              and lease_owner is not null
            for update
            """;

    private static final String RELEASED = """
            with released as (
              update backup
              set state = :to,
                  state_since = case when state = :to then state_since else :now end,
                  reason = :reason,
                  next_attempt_at = :retryAt,
                  failures = :failures,
                  archived_at = case when :to = 'archived' then :now else archived_at end,
                  gone_at = case when :to = 'gone' then :now else gone_at end,
                  lease_owner = null,
                  lease_until = null
              where id = :backup
                and lease_epoch = :epoch
                and lease_owner is not null
                and state = :from
              returning id),
            ended as (
              update link
              set state = :links, ended_at = :now, end_reason = 'the backup is ' || :to, url = null
              from released
              join backup_file f on f.backup_id = released.id
              where :settled
                and link.file_id = f.id
                and link.state = 'live')
            """;

    /**
     * In the order of slack; last what is past its deadline, since it is gone already or its deadline was a guess, and
     * could keep what is about to go from its turn.
     */
    private static final String MOST_URGENT_FIRST = """
                  order by coalesce(deadline, 'infinity') <= :now,
                           coalesce(deadline, 'infinity') - make_interval(secs => coalesce(size_bytes, 0) / :rate),
                           id
            """;

    private final Jdbi jdbi;
    private final Barred barred;

    Claims(Jdbi jdbi) {
        this(jdbi, Barred.NOTHING);
    }

    private Claims(Jdbi jdbi, Barred barred) {
        this.jdbi = jdbi;
        this.barred = barred;
    }

    /** The same, but what is barred is neither claimed nor counted as due. */
    public Claims barring(Barred some) {
        return new Claims(jdbi, some);
    }

    /**
     * Claims backups that need links, the most urgent first: those that wait and are ready, and preparations to look at.
     *
     * @param node who claims
     * @param most how many at the most
     * @param term how long the lease holds unless it is renewed
     * @param rate bytes per second of the fleet, to know which backup has the least slack
     */
    public List<Lease> claimForLinks(String node, int most, Duration term, double rate, Instant now) {
        return claim("""
                with due as (
                  select id
                  from backup
                  where state in ('waiting', 'preparing')
                    and readiness = 'ready'
                    and next_attempt_at <= :now
                    and (lease_until is null or lease_until <= now())
                    and id <> all(:barredBackups)
                    and instance_id not in (select id from instance where source = any(:barredSources))
                """ + MOST_URGENT_FIRST + """
                  limit :most
                  for update skip locked)
                update backup b
                set lease_owner = :node,
                    lease_until = now() + make_interval(secs => :term),
                    lease_epoch = lease_epoch + 1
                from due, instance i
                where b.id = due.id
                  and i.id = b.instance_id
                """, node, most, term, rate, now);
    }

    /**
     * Claims backups whose bytes can move, the most urgent first: those with links, and transfers whose node has died.
     * They are {@code transferring} from here on.
     */
    public List<Lease> claimForTransfer(String node, int most, Duration term, double rate, Instant now) {
        return claim("""
                with due as (
                  select id
                  from backup
                  where (state = 'linked' and next_attempt_at <= :now or state = 'transferring')
                    and (lease_until is null or lease_until <= now())
                    and id <> all(:barredBackups)
                    and instance_id not in (select id from instance where source = any(:barredSources))
                """ + MOST_URGENT_FIRST + """
                  limit :most
                  for update skip locked)
                update backup b
                set state = 'transferring',
                    state_since = case when state = 'transferring' then state_since else :now end,
                    reason = '',
                    lease_owner = :node,
                    lease_until = now() + make_interval(secs => :term),
                    lease_epoch = lease_epoch + 1
                from due, instance i
                where b.id = due.id
                  and i.id = b.instance_id
                """, node, most, term, rate, now);
    }

    private List<Lease> claim(String sql, String node, int most, Duration term, double rate, Instant now) {
        if (most <= 0) {
            return List.of();
        }
        return jdbi.withHandle(handle -> barring(handle.createQuery(sql + LEASED))
                .bind("node", node)
                .bind("most", most)
                .bind("term", term.toSeconds())
                .bind("rate", rate)
                .bind("now", now)
                .map((row, context) -> lease(row))
                .list());
    }

    private static Lease lease(ResultSet row) throws SQLException {
        return new Lease(
                row.getLong("id"),
                Sql.ref(row),
                Sql.instant(row, "created_at"),
                row.getLong("lease_epoch"),
                Sql.state(row),
                Sql.nullableBytes(row, "size_bytes"),
                Sql.nullableInstant(row, "deadline"),
                row.getInt("failures"),
                row.getString("instance_name"),
                Sql.given(row));
    }

    /** What of each source has links and only waits for a slot; what pauses for another reason is no stock. */
    public Map<SourceName, Stock> stock(Instant now) {
        return jdbi.withHandle(handle -> barring(handle.createQuery("""
                select i.source, count(*) as backups, coalesce(sum(b.size_bytes), 0) as bytes
                from backup b
                join instance i on i.id = b.instance_id
                where b.state = 'linked'
                  and b.next_attempt_at <= :now
                  and (b.lease_until is null or b.lease_until <= now())
                  and b.id <> all(:barredBackups)
                  and b.instance_id not in (select id from instance where source = any(:barredSources))
                group by i.source
                """))
                .bind("now", now)
                .map((row, context) -> Map.entry(
                        new SourceName(row.getString("source")),
                        new Stock(row.getInt("backups"), new ByteCount(row.getLong("bytes")))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private Query barring(Query query) {
        return query.bind("barredBackups", barred.backupIds().toArray(Long[]::new))
                .bind(
                        "barredSources",
                        barred.sources().stream().map(SourceName::value).toArray(String[]::new));
    }

    /** Those of some backups that may still come home. */
    public Set<Long> unfinished(Set<Long> backupIds) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select id
                from backup
                where id = any(:ids)
                  and state in ('waiting', 'preparing', 'linked', 'transferring')
                """)
                .bind("ids", backupIds.toArray(Long[]::new))
                .mapTo(Long.class)
                .set());
    }

    /** What came of an operator's wish that a backup be tried again. */
    public enum Reopening {
        /** It waits for its links. */
        WAITS,
        /** It waits until a listing has it as ready; the provider is still at it. */
        WAITS_FOR_PROVIDER,
        /** The provider lists it as deleted or failed: links are not even asked for, and it is left as it was. */
        NOT_OFFERED,
        /** It is not written off: there is nothing to retry. */
        NOT_WRITTEN_OFF
    }

    /**
     * Lets a backup that was written off be tried again, unless the provider's last word on it is that there is nothing
     * to bring home: its links would never be asked for.
     */
    public Reopening reopen(long backupId, Instant now) {
        return jdbi.inTransaction(handle -> handle.createQuery("""
                update backup
                set state = 'waiting', state_since = :now, reason = 'an operator retries it',
                    next_attempt_at = :now, failures = 0, missed_listings = 0
                where id = :id
                  and state in ('failed', 'gone', 'skipped')
                  and readiness in ('ready', 'not_yet')
                returning readiness
                """)
                .bind("id", backupId)
                .bind("now", now)
                .mapTo(String.class)
                .findOne()
                .map(readiness -> readiness.equals("ready") ? Reopening.WAITS : Reopening.WAITS_FOR_PROVIDER)
                .orElseGet(() -> isWrittenOff(handle, backupId) ? Reopening.NOT_OFFERED : Reopening.NOT_WRITTEN_OFF));
    }

    private static boolean isWrittenOff(Handle handle, long backupId) {
        return handle.createQuery("""
                select id
                from backup
                where id = :id
                  and state in ('failed', 'gone', 'skipped')
                """)
                .bind("id", backupId)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    /** Where the sets will stand that may still come home, failed ones included: an operator may have them tried again. */
    public Set<SetKey> unfinished() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select i.source, i.provider_id as instance, b.provider_id as backup, b.created_at
                from backup b
                join instance i on i.id = b.instance_id
                where b.state in ('waiting', 'preparing', 'linked', 'transferring', 'failed')
                """)
                .map((row, context) -> new SetKey(Sql.ref(row), Sql.instant(row, "created_at")))
                .set());
    }

    /**
     * Ends the lease with a move to another state.
     *
     * @param retryAt when somebody may try again, for a state in which somebody should
     * @param failures tries in a row without a step forward, from now on
     * @return false when the lease was lost meanwhile: somebody else decides, drop the work
     */
    public boolean release(Lease lease, BackupState to, String reason, Instant retryAt, int failures, Instant now) {
        return jdbi.withHandle(handle -> release(handle, lease, to, reason, retryAt, failures, now));
    }

    static boolean release(
            Handle handle, Lease lease, BackupState to, String reason, Instant retryAt, int failures, Instant now) {
        return release(handle, "", lease, to, reason, retryAt, failures, now)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * A query that releases a lease and tells in its only row whether it was still held.
     *
     * @param with more to do in the same statement, as further {@code with} clauses; {@code released} has the backup's
     *     id if the lease was held, else it is empty
     */
    static Query release(
            Handle handle,
            String with,
            Lease lease,
            BackupState to,
            String reason,
            Instant retryAt,
            int failures,
            Instant now) {
        if (lease.state() != to && !lease.state().mayBecome(to)) {
            throw new IllegalStateException(
                    "no move from " + lease.state() + " to " + to + " backup=" + lease.backup());
        }
        return handle.createQuery(RELEASED + with + " select exists (select from released)")
                .bind("to", to.label())
                .bind("reason", reason)
                .bind("retryAt", retryAt)
                .bind("failures", failures)
                .bind("now", now)
                .bind("backup", lease.backupId())
                .bind("epoch", lease.epoch())
                .bind("from", lease.state().label())
                .bind("settled", to.isSettled())
                .bind("links", (to == BackupState.ARCHIVED ? LinkState.SPENT : LinkState.LAPSED).label());
    }

    /** Locks the backup's row and tells whether the lease still holds: what follows in this transaction is fenced. */
    static boolean holds(Handle handle, Lease lease) {
        return handle.createQuery(HELD)
                .bind("backup", lease.backupId())
                .bind("epoch", lease.epoch())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }
}
