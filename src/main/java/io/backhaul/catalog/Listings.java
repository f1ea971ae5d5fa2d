package io.backhaul.catalog;

import io.backhaul.backup.BackupRef;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What the providers list, and when to ask them again. A listing that is due is a row here, never only a trigger. */
public final class Listings {
    /** Complete listings in a row that must miss a backup before we believe that it is gone (DESIGN 5, rule 9). */
    private static final int MISSES_TO_BELIEVE = 2;

    private final Jdbi jdbi;

    Listings(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Makes a configured source known; a new one is due at once. */
    public void register(SourceName source, String provider, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into source (name, provider, next_listing_at)
                values (:source, :provider, :now)
                on conflict (name) do update
                set provider = :provider
                """)
                .bind("source", source.value())
                .bind("provider", provider)
                .bind("now", now)
                .execute());
    }

    /** Makes a listing due now, unless one is due already. */
    public void request(SourceName source, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update source
                set next_listing_at = :now
                where name = :source
                  and (next_listing_at is null or next_listing_at > :now)
                """)
                .bind("source", source.value())
                .bind("now", now)
                .execute());
    }

    /**
     * Takes the listing of a source if it is due. It is due again after the term, should the taker die.
     *
     * @return how many listings failed in a row so far, or nothing when it is not due
     */
    public Optional<Integer> claimDue(SourceName source, Duration term, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                update source
                set next_listing_at = :again
                where name = :source
                  and next_listing_at <= :now
                returning listing_failures
                """)
                .bind("source", source.value())
                .bind("now", now)
                .bind("again", now.plus(term))
                .mapTo(Integer.class)
                .findOne());
    }

    /**
     * The listing saw everything: the next comes with the source's cron. A failure listing of the same source that was
     * claimed before this one began changes nothing about that.
     */
    public void succeeded(SourceName source, Duration clockOffset, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update source
                set next_listing_at = null,
                    listing_failures = 0,
                    last_failure = null,
                    last_listed_at = :now,
                    clock_offset = make_interval(secs => :offset)
                where name = :source
                """)
                .bind("source", source.value())
                .bind("offset", clockOffset.toMillis() / 1e3)
                .bind("now", now)
                .execute());
    }

    /** The listing failed, or saw only a part; it is due again at the given time. */
    public void failed(SourceName source, String reason, Instant retryAt) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update source
                set next_listing_at = :retryAt,
                    listing_failures = listing_failures + 1,
                    last_failure = :reason
                where name = :source
                """)
                .bind("source", source.value())
                .bind("retryAt", retryAt)
                .bind("reason", reason)
                .execute());
    }

    /** Keeps the instances that a listing showed. */
    public void saveInstances(SourceName source, List<Instance> instances, Instant now) {
        if (instances.isEmpty()) {
            return;
        }
        jdbi.useTransaction(handle -> {
            var batch = handle.prepareBatch("""
                    insert into instance (source, provider_id, name, given, seen_at)
                    values (:source, :id, :name, jsonb_object(:keys, :values), :now)
                    on conflict (source, provider_id) do update
                    set name = excluded.name, given = excluded.given, seen_at = excluded.seen_at
                    """);
            for (var instance : instances) {
                batch.bind("source", source.value())
                        .bind("id", instance.id().value())
                        .bind("name", instance.name())
                        .bindArray("keys", String.class, (Object[]) Sql.keys(instance.given()))
                        .bindArray("values", String.class, (Object[]) Sql.values(instance.given()))
                        .bind("now", now)
                        .add();
            }
            batch.execute();
        });
    }

    /** Instances that complete listings of their source have not shown since the given time. */
    public List<InstanceId> unseenInstances(SourceName source, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select provider_id
                from instance
                where source = :source
                  and seen_at < :since
                """)
                .bind("source", source.value())
                .bind("since", since)
                .map((row, context) -> new InstanceId(row.getString(1)))
                .list());
    }

    /**
     * Keeps what a listing showed of one instance: new backups, changed facts, and the moves that follow from them.
     *
     * @return the backups that became {@code gone} by the provider's own word
     */
    public List<BackupRef> saveBackups(SourceName source, InstanceId instance, List<SeenBackup> seen, Instant now) {
        if (seen.isEmpty()) {
            return List.of();
        }
        return jdbi.inTransaction(handle -> {
            upsert(handle, source, instance, seen, now);
            reopenReady(handle, source, instance, now);
            return moveUnleased(
                    handle,
                    source,
                    instance,
                    "b.readiness = 'deleted'",
                    "the provider lists it as " + Readiness.DELETED.name().toLowerCase(Locale.ROOT),
                    now);
        });
    }

    private static void upsert(
            Handle handle, SourceName source, InstanceId instance, List<SeenBackup> seen, Instant now) {
        var batch = handle.prepareBatch("""
                insert into backup (instance_id, provider_id, state, state_since, reason, readiness, provider_status,
                                    created_at, size_bytes, deadline, given, seen_at, next_attempt_at)
                select id, :backup, :state, :now, :reason, :readiness, :status, :createdAt, :size, :deadline,
                       jsonb_object(:keys, :values), :now, :now
                from instance
                where source = :source
                  and provider_id = :instance
                on conflict (instance_id, provider_id) do update
                set readiness = excluded.readiness,
                    provider_status = excluded.provider_status,
                    size_bytes = excluded.size_bytes,
                    deadline = excluded.deadline,
                    given = excluded.given,
                    seen_at = excluded.seen_at,
                    missed_listings = 0
                """);
        for (var one : seen) {
            var backup = one.backup();
            var initial = initialState(backup.readiness());
            batch.bind("source", source.value())
                    .bind("instance", instance.value())
                    .bind("backup", backup.id().value())
                    .bind("state", initial.label())
                    .bind("reason", initial == BackupState.SKIPPED ? "the provider lists it as " + backup.status() : "")
                    .bind("readiness", backup.readiness().name().toLowerCase(Locale.ROOT))
                    .bind("status", backup.status())
                    .bind("createdAt", backup.createdAt())
                    .bind("size", backup.size() == null ? null : backup.size().bytes())
                    .bind("deadline", one.deadline())
                    .bindArray("keys", String.class, (Object[]) Sql.keys(backup.given()))
                    .bindArray("values", String.class, (Object[]) Sql.values(backup.given()))
                    .bind("now", now)
                    .add();
        }
        batch.execute();
    }

    /** What is no use when we first see it was never ours to lose: it is skipped, not gone. */
    private static BackupState initialState(Readiness readiness) {
        return switch (readiness) {
            case READY, NOT_YET -> BackupState.WAITING;
            case NEVER, DELETED -> BackupState.SKIPPED;
        };
    }

    /** What was written off and is offered again waits again. */
    private static void reopenReady(Handle handle, SourceName source, InstanceId instance, Instant now) {
        handle.createUpdate("""
                update backup b
                set state = 'waiting', state_since = :now, reason = 'listed as ready again', next_attempt_at = :now,
                    failures = 0
                from instance i
                where i.id = b.instance_id
                  and i.source = :source
                  and i.provider_id = :instance
                  and b.state in ('skipped', 'gone')
                  and b.readiness = 'ready'
                  and b.seen_at = :now
                """)
                .bind("source", source.value())
                .bind("instance", instance.value())
                .bind("now", now)
                .execute();
    }

    /**
     * Counts a complete listing of an instance against the backups that it did not show.
     *
     * @param listedAt when that listing was saved
     * @return the backups that became {@code gone} by it
     */
    public List<BackupRef> saveAbsences(SourceName source, InstanceId instance, Instant listedAt) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                    update backup b
                    set missed_listings = missed_listings + 1
                    from instance i
                    where i.id = b.instance_id
                      and i.source = :source
                      and i.provider_id = :instance
                      and b.seen_at < :listedAt
                      and b.state in ('waiting', 'preparing', 'linked', 'transferring', 'failed')
                    """)
                    .bind("source", source.value())
                    .bind("instance", instance.value())
                    .bind("listedAt", listedAt)
                    .execute();
            return moveUnleased(
                    handle,
                    source,
                    instance,
                    "b.missed_listings >= " + MISSES_TO_BELIEVE,
                    MISSES_TO_BELIEVE + " complete listings in a row did not show it",
                    listedAt);
        });
    }

    /** A backup under a lease is left alone: its links may still work, and its node will learn the truth from them. */
    private static List<BackupRef> moveUnleased(
            Handle handle, SourceName source, InstanceId instance, String condition, String reason, Instant now) {
        return handle.createQuery("""
                with gone as (
                  update backup b
                  set state = 'gone', state_since = :now, gone_at = :now, reason = :reason
                  from instance i
                  where i.id = b.instance_id
                    and i.source = :source
                    and i.provider_id = :instance
                    and b.state in ('waiting', 'preparing', 'linked', 'failed')
                    and (b.lease_until is null or b.lease_until <= now())
                    and <condition>
                  returning b.id, i.source, i.provider_id as instance, b.provider_id as backup),
                dead as (
                  update link
                  set state = 'lapsed', ended_at = :now, end_reason = 'the backup is gone', url = null
                  from backup_file f
                  join gone on gone.id = f.backup_id
                  where f.id = link.file_id
                    and link.state = 'live')
                select source, instance, backup
                from gone
                """)
                .define("condition", condition)
                .bind("source", source.value())
                .bind("instance", instance.value())
                .bind("reason", reason)
                .bind("now", now)
                .map((row, context) -> Sql.ref(row))
                .list();
    }
}
