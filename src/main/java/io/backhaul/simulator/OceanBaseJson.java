package io.backhaul.simulator;

import io.backhaul.simulator.OceanBaseForms.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Instances, backup sets and tasks as the OceanBase API writes them (tencent-aliyun.md 1.3, 2.3). */
final class OceanBaseJson {
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter WITH_Z = form("yyyy-MM-dd'T'HH:mm:ss'Z'", ZoneOffset.UTC);
    private static final DateTimeFormatter ZONELESS = form("yyyy-MM-dd'T'HH:mm:ss", CHINA);
    private static final DateTimeFormatter SPACED = form("yyyy-MM-dd HH:mm:ss", CHINA);
    private static final Duration TAKEN = Duration.ofMinutes(9);

    private OceanBaseJson() {}

    static ObjectNode instance(OceanBaseInstance instance) {
        var node = OceanBaseErrors.object()
                .put("InstanceId", instance.id())
                .put("InstanceName", instance.name())
                .put("State", instance.state())
                .put("InstanceType", "cluster")
                .put("InstanceRole", "NORMAL")
                .put("Series", "NORMAL")
                .put("Version", "4.2.1.8")
                .put("CreateTime", WITH_Z.format(instance.createdAt()))
                .put("ExpireTime", "2099-12-31T16:00:00Z")
                .put("DiskSize", Long.toString(instance.diskGb()))
                .put("UsedDiskSize", instance.diskGb() / 2)
                .put("PayType", "PREPAY");
        node.putObject("Resource")
                .put("UnitCount", 1L)
                .putObject("DiskSize")
                .put("TotalDiskSize", instance.diskGb())
                .put("UsedDiskSize", instance.diskGb() / 2);
        return node;
    }

    static ObjectNode backup(OceanBaseBackup backup, Optional<OceanBaseTask> task, OceanBaseForms forms, Instant now) {
        var end = backup.startedAt().plus(TAKEN);
        var start = forms.times() == Times.UTC ? WITH_Z : ZONELESS;
        var rest = forms.times() == Times.ZONELESS ? ZONELESS : WITH_Z;
        var node = OceanBaseErrors.object()
                .put("SetId", backup.id())
                .put("Status", backup.status())
                .put("Validity", backup.validity())
                .put("StartTime", start.format(backup.startedAt()))
                .put("EndTime", rest.format(end))
                .put("Checkpoint", rest.format(end.minusSeconds(1)))
                .put("DataSize", backup.size())
                .put("DataVersion", backup.dataVersion())
                .put("DownloadTaskId", task.map(OceanBaseTask::id).orElse(null))
                .put("DownloadTaskStatus", task.map(t -> word(t, forms, now)).orElse("not_exist"))
                .put("Type", "automated")
                .put("Policy", "manual")
                .put("Method", "physical")
                .put("BackupObjectType", "cluster")
                .put("Progress", "100")
                .put("StorageClass", "standard");
        node.putArray("BackupObjects").addObject().put("ClusterName", "ob");
        node.putArray("BackupResults");
        return node;
    }

    static ObjectNode task(OceanBaseTask task, OceanBaseBackup backup, OceanBaseForms forms, Instant now) {
        return OceanBaseErrors.object()
                .put("DownloadTaskId", task.id())
                .put("DownloadTaskStatus", word(task, forms, now))
                .put("DownloadTaskCreateTime", ZONELESS.format(task.createdAt()))
                .put("BackupRestorableTime", SPACED.format(backup.startedAt().plus(TAKEN)))
                .put("BackupSetId", backup.id());
    }

    /** Adds what the SDKs know of links: one, which leads into the provider's own network. */
    static void addInternal(ObjectNode task, OceanBaseGrants.Shown link) {
        task.put("InternalUrl", link.url())
                .put("UrlExpiredTime", SPACED.format(link.dies()))
                .put("UrlAliveTime", link.life().toSeconds());
    }

    /** One part of a set. Its size is in no unit that anybody has documented; here in MiB. */
    static ObjectNode part(int number, String name, long bytes, OceanBaseGrants.Shown link) {
        return OceanBaseErrors.object()
                .put("PartId", number)
                .put("FileName", name)
                .put("Url", link.url())
                .put("InternalUrl", link.url())
                .put("CompressedBackupSetSize", bytes / 1024.0 / 1024.0)
                .put("UrlExpiredTime", SPACED.format(link.dies()))
                .put("UrlAliveTime", link.life().toSeconds());
    }

    static void addParts(ObjectNode task, List<ObjectNode> parts, OceanBaseForms.Shape shape) {
        switch (shape) {
            case INTERNAL_URL -> {}
            case LINKS_OBJECT -> task.set("DownloadLinks", parts.getFirst());
            case LINKS_ARRAY -> task.putArray("DownloadLinks").addAll(parts);
        }
    }

    private static String word(OceanBaseTask task, OceanBaseForms forms, Instant now) {
        return switch (task.at(now)) {
            case RUNNING -> "RUNNING";
            case DONE -> forms.doneWord();
            case FAILED -> forms.failedWord();
        };
    }

    private static DateTimeFormatter form(String pattern, ZoneId zone) {
        return DateTimeFormatter.ofPattern(pattern).withZone(zone);
    }
}
