package io.backhaul.provider.tencent;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.provider.Fields;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Rows of API 2018-04-12's lists as our words (tencent-aliyun.md 1.2). A row that lacks what we cannot do without is
 * nothing. BackupSize is no size: the documents call it internal, and their sample is no file's.
 */
final class V3Rows {
    static final String INSTANCE_ID = "InstanceId";
    static final String BACKUP_ID = "BackupId";

    private static final List<String> OF_INSTANCE = List.of(
            "Region",
            "Status",
            "Type",
            "ProductType",
            "Engine",
            "Size",
            "RedisShardNum",
            "RedisShardSize",
            "BackupMode",
            "Createtime");
    private static final List<String> OF_BACKUP = List.of(
            "StartTime",
            "EndTime",
            "ExpireTime",
            "BackupType",
            "Status",
            "Remark",
            "Locked",
            "BackupSize",
            "FullBackup",
            "InstanceType",
            "FileType",
            "Encrypted");

    private final ZoneOffset zone;

    /** @param zone of all times */
    V3Rows(ZoneOffset zone) {
        this.zone = zone;
    }

    Optional<Instance> instance(Fields row) {
        return row.text(INSTANCE_ID)
                .map(id -> new Instance(
                        new InstanceId(id), row.text("InstanceName").orElse(""), row.given(OF_INSTANCE)));
    }

    Optional<ListedBackup> backup(Fields row) {
        return row.text(BACKUP_ID)
                .flatMap(id -> row.time("StartTime", zone).map(at -> backup(row, new BackupId(id), at)));
    }

    private ListedBackup backup(Fields row, BackupId id, Instant madeAt) {
        var status = row.text("Status").orElse("");
        // The end of a backup that never began is nonsense, and no deadline.
        var expires = row.time("ExpireTime", zone).filter(madeAt::isBefore).orElse(null);
        return new ListedBackup(id, readiness(status), status, madeAt, null, expires, row.given(OF_BACKUP));
    }

    private static Readiness readiness(String status) {
        return switch (status) {
            case "2", "4" -> Readiness.READY;
            case "-1", "-2" -> Readiness.DELETED;
            default -> Readiness.NOT_YET;
        };
    }
}
