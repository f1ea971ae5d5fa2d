package io.backhaul.simulator;

import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Instances and backups as API 2018-04-12 writes them (tencent-aliyun.md 1.2), oddities of its samples included. */
final class CrsJson {
    private static final Duration TAKEN = Duration.ofSeconds(70);

    private CrsJson() {}

    static ObjectNode instance(CrsInstance instance, String region) {
        var isCluster = instance.edition() == CrsInstance.Edition.CLUSTER;
        return CrsErrors.object()
                .put("InstanceId", instance.id())
                .put("InstanceName", instance.name())
                .put("Appid", 1250000000L)
                .put("ProjectId", 0)
                .put("RegionId", 1)
                .put("Region", region)
                .put("ZoneId", 100003)
                .put("Status", instance.status())
                .put("SubStatus", 0)
                .put("Type", isCluster ? 7 : 6)
                .put("ProductType", isCluster ? "cluster" : "standalone")
                .put("RedisShardNum", instance.shards())
                .put("RedisShardSize", instance.sizeMb() / instance.shards())
                .put("Size", (double) instance.sizeMb())
                .put("SizeUsed", 1.5)
                .put("WanIp", "10.0.0.8")
                .put("Port", 6379)
                .put("Createtime", CrsTimes.of(instance.createdAt()))
                .put("DeadlineTime", "0000-00-00 00:00:00")
                .put("CloseTime", "0000-00-00 00:00:00")
                .putNull("OfflineTime")
                .put("Engine", "Redis")
                .put("BackupMode", "NormalLevelBackup");
    }

    static ObjectNode backup(CrsInstance instance, CrsBackup backup, String region) {
        return CrsErrors.object()
                .put("BackupId", backup.id())
                .put("StartTime", CrsTimes.of(backup.startedAt()))
                .put("EndTime", CrsTimes.of(backup.startedAt().plus(TAKEN)))
                .put("ExpireTime", CrsTimes.of(backup.startedAt().plus(backup.kept())))
                .put("BackupType", "1")
                .put("Status", backup.status())
                .put("Remark", "")
                .put("Locked", 0)
                .put("BackupSize", 528)
                .put("FullBackup", 1)
                .put("InstanceType", 6)
                .put("InstanceId", instance.id())
                .put("InstanceName", instance.name())
                .put("Region", region)
                .put("FileType", "RDB-Redis 6.2")
                .put("Encrypted", backup.kmsKeyId() != null);
    }

    static ObjectNode detail(CrsInstance instance, CrsBackup backup) {
        return CrsErrors.object()
                .put("BackupId", backup.id())
                .put("StartTime", CrsTimes.of(backup.startedAt()))
                .put("EndTime", CrsTimes.of(backup.startedAt().plus(TAKEN)))
                .put("BackupType", "0")
                .put("Status", backup.status())
                .put("Remark", "")
                .put("Locked", 0)
                .put("BackupSize", 537)
                .put("MemSize", instance.sizeMb())
                .put("ShardNum", instance.shards())
                .put("ReplicasNum", 1)
                .put("Encrypted", backup.kmsKeyId() != null)
                .put("DecryptKey", backup.kmsKeyId() == null ? "" : "the-key-that-nobody-may-keep")
                .put("KmsKeyId", backup.kmsKeyId())
                .put("KeyAlgorithm", backup.kmsKeyId() == null ? null : "AES-256-CBC");
    }
}
