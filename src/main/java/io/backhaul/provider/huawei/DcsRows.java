package io.backhaul.provider.huawei;

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
import java.util.Optional;

/** Rows of DCS's lists as our words (huawei.md 1.1 and 1.2). A row that lacks what we cannot do without is nothing. */
final class DcsRows {
    static final String INSTANCE_ID = "instance_id";
    static final String BACKUP_ID = "backup_id";

    private static final List<String> OF_INSTANCE = List.of(
            "status", "engine", "engine_version", "spec_code", "cpu_type", "capacity", "capacity_minor", "created_at");
    private static final List<String> OF_BACKUP = List.of(
            "created_at",
            "execution_at",
            "updated_at",
            "size",
            "backup_type",
            "backup_format",
            "backup_name",
            "status",
            "remark",
            "progress");

    private DcsRows() {}

    static Optional<Instance> instance(Fields row) {
        return row.text(INSTANCE_ID)
                .map(id -> new Instance(new InstanceId(id), row.text("name").orElse(""), row.given(OF_INSTANCE)));
    }

    static Optional<ListedBackup> backup(Fields row) {
        return row.text(BACKUP_ID).flatMap(id -> madeAt(row).map(at -> backup(row, new BackupId(id), at)));
    }

    private static ListedBackup backup(Fields row, BackupId id, Instant madeAt) {
        var status = row.text("status").orElse("");
        var bytes = row.number("size").orElse(0);
        var size = bytes > 0 ? new ByteCount(bytes) : null;
        return new ListedBackup(id, readiness(status), status, madeAt, size, null, row.given(OF_BACKUP));
    }

    /** The provider's times only: the stamp in a backup's name is in the region's time, and the region's zone unknown. */
    private static Optional<Instant> madeAt(Fields row) {
        return row.time("created_at", ZoneOffset.UTC)
                .or(() -> row.time("execution_at", ZoneOffset.UTC))
                .or(() -> row.time("updated_at", ZoneOffset.UTC));
    }

    private static Readiness readiness(String status) {
        return switch (status) {
            case "succeed" -> Readiness.READY;
            case "failed" -> Readiness.NEVER;
            case "expired", "deleted" -> Readiness.DELETED;
            default -> Readiness.NOT_YET;
        };
    }
}
