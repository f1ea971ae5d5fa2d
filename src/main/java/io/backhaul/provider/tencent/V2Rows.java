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
 * Rows of v2's lists as our words (tencent-aliyun.md 1.1); its numbers may be texts. A row that lacks what we cannot do
 * without is nothing. There is no size, no end and no expiry of a backup.
 */
final class V2Rows {
    static final String INSTANCE_ID = "redisId";
    static final String BACKUP_ID = "backupId";

    /** As the list writes it, of backups. */
    static final String EXPORTING = "3";

    private static final long CLUSTER = 1;
    private static final List<String> OF_INSTANCE = List.of(
            "regionId", "zoneId", "projectId", "status", "statusDesc", "typeId", "typeIddesc", "size", "createtime");
    private static final List<String> OF_BACKUP = List.of("startTime", "backupType", "status", "remark", "locked");

    private final ZoneOffset zone;

    /** @param zone of all times */
    V2Rows(ZoneOffset zone) {
        this.zone = zone;
    }

    Optional<Instance> instance(Fields row) {
        return row.text(INSTANCE_ID)
                .map(id ->
                        new Instance(new InstanceId(id), row.text("redisName").orElse(""), row.given(OF_INSTANCE)));
    }

    static boolean isCluster(Fields row) {
        return row.number("typeId").orElse(0) == CLUSTER;
    }

    Optional<ListedBackup> backup(Fields row) {
        return row.text(BACKUP_ID)
                .flatMap(id -> row.time("startTime", zone).map(at -> backup(row, new BackupId(id), at)));
    }

    private static ListedBackup backup(Fields row, BackupId id, Instant madeAt) {
        var status = row.text("status").orElse("");
        return new ListedBackup(id, readiness(status), status, madeAt, null, null, row.given(OF_BACKUP));
    }

    /** One that is being exported can be asked for: the answer is a preparation. */
    private static Readiness readiness(String status) {
        return switch (status) {
            case "2", EXPORTING, "4" -> Readiness.READY;
            case "-1" -> Readiness.DELETED;
            default -> Readiness.NOT_YET;
        };
    }
}
