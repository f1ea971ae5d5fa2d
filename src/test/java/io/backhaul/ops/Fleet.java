package io.backhaul.ops;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.SeenBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A source with one instance, and backups of it, written as a listing would. */
record Fleet(Catalog catalog, Instant now) {
    static final SourceName SOURCE = new SourceName("prod");
    static final InstanceId INSTANCE = new InstanceId("i-1");

    /** The source alone, listed once. */
    Fleet listed(String instanceName) {
        catalog.listings().register(SOURCE, "huawei-dcs", now);
        catalog.listings().saveInstances(SOURCE, List.of(new Instance(INSTANCE, instanceName, Map.of())), now);
        var turn =
                catalog.listings().claimDue(SOURCE, Duration.ofMinutes(1), now).orElseThrow();
        catalog.listings().succeeded(SOURCE, turn, Duration.ofMillis(1_500), now);
        return this;
    }

    Fleet sees(String backup, Readiness readiness, Duration untilDeadline) {
        var listed = new ListedBackup(
                new BackupId(backup),
                readiness,
                "succeed",
                now.minusSeconds(600),
                new ByteCount(5_000_000),
                null,
                Map.of());
        catalog.listings().saveBackups(SOURCE, INSTANCE, List.of(new SeenBackup(listed, now.plus(untilDeadline))), now);
        return this;
    }
}
