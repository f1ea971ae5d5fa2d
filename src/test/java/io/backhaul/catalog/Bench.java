package io.backhaul.catalog;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.Grant;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SignedUrl;
import io.backhaul.backup.SourceName;
import io.backhaul.backup.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A catalog with one source and one instance, and the moves of a backup's life in few words; SQL for what no word says. */
final class Bench {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final Instant EXPIRES = NOW.plus(Duration.ofHours(1));
    static final Duration TERM = Duration.ofMinutes(1);
    static final double RATE = 1e6;
    static final SourceName SOURCE = new SourceName("prod");
    static final InstanceId INSTANCE = new InstanceId("i-1");
    /** Stands in every link's query: must be found nowhere once a link has ended. */
    static final String SECRET = "signature-of-the-bench";

    final Catalog catalog;
    final Jdbi sql;

    Bench(Catalog catalog) {
        this.catalog = catalog;
        sql = Jdbi.create(catalog.dataSource());
        catalog.listings().register(SOURCE, "huawei-dcs", NOW);
        catalog.listings()
                .saveInstances(SOURCE, List.of(new Instance(INSTANCE, "cache", Map.of("engine", "Redis"))), NOW);
    }

    static ListedBackup listed(String backup, Readiness readiness, long size) {
        return new ListedBackup(
                new BackupId(backup),
                readiness,
                "status-" + readiness,
                NOW.minusSeconds(60),
                new ByteCount(size),
                null,
                Map.of("size", "" + size));
    }

    void see(String backup, long size, @Nullable Instant deadline) {
        save(listed(backup, Readiness.READY, size), deadline, NOW);
    }

    List<String> save(ListedBackup backup, @Nullable Instant deadline, Instant now) {
        return catalog
                .listings()
                .saveBackups(SOURCE, INSTANCE, List.of(new SeenBackup(backup, deadline)), now)
                .gone()
                .stream()
                .map(gone -> gone.backup().value())
                .toList();
    }

    /** One complete listing that shows these backups, ready, and no others. */
    List<String> listing(Instant at, String... backups) {
        var seen = Arrays.stream(backups)
                .map(backup -> new SeenBackup(listed(backup, Readiness.READY, 1), null))
                .toList();
        return Stream.concat(
                        catalog.listings().saveBackups(SOURCE, INSTANCE, seen, at).gone().stream(),
                        catalog.listings().saveAbsences(SOURCE, INSTANCE, at).gone().stream())
                .map(gone -> gone.backup().value())
                .toList();
    }

    List<Lease> claimForLinks(String node, int most) {
        return catalog.claims().claimForLinks(node, most, TERM, RATE, NOW);
    }

    List<Lease> claimForTransfer(String node, int most) {
        return catalog.claims().claimForTransfer(node, most, TERM, RATE, NOW);
    }

    /** A backup that is ready and leased to a node for links. */
    Lease leased(String backup, String node) {
        see(backup, 1, null);
        return claimForLinks(node, 1).getFirst();
    }

    /** A backup with these files, linked and leased to nobody. */
    void linked(String backup, String... files) {
        var lease = leased(backup, "linker");
        save(lease, files);
        release(lease, BackupState.LINKED);
    }

    /** A backup with these files, on its way to a node. */
    Lease transferring(String backup, String node, String... files) {
        linked(backup, files);
        return claimForTransfer(node, 1).getFirst();
    }

    boolean release(Lease lease, BackupState to) {
        return catalog.claims().release(lease, to, "because", NOW, 0, NOW);
    }

    Links.Saved save(Lease lease, String... files) {
        return catalog.links().save(lease, grant(files), Expiry::at, false, NOW);
    }

    static Grant grant(String... files) {
        return new Grant(Arrays.stream(files).map(Bench::offered).toList(), NOW);
    }

    private static OfferedFile offered(String name) {
        var url = SignedUrl.of("https://store.example/b/file?X-Expires=3600&sig=" + SECRET);
        return new OfferedFile(name, url, new Expiry(EXPIRES, Expiry.Origin.URL), new ByteCount(7));
    }

    static StoredFile stored(String given, String stored) {
        return new StoredFile(given, stored, new ByteCount(7), "ab".repeat(32), "\"etag\"", List.of());
    }

    /** As if the node had not renewed it for a while. */
    void lapse(String backup) {
        sql.useHandle(handle -> handle.execute(
                "update backup set lease_until = now() - interval '1 second' where provider_id = ?", backup));
    }

    String state(String backup) {
        return text("select state from backup where provider_id = '" + backup + "'");
    }

    /** The first column of the only row. */
    String text(String query) {
        return sql.withHandle(
                handle -> handle.createQuery(query).mapTo(String.class).one());
    }

    List<String> texts(String query) {
        return sql.withHandle(
                handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    int number(String query) {
        return Integer.parseInt(text(query));
    }

    void execute(String statement) {
        sql.useHandle(handle -> handle.execute(statement));
    }
}
