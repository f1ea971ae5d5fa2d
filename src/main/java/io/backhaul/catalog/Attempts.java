package io.backhaul.catalog;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.StoredFile;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Every try to move bytes, and what they came to: with the links, this is the history that {@code show} prints. */
public final class Attempts {
    private static final String ENDED = """
            ended_at = :now, outcome = :outcome, from_byte = :from, bytes = :bytes,
            http_status = nullif(:status, 0), detail = :detail, retry_at = :retryAt
            """;

    private final Jdbi jdbi;

    Attempts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Opens the row of a try.
     *
     * @return its id, or nothing when the lease was lost: do not begin
     */
    public OptionalLong begin(Lease lease, long fileId, LiveLink link, String node, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("with held as (" + Claims.HELD + """
                )
                insert into attempt (file_id, link_id, node, lease_epoch, started_at)
                select :file, :link, :node, :epoch, :now
                from held
                returning id
                """)
                .bind("backup", lease.backupId())
                .bind("file", fileId)
                .bind("link", link.linkId())
                .bind("node", node)
                .bind("epoch", lease.epoch())
                .bind("now", now)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty));
    }

    /**
     * How a try ended.
     *
     * @param httpStatus of the answer, or 0 when there was none
     * @param retryAt when the next try may come, or null when it comes at once or never
     */
    public record End(
            AttemptOutcome outcome,
            long fromByte,
            ByteCount moved,
            int httpStatus,
            String detail,
            @Nullable Instant retryAt) {}

    /** Closes the row of a try; does nothing when the lease it was made under is lost. */
    public void end(long attemptId, End end, Instant now) {
        jdbi.useHandle(handle -> bind(handle.createUpdate("update attempt set " + ENDED + """
                from backup_file f
                join backup b on b.id = f.backup_id
                where attempt.id = :attempt
                  and attempt.ended_at is null
                  and f.id = attempt.file_id
                  and b.lease_epoch = attempt.lease_epoch
                """), attemptId, end, now)
                .execute());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, long attemptId, End end, Instant now) {
        return statement
                .bind("attempt", attemptId)
                .bind("now", now)
                .bind("outcome", end.outcome().label())
                .bind("from", end.fromByte())
                .bind("bytes", end.moved().bytes())
                .bind("status", end.httpStatus())
                .bind("detail", end.detail())
                .bind("retryAt", end.retryAt());
    }

    /** What became of a try that brought its file home. */
    public enum Completed {
        /** All is kept, and its link is spent. */
        LINK_SPENT,
        /** All is kept; no link of its file was alive. */
        LINK_ENDED_BEFORE,
        /** Nothing was kept: somebody else works on the backup now. */
        LEASE_LOST
    }

    /**
     * The try has brought its file home: closes its row, keeps what is known of the file, and ends as spent the link
     * that it has by now: it may have been renewed while the bytes came.
     *
     * @param fileId of the file it was for
     */
    public Completed complete(Lease lease, long attemptId, End end, long fileId, StoredFile file, Instant now) {
        return jdbi.withHandle(handle -> bind(
                        handle.createQuery("with held as (" + Claims.HELD + """
                ),
                tried as (
                  update attempt set
                """ + ENDED + """
                  from held
                  where attempt.id = :attempt
                    and attempt.ended_at is null),
                kept as (
                  update backup_file
                  set size_bytes = :size, sha256 = :sha256, etag = :etag, verified_at = :now
                  from held
                  where backup_file.id = :file),
                spent as (
                  update link
                  set state = 'spent', ended_at = :now, end_reason = 'its file came home over it', url = null
                  from held
                  where link.file_id = :file
                    and link.state = 'live'
                  returning link.id)
                select exists (select from spent)
                from held
                """), attemptId, end, now)
                .bind("backup", lease.backupId())
                .bind("epoch", lease.epoch())
                .bind("file", fileId)
                .bind("size", file.size().bytes())
                .bind("sha256", file.sha256())
                .bind("etag", file.etag())
                .mapTo(Boolean.class)
                .findOne()
                .map(spent -> spent ? Completed.LINK_SPENT : Completed.LINK_ENDED_BEFORE)
                .orElse(Completed.LEASE_LOST));
    }

    /**
     * Closes the rows that an earlier owner of the backup left open.
     *
     * @return how many
     */
    public int abandonEarlier(Lease lease, Instant now) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                update attempt
                set ended_at = :now, outcome = 'abandoned', detail = 'its node died or lost its lease'
                from backup_file f
                where f.id = attempt.file_id
                  and f.backup_id = :backup
                  and attempt.ended_at is null
                  and attempt.lease_epoch < :epoch
                """)
                .bind("backup", lease.backupId())
                .bind("epoch", lease.epoch())
                .bind("now", now)
                .execute());
    }

    /** How often a file's bytes came wrong, since they last came right. */
    public int wrongSoFar(long fileId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*)
                from attempt
                where file_id = :file
                  and outcome in ('new_generation', 'not_the_file', 'damaged')
                  and id > coalesce(
                    (select max(id) from attempt where file_id = :file and outcome = 'complete'), 0)
                """)
                .bind("file", fileId)
                .mapTo(Integer.class)
                .one());
    }

    /** How many tries over a link have ended without an answer or a byte; 0 once any of them has brought one. */
    public int barren(LiveLink link) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select case when coalesce(max(bytes), 0) > 0 then 0
                            else count(*) filter (where outcome in ('cut', 'stalled')) end
                from attempt
                where file_id = (select file_id from link where id = :link)
                  and link_id = :link
                """)
                .bind("link", link.linkId())
                .mapTo(Integer.class)
                .one());
    }

    /** Whether any try has moved bytes over a link. */
    public boolean hasMoved(LiveLink link) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select exists (
                  select from attempt
                  where file_id = (select file_id from link where id = :link)
                    and link_id = :link
                    and bytes > 0)
                """)
                .bind("link", link.linkId())
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Keeps what is known of files that stand verified in staging or in an archive.
     *
     * @return false when the lease was lost meanwhile: nothing was kept
     */
    public boolean saveFiles(Lease lease, List<StoredFile> files, Instant now) {
        return jdbi.inTransaction(handle -> {
            if (!Claims.holds(handle, lease)) {
                return false;
            }
            files.forEach(file -> saveFile(handle, lease, file, now));
            return true;
        });
    }

    /** A set that is adopted may hold files which this catalog never saw a link of; they go last. */
    private static void saveFile(Handle handle, Lease lease, StoredFile file, Instant now) {
        handle.createUpdate("""
                insert into backup_file (backup_id, position, given_name, occurrence, stored_name, size_bytes, sha256,
                                         etag, verified_at)
                select :backup, count(*), :givenName, count(*) filter (where given_name = :givenName), :storedName, :size,
                       :sha256, :etag, :now
                from backup_file
                where backup_id = :backup
                on conflict (backup_id, stored_name) do update
                set size_bytes = excluded.size_bytes, sha256 = excluded.sha256, etag = excluded.etag,
                    verified_at = excluded.verified_at
                """)
                .bind("backup", lease.backupId())
                .bind("givenName", file.givenName())
                .bind("storedName", file.storedName())
                .bind("sha256", file.sha256())
                .bind("etag", file.etag())
                .bind("size", file.size().bytes())
                .bind("now", now)
                .execute();
    }

    /** Where a whole set is visible. */
    public record Copy(String archive, String location, ByteCount size) {}

    /**
     * The set is visible in every archive: now, and only now, the row says so (DESIGN 5, rule 1). Its files were saved
     * before.
     *
     * @return false when the lease was lost meanwhile
     */
    public boolean archived(Lease lease, List<Copy> copies, Instant now) {
        var copied = """
                , copied as (
                  insert into archive_copy (backup_id, archive, location, size_bytes, archived_at, verified_at)
                  select released.id, copy.archive, copy.location, copy.size, :now, :now
                  from released, unnest(:archives, :locations, :sizes) as copy (archive, location, size)
                  on conflict (backup_id, archive) do update
                  set location = excluded.location, size_bytes = excluded.size_bytes)
                """;
        return jdbi.withHandle(handle -> Claims.release(handle, copied, lease, BackupState.ARCHIVED, "", now, 0, now)
                .bind("archives", copies.stream().map(Copy::archive).toArray(String[]::new))
                .bind("locations", copies.stream().map(Copy::location).toArray(String[]::new))
                .bind("sizes", copies.stream().map(copy -> copy.size().bytes()).toArray(Long[]::new))
                .mapTo(Boolean.class)
                .one());
    }
}
