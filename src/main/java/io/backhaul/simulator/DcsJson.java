package io.backhaul.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.node.ObjectNode;

/**
 * Instances and backups as DCS writes them (contract 1.1 and 1.2), in the types that its own SDK insists on: strings
 * stay strings, and what is not known is null.
 */
final class DcsJson {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Duration QUEUED = Duration.ofSeconds(2);
    private static final Duration TAKEN = Duration.ofMinutes(6);

    private static final String[] UNKNOWN = {
        "sub_status",
        "readonly_domain_name",
        "order_id",
        "service_task_id",
        "publicip_id",
        "publicip_address",
        "access_user",
        "description",
        "capacity_minor"
    };

    private DcsJson() {}

    static ObjectNode instance(DcsInstance instance) {
        var node = HuaweiErrors.object()
                .put("instance_id", instance.id())
                .put("name", instance.name())
                .put("status", instance.status())
                .put("engine", instance.engine())
                .put("engine_version", instance.engineVersion())
                .put("spec_code", instance.specCode())
                .put("cpu_type", "x86_64")
                .put("capacity", instance.capacityGb())
                .put("max_memory", instance.capacityGb() * 1024)
                .put("used_memory", instance.capacityGb() * 256)
                .put("ip", instance.ip())
                .put("port", instance.port())
                .put("domain_name", "redis-" + instance.id() + ".dcs.huaweicloud.com")
                .put("charging_mode", 0)
                .put("no_password_access", "false")
                .put("enable_ssl", false)
                .put("enable_publicip", false)
                .put("service_upgrade", false)
                .put("enterprise_project_id", "0")
                .put("maintain_begin", "18:00:00")
                .put("maintain_end", "22:00:00")
                .put("created_at", MILLIS.format(instance.createdAt()))
                .put("updated_at", MILLIS.format(instance.createdAt()));
        for (var name : UNKNOWN) {
            node.putNull(name);
        }
        addPlace(node);
        return node;
    }

    private static void addPlace(ObjectNode node) {
        node.put("user_id", "6d0977e4c9b74ae7b5a083a8d0d8cafa").put("user_name", "backhaul");
        node.put("vpc_id", "cad1ac5d-6b6c-4db3-a4f0-5d5ecf1e1a8c").put("vpc_name", "vpc-default");
        node.put("subnet_id", "2d9fe4ba-9e2b-4d0e-8f4e-1e6f1f0b4c3d");
        node.put("security_group_id", "70cf3a73-6a6b-4c1d-9c3b-9f6bb9c4f4a1");
        node.putArray("az_codes").add("region01-7c");
        node.putArray("tags").addObject().put("key", "env").put("value", "prod");
        node.putObject("features")
                .put("support_acl", true)
                .put("support_transparent_client_ip", false)
                .put("support_ssl", true)
                .put("support_audit_log", false);
    }

    static ObjectNode backup(String instanceId, DcsBackup backup) {
        var isDone = !backup.status().equals("waiting") && !backup.status().equals("backuping");
        return HuaweiErrors.object()
                .put("backup_id", backup.id())
                .put("backup_name", "backup_" + DcsBackup.STAMP.format(backup.createdAt()))
                .put("instance_id", instanceId)
                .putNull("period")
                .put("size", isDone ? backup.size() : 0L)
                .put("backup_type", backup.type())
                .put("backup_format", backup.format())
                .put("created_at", MILLIS.format(backup.createdAt()))
                .put("execution_at", millis(backup.createdAt(), QUEUED))
                .put("updated_at", millis(backup.createdAt(), TAKEN))
                .put("progress", isDone ? "100.00" : "0.00")
                .put("error_code", backup.status().equals("failed") ? "dcs.08.0001" : null)
                .putNull("remark")
                .put("is_support_restore", backup.status().equals("succeed") ? "TRUE" : "FALSE")
                .put("status", backup.status());
    }

    private static String millis(Instant instant, Duration later) {
        return MILLIS.format(instant.plus(later));
    }
}
