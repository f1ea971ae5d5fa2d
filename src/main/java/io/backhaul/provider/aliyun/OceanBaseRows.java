package io.backhaul.provider.aliyun;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.provider.Fields;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the lists as our words (tencent-aliyun.md 1.3). A row that lacks what we cannot do without is nothing. Words
 * come in upper and lower case; one that we do not know means "not yet". DataSize is what was backed up: what is
 * downloaded is a compressed conversion of it.
 */
final class OceanBaseRows {
    static final String INSTANCE_ID = "InstanceId";
    /** Was a number until 2025. */
    static final String SET_ID = "SetId";

    private static final Set<String> ABSENT = Set.of("deleted", "pending_create");
    private static final Set<String> NEVER = Set.of("failed", "canceled", "cancelled");
    /** Kept beyond its time, by the words of OceanBase's own console, and cleared away. */
    private static final Set<String> DELETED = Set.of("overdue", "deleted", "deleting", "expired");

    private static final List<String> OF_INSTANCE = List.of(
            "State",
            "InstanceType",
            "InstanceRole",
            "Series",
            "Version",
            "PayType",
            "DiskSize",
            "UsedDiskSize",
            "CreateTime",
            "ExpireTime");
    private static final List<String> OF_BACKUP = List.of(
            "Status",
            "Validity",
            "StartTime",
            "EndTime",
            "Checkpoint",
            "DataSize",
            "DataVersion",
            "Type",
            "Policy",
            "Method",
            "BackupObjectType",
            "StorageClass");

    private final ZoneOffset zone;

    /** @param zone of times without one */
    OceanBaseRows(ZoneOffset zone) {
        this.zone = zone;
    }

    /** Tells whether an instance can be asked for its backups: one that was released is still listed for a while. */
    static boolean isThere(Fields instance) {
        return !ABSENT.contains(word(instance, "State"));
    }

    Optional<Instance> instance(Fields row) {
        return row.text(INSTANCE_ID)
                .map(id -> new Instance(
                        new InstanceId(id), row.text("InstanceName").orElse(""), row.given(OF_INSTANCE)));
    }

    Optional<ListedBackup> backup(Fields row) {
        return row.text(SET_ID).flatMap(id -> row.time("StartTime", zone).map(at -> backup(row, new BackupId(id), at)));
    }

    private static ListedBackup backup(Fields row, BackupId id, Instant madeAt) {
        var status = row.text("Status").orElse("");
        return new ListedBackup(id, readiness(row), status, madeAt, size(row), null, row.given(OF_BACKUP));
    }

    static Readiness readiness(Fields row) {
        var status = word(row, "Status");
        if (NEVER.contains(status)) {
            return Readiness.NEVER;
        }
        if (DELETED.contains(status)) {
            return Readiness.DELETED;
        }
        return status.equals("done") ? ofDone(word(row, "Validity")) : Readiness.NOT_YET;
    }

    private static Readiness ofDone(String validity) {
        return switch (validity) {
            case "", "valid" -> Readiness.READY;
            case "invalid", "expired", "deleted" -> Readiness.DELETED;
            default -> Readiness.NOT_YET;
        };
    }

    private static @Nullable ByteCount size(Fields row) {
        var bytes = row.number("DataSize").orElse(0);
        return bytes > 0 ? new ByteCount(bytes) : null;
    }

    private static String word(Fields row, String name) {
        return row.text(name).orElse("").strip().toLowerCase(Locale.ROOT);
    }
}
