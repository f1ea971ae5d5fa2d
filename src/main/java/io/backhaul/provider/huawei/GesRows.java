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
import org.jspecify.annotations.Nullable;

/** Rows of GES's lists as our words (huawei.md 1.4 and 1.5). A row that lacks what we cannot do without is nothing. */
final class GesRows {
    static final String ID = "id";

    private static final long MIB = 1L << 20;

    /** A size in MB beyond this is a slip: an exabyte. */
    private static final long LARGEST = 1L << 40;

    private static final List<String> OF_GRAPH = List.of(
            "status", "region_code", "graph_size_type_index", "data_store_version", "product_type", "arch", "created");
    private static final List<String> OF_BACKUP = List.of(
            "name",
            "backup_method",
            "status",
            "graph_name",
            "graph_status",
            "graph_size_type_index",
            "data_store_version",
            "arch",
            "start_time",
            "start_timestamp",
            "end_time",
            "end_timestamp",
            "size",
            "duration",
            "encrypted");

    private GesRows() {}

    static Optional<Instance> graph(Fields row) {
        return row.text(ID)
                .map(id -> new Instance(new InstanceId(id), row.text("name").orElse(""), row.given(OF_GRAPH)));
    }

    static Optional<ListedBackup> backup(Fields row) {
        return row.text(ID).flatMap(id -> madeAt(row).map(at -> backup(row, new BackupId(id), at)));
    }

    private static ListedBackup backup(Fields row, BackupId id, Instant madeAt) {
        var status = row.text("status").orElse("");
        return new ListedBackup(id, readiness(status), status, madeAt, size(row), null, row.given(OF_BACKUP));
    }

    /** Milliseconds first, which have no zone to guess; the zone-less times are UTC. The stamp in a name is local time. */
    private static Optional<Instant> madeAt(Fields row) {
        return row.epochMillis("start_timestamp")
                .or(() -> row.time("start_time", ZoneOffset.UTC))
                .or(() -> row.epochMillis("end_timestamp"))
                .or(() -> row.time("end_time", ZoneOffset.UTC));
    }

    /** In MB, rounded, and whether of 1000 or 1024 is not said: a plausibility only. */
    private static @Nullable ByteCount size(Fields row) {
        var size = row.number("size").orElse(0);
        return size > 0 && size <= LARGEST ? new ByteCount(size * MIB) : null;
    }

    private static Readiness readiness(String status) {
        return switch (status) {
            case "success" -> Readiness.READY;
            case "failed" -> Readiness.NEVER;
            // "backing_up", and every word that we do not know.
            default -> Readiness.NOT_YET;
        };
    }
}
