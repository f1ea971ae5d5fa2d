package io.backhaul.catalog;

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

    /**
     * Makes a listing due now, unless one is due already. After a failure the row's own time stands: a cron does not cut
     * short what back-off or the provider's Retry-After asked for.
     */
    public void request(SourceName source, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update source
                set next_listing_at = :now
                where name = :source
                  and (next_listing_at is null or next_listing_at > :now and listing_failures = 0)
                """)
                .bind("source", source.value())
                .bind("now", now)
                .execute());
    }

    /**
     * The right to list a source once.
     *
     * @param until when the listing is due again, should the taker die
     * @param failures listings in a row that failed so far
     */
    public record Turn(Instant until, int failures) {}

    /** Takes the listing of a source if it is due. It is due again after the term, should the taker die. */
    public Optional<Turn> claimDue(SourceName source, Duration term, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                update source
                set next_listing_at = :again
                where name = :source
                  and next_listing_at <= :now
                returning next_listing_at, listing_failures
                """)
                .bind("source", source.value())
                .bind("now", now)
                .bind("again", now.plus(term))
                .map((row, context) -> new Turn(Sql.instant(row, "next_listing_at"), row.getInt("listing_failures")))
                .findOne());
    }

    /** The listing saw everything: the next comes with the source's cron, or at once if it was requested meanwhile. */
    public void succeeded(SourceName source, Turn turn, Duration clockOffset, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update source
                set next_listing_at = nullif(next_listing_at, :until),
                    listing_failures = 0,
                    last_failure = null,
                    failure_kind = null,
                    last_listed_at = :now,
                    clock_offset = make_interval(secs => :offset)
                where name = :source
                """)
                .bind("source", source.value())
                .bind("until", turn.until())
                .bind("offset", clockOffset.toMillis() / 1e3)
                .bind("now", now)
                .execute());
    }

    /**
     * The listing failed, or saw only a part; it is due again at the given time.
     *
     * @param kind one of few words for a metric's label
     */
    public void failed(SourceName source, String kind, String reason, Instant retryAt) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update source
                set next_listing_at = :retryAt,
                    listing_failures = listing_failures + 1,
                    last_failure = :reason,
                    failure_kind = :kind
                where name = :source
                """)
                .bind("source", source.value())
                .bind("retryAt", retryAt)
                .bind("reason", reason)
                .bind("kind", kind)
                .execute());
    }

    /** A listing that began then has seen every instance of the source: those that it has not seen are no longer there. */
    public void sawEveryInstance(SourceName source, Instant began) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update source
                set instances_listed_at = :began
                where name = :source
                """)
                .bind("source", source.value())
                .bind("began", began)
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
                        .bind("keys", Sql.keys(instance.given()))
                        .bind("values", Sql.values(instance.given()))
                        .bind("now", now)
                        .add();
            }
            batch.execute();
        });
    }

    /** Instances that no listing of their source has shown as its own since the given time. */
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
     * @return with the backups that became {@code gone} by the provider's own word
     */
    public WrittenOff saveBackups(SourceName source, InstanceId instance, List<SeenBackup> seen, Instant now) {
        if (seen.isEmpty()) {
            return WrittenOff.NOTHING;
        }
        return jdbi.inTransaction(handle -> {
            upsert(handle, source, instance, seen, now);
            var moves = new ListedMoves(handle, source, instance, now);
            moves.reopenReady();
            return moves.skipHopeless().plus(moves.goneByWord());
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
                    .bind("keys", Sql.keys(backup.given()))
                    .bind("values", Sql.values(backup.given()))
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

    /**
     * Skips what has not come home of an instance that the provider has and its source does not cover any more.
     *
     * @return with how many; what somebody works on is left to him, and to the next listing
     */
    public WrittenOff skipUnselected(SourceName source, InstanceId instance, Instant now) {
        return jdbi.inTransaction(handle -> new ListedMoves(handle, source, instance, now).skipUnselected());
    }

    /**
     * Counts a complete listing of an instance against the backups that it did not show.
     *
     * @param listedAt when that listing was saved
     * @return with the backups that became {@code gone} by it
     */
    public WrittenOff saveAbsences(SourceName source, InstanceId instance, Instant listedAt) {
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
            return new ListedMoves(handle, source, instance, listedAt).goneByAbsence(MISSES_TO_BELIEVE);
        });
    }
}
