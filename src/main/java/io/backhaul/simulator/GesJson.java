package io.backhaul.simulator;

import io.backhaul.simulator.GesAccount.ExpiryStyle;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.node.ObjectNode;

/** Graphs, backups and times as GES writes them (contract 1.4, 1.5, 2.2), in the types that its own SDK insists on. */
final class GesJson {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));
    private static final Duration TAKEN = Duration.ofMinutes(4);

    private GesJson() {}

    static ObjectNode graph(GesGraph graph, String region) {
        var node = HuaweiErrors.object()
                .put("id", graph.id())
                .put("name", graph.name())
                .put("created_by", "backhaul")
                .put("is_multi_az", "false")
                .put("region_code", region)
                .put("az_code", region + "a")
                .put("edgeset_format", "csv")
                .put("vertexset_format", "csv")
                .put("data_store_version", "2.4.3")
                .put("status", graph.status())
                .putNull("action_progress")
                .put("graph_size_type_index", graph.size())
                .put("vpc_id", "2d297d3d-1e8f-4d5c-9ac1-c4ee4fd24ba4")
                .put("replication", 1)
                .put("created", "2018-07-23T04:09:44")
                .put("updated", "2018-07-24T04:09:44")
                .put("private_ip", "192.168.0.218")
                .putNull("public_ip")
                .put("arch", "x86_64")
                .put("encrypted", false)
                .put("product_type", "InMemory");
        node.putArray("traffic_ip_list").add("192.168.0.218");
        for (var list : new String[] {"schema_path", "edgeset_path", "vertexset_path", "sys_tags", "tags"}) {
            node.putArray(list);
        }
        return node;
    }

    static ObjectNode backup(GesAccount.Held held) {
        var backup = held.facts();
        var isRunning = backup.status().equals("backing_up");
        var end = backup.startedAt().plus(TAKEN);
        var isAuto = backup.method().equals("auto");
        var stamp = STAMP.format(backup.startedAt());
        return HuaweiErrors.object()
                .put("id", backup.id())
                .put("name", held.graph().name() + (isAuto ? "_" + stamp + "_auto" : "-" + stamp))
                .put("backup_method", backup.method())
                .put("graph_id", held.graph().id())
                .put("graph_name", held.graph().name())
                .put("graph_status", held.graph().status())
                .put("graph_size_type_index", held.graph().size())
                .put("data_store_version", "2.4.3")
                .put("arch", "x86_64")
                .put("status", backup.status())
                .put("start_timestamp", backup.startedAt().toEpochMilli())
                .put("start_time", SECONDS.format(backup.startedAt()))
                .put("end_timestamp", isRunning ? null : (Long) end.toEpochMilli())
                .put("end_time", isRunning ? null : SECONDS.format(end))
                .put("size", isRunning ? 0L : backup.size())
                .put("duration", isRunning ? 0L : TAKEN.toSeconds())
                .put("encrypted", false);
    }

    /** One file of a grant. */
    static ObjectNode file(String name, long bytes, String link, Instant expires, ExpiryStyle style) {
        var node = HuaweiErrors.object()
                .put("name", name)
                .put("size", (int) Math.min(Integer.MAX_VALUE, (bytes + 1023) / 1024))
                .put("download_link", link);
        return style == ExpiryStyle.NONE ? node : node.put("link_expired_time", written(expires, style));
    }

    private static String written(Instant instant, ExpiryStyle style) {
        var pattern = switch (style) {
            case OFFSET -> "yyyy-MM-dd'T'HH:mm:ss'+0800'";
            case OFFSET_AND_LONG_DAY -> "yyyy-MM-'0'dd'T'HH:mm:ss'+0800'";
            case UTC -> "yyyy-MM-dd'T'HH:mm:ss'Z'";
            case NO_ZONE, NONE -> "yyyy-MM-dd'T'HH:mm:ss";
        };
        var zone = style == ExpiryStyle.OFFSET || style == ExpiryStyle.OFFSET_AND_LONG_DAY
                ? ZoneOffset.ofHours(8)
                : ZoneOffset.UTC;
        return DateTimeFormatter.ofPattern(pattern).withZone(zone).format(instant);
    }
}
