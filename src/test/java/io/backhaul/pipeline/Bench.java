package io.backhaul.pipeline;

import io.backhaul.ArchiveOnDisk;
import io.backhaul.ManualClock;
import io.backhaul.archive.Archive;
import io.backhaul.archive.FilesystemArchive;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.config.HostPattern;
import io.backhaul.config.InstanceSelection;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.huawei.HuaweiCredential;
import io.backhaul.provider.huawei.HuaweiDcs;
import io.backhaul.provider.huawei.HuaweiProject;
import io.backhaul.provider.huawei.HuaweiSettings;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.SimulatedCloud;
import io.backhaul.transfer.DownloadSettings;
import io.backhaul.transfer.Downloader;
import io.backhaul.transfer.TargetRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The whole pipeline on a bench: real catalog, provider, downloader and archives against the simulated cloud, all by one
 * clock that the test moves, each cycle stepped by hand.
 */
final class Bench implements AutoCloseable {
    static final SourceName SOURCE = new SourceName("prod");
    static final String CACHE = "5560df16-cebf-4473-95c4-d1b573c16e79";
    static final int SLOTS = 2;

    private static final String PROJECT = "0123456789abcdef0123456789abcdef";
    private static final String KEY = "AKIDOFTHEBENCH000001";
    private static final String SECRET = "the-secret-of-the-bench";
    private static final Duration STALL = Duration.ofMillis(400);
    /** More steps than any backup here needs. */
    private static final int PATIENCE = 60;

    final ManualClock clock = ManualClock.at("2026-11-21T10:00:00Z");
    final SimulatedCloud cloud = new SimulatedCloud(CloudSettings.of(KEY, SECRET, PROJECT, clock));
    final Catalog catalog;
    final BenchDatabase rows;
    final BenchEvents events = new BenchEvents();
    final Backoff backoff = new Backoff(clock, new Random(1));
    private final Path folder;
    private final Map<String, ByteCount> room = new ConcurrentHashMap<>();
    private final List<Archive> archives = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final ProviderRuntime runtime = ProviderRuntime.of(clock, System::nanoTime, "test");
    private int segments = 1;
    private boolean movesAtOnce;
    private InstanceSelection selection = new InstanceSelection.All();

    /** One daemon's cycles. */
    record Node(ListingCycle listing, LinkCycle links, TransferCycle transfers, HuaweiDcs provider) {}

    /** A cloud with one empty instance, and a source that keeps its sets in one archive for each name, home first. */
    Bench(TestDatabase.Emptied database, Path folder, String... archiveNames) {
        this.catalog = database.catalog();
        this.rows = new BenchDatabase(database.address());
        this.folder = folder;
        for (var name : archiveNames) {
            makeFolder(archive(name));
            archives.add(watched(name));
        }
        cloud.start();
        cloud.dcs().add(DcsInstance.masterStandby(CACHE, "cache", "6.0", 4));
    }

    private Archive watched(String name) {
        return new WatchedArchive(
                new FilesystemArchive(name, archive(name), "node", () -> false),
                events::published,
                free -> room.getOrDefault(name, free));
    }

    /** From now on an archive's disk has so much free, whatever is written to it. */
    void leaveFree(String archive, long bytes) {
        room.put(archive, new ByteCount(bytes));
    }

    private static void makeFolder(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path archive(String name) {
        return folder.resolve(name);
    }

    ArchiveOnDisk onDisk(String name) {
        return new ArchiveOnDisk(archive(name));
    }

    /** A backup of one file, whose name is {@code <id>.rdb}. */
    void addBackup(String id, Content content) {
        cloud.dcs().add(CACHE, DcsBackup.of(id, made(), List.of(BackupFile.of(id + ".rdb", content))));
    }

    Instant made() {
        return clock.instant().minus(Duration.ofHours(1));
    }

    /** A daemon with the right key, made known to the catalog. */
    Node node(String name) {
        return node(name, SECRET, SLOTS, archives);
    }

    Node nodeWithKey(String name, String secret) {
        return node(name, secret, SLOTS, archives);
    }

    Node nodeWithSlots(String name, int slots) {
        return node(name, SECRET, slots, archives);
    }

    private Node node(String name, String secret, int slots, List<Archive> kept) {
        var source = source(SOURCE, secret, kept);
        return node(name, slots, List.of(source));
    }

    /** The bench's source under a name, with these archives. */
    Source source(SourceName name, String secret, List<Archive> kept) {
        return source(name, secret, kept, SourceLimits.NONE);
    }

    private Source source(SourceName name, String secret, List<Archive> kept, SourceLimits limits) {
        var settings = new HuaweiSettings(
                name,
                cloud.endpoint(),
                new HuaweiProject.Known(PROJECT),
                new HuaweiCredential.Signing(AccessKey.permanent(KEY, secret)),
                null,
                selection,
                Duration.ofDays(7));
        return new Source(
                name,
                "huawei-dcs",
                new HuaweiDcs(settings, runtime),
                kept,
                new LinkTerms.Fitted(),
                new TargetRules(List.of(new HostPattern("127.0.0.1"))),
                limits);
    }

    /** The bench's own source. */
    Source source() {
        return source(SOURCE, SECRET, archives);
    }

    /** A source that is kept in one archive of its own. */
    Source sourceOf(String name, String archive) {
        return sourceOf(name, archive, SourceLimits.NONE);
    }

    Source sourceOf(String name, String archive, SourceLimits limits) {
        return source(new SourceName(name), SECRET, List.of(watched(archive)), limits);
    }

    /** How many streams the nodes that follow may send after one file. */
    void segments(int most) {
        segments = most;
    }

    /** Which instances the source of the nodes that follow covers from now on; before it is all of them. */
    void select(String... instances) {
        selection = new InstanceSelection.Listed(
                Stream.of(instances).map(InstanceId::new).toList());
    }

    /** Whether nodes that follow move what has links without being told, as a daemon does. */
    void moveAtOnce() {
        movesAtOnce = true;
    }

    Node node(String name, int slots, List<Source> configured) {
        var sources = new Sources(configured);
        configured.forEach(source -> catalog.listings().register(source.name(), source.kind(), Instant.EPOCH));
        var throughput = new Throughput();
        var rooms = new ArchiveRooms(catalog, sources, clock, name);
        var settings = new DownloadSettings(Duration.ofSeconds(2), STALL, segments, null, "bench");
        var downloader = new Downloader(settings, clock);
        var transfers = new TransferCycle(
                catalog,
                sources,
                rooms,
                downloader,
                backoff,
                throughput,
                events,
                clock,
                new NodeIdentity(name, "test"),
                slots);
        transfers.start();
        Runnable linked = movesAtOnce ? transfers::fillIdle : () -> {};
        var node = new Node(
                new ListingCycle(catalog, sources, backoff, events, clock),
                new LinkCycle(catalog, sources, rooms, backoff, throughput, events, clock, name, linked),
                transfers,
                (HuaweiDcs) configured.getFirst().provider());
        nodes.add(node);
        return node;
    }

    /** Lists now, due or not. */
    void list(Node node) {
        node.listing().request(SOURCE);
        node.listing().listIfDue(SOURCE);
    }

    /** Lets a node transfer whatever is due now, and waits for its end. */
    void transfer(Node node) {
        node.transfers().fill();
        events.awaitQuiet(node.transfers());
        // What ended last claims once more by itself; this waits for it, and for what it may have claimed.
        node.transfers().fill();
        events.awaitQuiet(node.transfers());
    }

    /** One round of what is due now. */
    void round(Node node) {
        node.links().fill();
        transfer(node);
    }

    /** Goes on, from one waiting row to the next, until every backup is settled. */
    void settle(Node node) {
        list(node);
        for (var round = 0; round < PATIENCE; round++) {
            round(node);
            var next = rows.nextAttempt();
            if (next.isEmpty()) {
                return;
            }
            clock.advanceTo(next.get());
        }
        throw new AssertionError("never settled: " + rows.of("select provider_id, state, reason from backup"));
    }

    /** Takes a backup away from whoever works on it, as another node does once a lease has ended. */
    void stealLease(BackupRef backup) {
        stealLease(backup.backup().value());
    }

    void stealLease(String backup) {
        rows.change("update backup set lease_epoch = lease_epoch + 1, lease_owner = 'thief',"
                + " lease_until = now() + interval '1 hour' where provider_id = '" + backup + "'");
    }

    /** The thief dies. */
    void endStolenLease() {
        rows.change("update backup set lease_until = now() - interval '1 second' where lease_owner = 'thief'");
    }

    @Override
    public void close() {
        cloud.close();
        nodes.forEach(node -> {
            node.transfers().close();
            node.provider().close();
        });
    }
}
