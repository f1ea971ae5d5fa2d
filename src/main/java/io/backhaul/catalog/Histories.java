package io.backhaul.catalog;

import io.backhaul.backup.BackupRef;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Backups one by one, with the expiry and retry history of every link: what {@code list} and {@code show} print. */
public final class Histories {
    private static final String BACKUP = """
            select b.id, i.source, i.provider_id as instance, b.provider_id as backup, i.name as instance_name, b.state,
                   b.state_since, b.reason, b.provider_status, b.created_at, b.size_bytes, b.deadline, b.archived_at,
                   b.next_attempt_at, b.failures, b.lease_owner,
            """ + Sql.GIVEN + """

            from backup b
            join instance i on i.id = b.instance_id
            """;

    private final Jdbi jdbi;

    Histories(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A backup as the catalog has it. */
    public record BackupRow(
            long id,
            BackupRef backup,
            String instanceName,
            BackupState state,
            Instant stateSince,
            String reason,
            String providerStatus,
            Instant createdAt,
            @Nullable ByteCount size,
            @Nullable Instant deadline,
            @Nullable Instant archivedAt,
            Instant nextAttemptAt,
            int failures,
            @Nullable String node,
            Map<String, String> given) {}

    /** Which backups to list; null means any. */
    public record Filter(
            @Nullable String source,
            @Nullable String instance,
            @Nullable String state) {}

    /** Backups by source, instance and time of making, the newest first. */
    public List<BackupRow> list(Filter filter) {
        return jdbi.withHandle(handle -> handle.createQuery(BACKUP + """
                where (cast(:source as text) is null or i.source = :source)
                  and (cast(:instance as text) is null or i.provider_id = :instance)
                  and (cast(:state as text) is null or b.state = :state)
                order by i.source, i.provider_id, b.created_at desc, b.id
                """)
                .bind("source", filter.source())
                .bind("instance", filter.instance())
                .bind("state", filter.state())
                .map((row, context) -> backup(row))
                .list());
    }

    /** Backups that a person's word may mean: a provider's id, or {@code source/instance/backup}. */
    public List<BackupRow> find(String word) {
        return jdbi.withHandle(handle -> handle.createQuery(BACKUP + """
                where b.provider_id = :word
                   or i.source || '/' || i.provider_id || '/' || b.provider_id = :word
                order by i.source, i.provider_id
                """)
                .bind("word", word)
                .map((row, context) -> backup(row))
                .list());
    }

    private static BackupRow backup(ResultSet row) throws SQLException {
        return new BackupRow(
                row.getLong("id"),
                Sql.ref(row),
                row.getString("instance_name"),
                Sql.state(row),
                Sql.instant(row, "state_since"),
                row.getString("reason"),
                row.getString("provider_status"),
                Sql.instant(row, "created_at"),
                Sql.nullableBytes(row, "size_bytes"),
                Sql.nullableInstant(row, "deadline"),
                Sql.nullableInstant(row, "archived_at"),
                Sql.instant(row, "next_attempt_at"),
                row.getInt("failures"),
                row.getString("lease_owner"),
                Sql.given(row));
    }

    /** A file of a backup. */
    public record FileRow(
            String givenName,
            String storedName,
            @Nullable ByteCount size,
            @Nullable String sha256,
            @Nullable Instant verifiedAt) {}

    /** The files of a backup in the provider's order. */
    public List<FileRow> files(BackupRow backup) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select given_name, stored_name, size_bytes, sha256, verified_at
                from backup_file
                where backup_id = :backup
                order by position, id
                """)
                .bind("backup", backup.id())
                .map((row, context) -> new FileRow(
                        row.getString("given_name"),
                        row.getString("stored_name"),
                        Sql.nullableBytes(row, "size_bytes"),
                        row.getString("sha256"),
                        Sql.nullableInstant(row, "verified_at")))
                .list());
    }

    /** A link's life. */
    public record LinkRow(
            long id,
            long grant,
            String file,
            String state,
            Instant issuedAt,
            Instant expiresAt,
            String expiryOrigin,
            String location,
            @Nullable Instant endedAt,
            String endReason) {}

    /** Every link ever had for a backup, oldest first. */
    public List<LinkRow> links(BackupRow backup) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select l.id, l.grant_id, f.stored_name, l.state, l.issued_at, l.expires_at, l.expiry_origin,
                       l.location, l.ended_at, l.end_reason
                from link l
                join backup_file f on f.id = l.file_id
                where f.backup_id = :backup
                order by l.id
                """)
                .bind("backup", backup.id())
                .map((row, context) -> new LinkRow(
                        row.getLong("id"),
                        row.getLong("grant_id"),
                        row.getString("stored_name"),
                        row.getString("state"),
                        Sql.instant(row, "issued_at"),
                        Sql.instant(row, "expires_at"),
                        row.getString("expiry_origin"),
                        row.getString("location"),
                        Sql.nullableInstant(row, "ended_at"),
                        row.getString("end_reason")))
                .list());
    }

    /** One try to move bytes; outcome and end are null while it runs. */
    public record AttemptRow(
            long id,
            long link,
            String file,
            String node,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            long fromByte,
            ByteCount moved,
            int httpStatus,
            String detail,
            @Nullable Instant retryAt) {}

    /** Every try ever made for a backup, oldest first. */
    public List<AttemptRow> attempts(BackupRow backup) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select a.id, a.link_id, f.stored_name, a.node, a.started_at, a.ended_at, a.outcome, a.from_byte, a.bytes,
                       coalesce(a.http_status, 0) as http_status, a.detail, a.retry_at
                from attempt a
                join backup_file f on f.id = a.file_id
                where f.backup_id = :backup
                order by a.id
                """)
                .bind("backup", backup.id())
                .map((row, context) -> new AttemptRow(
                        row.getLong("id"),
                        row.getLong("link_id"),
                        row.getString("stored_name"),
                        row.getString("node"),
                        Sql.instant(row, "started_at"),
                        Sql.nullableInstant(row, "ended_at"),
                        row.getString("outcome"),
                        row.getLong("from_byte"),
                        new ByteCount(row.getLong("bytes")),
                        row.getInt("http_status"),
                        row.getString("detail"),
                        Sql.nullableInstant(row, "retry_at")))
                .list());
    }

    /** Where a backup's set is kept. */
    public record CopyRow(String archive, String location, ByteCount size, Instant archivedAt, Instant verifiedAt) {}

    public List<CopyRow> copies(BackupRow backup) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select archive, location, size_bytes, archived_at, verified_at
                from archive_copy
                where backup_id = :backup
                order by archive
                """)
                .bind("backup", backup.id())
                .map((row, context) -> new CopyRow(
                        row.getString("archive"),
                        row.getString("location"),
                        new ByteCount(row.getLong("size_bytes")),
                        Sql.instant(row, "archived_at"),
                        Sql.instant(row, "verified_at")))
                .list());
    }
}
