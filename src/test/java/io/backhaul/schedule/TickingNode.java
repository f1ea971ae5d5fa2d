package io.backhaul.schedule;

import io.backhaul.archive.FilesystemArchive;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Catalog;
import io.backhaul.pipeline.ArchiveRooms;
import io.backhaul.pipeline.Backoff;
import io.backhaul.pipeline.HousekeepingCycle;
import io.backhaul.pipeline.LinkCycle;
import io.backhaul.pipeline.LinkTerms;
import io.backhaul.pipeline.ListingCycle;
import io.backhaul.pipeline.NodeIdentity;
import io.backhaul.pipeline.PipelineEvents;
import io.backhaul.pipeline.Source;
import io.backhaul.pipeline.SourceLimits;
import io.backhaul.pipeline.Sources;
import io.backhaul.pipeline.Throughput;
import io.backhaul.pipeline.TransferCycle;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.Provider;
import io.backhaul.provider.Retention;
import io.backhaul.provider.Setback;
import io.backhaul.transfer.DownloadSettings;
import io.backhaul.transfer.Downloader;
import io.backhaul.transfer.TargetRules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A node with real cycles over one source that has nothing, and a record of what its ticks made it do. */
final class TickingNode implements AutoCloseable {
    static final SourceName SOURCE = new SourceName("prod");
    /** Fires in no test. */
    static final String NEVER_NOW = "0 0 3 1 1 ? 2098";

    final BlockingQueue<Long> linkTicks;
    final BlockingQueue<String> listings = new LinkedBlockingQueue<>();
    /** The cycles whose ticks broke. */
    final BlockingQueue<String> broken = new LinkedBlockingQueue<>();

    private final Catalog catalog;
    private final String name;
    private final Clock clock;
    private final Downloader downloader;
    private final TransferCycle transfers;
    private final Sources sources;
    private final ArchiveRooms rooms;
    /** While it is set, a listing waits for it. */
    private volatile @Nullable CountDownLatch gate;

    private volatile boolean listingsBreak;
    private volatile Runnable onLinks = () -> {};

    private @Nullable Schedule schedule;

    TickingNode(Catalog catalog, String name, Path archive, Clock clock) {
        this(catalog, name, archive, clock, new LinkedBlockingQueue<>());
    }

    /** @param linkTicks may be that of another node, to see the ticks of the cluster */
    TickingNode(Catalog catalog, String name, Path archive, Clock clock, BlockingQueue<Long> linkTicks) {
        this.linkTicks = linkTicks;
        this.catalog = catalog;
        this.name = name;
        this.clock = clock;
        var home = new FilesystemArchive("home", archive, name, () -> false);
        sources = new Sources(List.of(new Source(
                SOURCE,
                "huawei-dcs",
                new Empty(),
                List.of(home),
                new LinkTerms.Fixed(Duration.ofHours(1)),
                new TargetRules(List.of()),
                SourceLimits.NONE)));
        downloader = new Downloader(
                new DownloadSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, null, "backhaul/test"), clock);
        rooms = new ArchiveRooms(catalog, sources, clock, name);
        transfers = new TransferCycle(
                catalog,
                sources,
                rooms,
                downloader,
                backoff(),
                new Throughput(),
                PipelineEvents.NONE,
                clock,
                new NodeIdentity(name, "test"),
                1);
    }

    private Backoff backoff() {
        return new Backoff(clock, RandomGenerator.getDefault());
    }

    Schedule start(Map<SourceName, String> crons) {
        crons.keySet().forEach(source -> catalog.listings().register(source, "huawei-dcs", clock.instant()));
        var started = Schedule.start(
                catalog.dataSource(),
                name,
                crons,
                new Cycles(
                        new ListingCycle(catalog, sources, backoff(), PipelineEvents.NONE, clock),
                        new LinkCycle(
                                catalog,
                                sources,
                                rooms,
                                backoff(),
                                new Throughput(),
                                new LinkTicks(),
                                clock,
                                name,
                                () -> {}),
                        transfers,
                        new HousekeepingCycle(catalog, sources)),
                new BrokenOnes(),
                clock);
        schedule = started;
        return started;
    }

    void holdListings(CountDownLatch until) {
        gate = until;
    }

    void breakListings() {
        listingsBreak = true;
    }

    /** Steps in whenever links are asked for. */
    void onLinks(Runnable step) {
        onLinks = step;
    }

    /** The next of a kind, or a failure when none comes for long. */
    static <T> T next(BlockingQueue<T> events) throws InterruptedException {
        var event = events.poll(30, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no tick came");
        }
        return event;
    }

    @Override
    public void close() {
        if (schedule != null) {
            schedule.close();
        }
        transfers.close();
        downloader.close();
    }

    private final class BrokenOnes implements PipelineEvents {
        @Override
        public void cycleBroke(String cycle) {
            broken.add(cycle);
        }
    }

    private final class LinkTicks implements PipelineEvents {
        @Override
        public void cycleSucceeded(String cycle, SourceName source) {
            linkTicks.add(System.nanoTime());
        }
    }

    private final class Empty implements Provider {
        @Override
        public InstancesOutcome instances() {
            listings.add(name);
            if (listingsBreak) {
                throw new IllegalStateException("broken for the test");
            }
            var held = gate;
            if (held != null) {
                try {
                    held.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return new InstancesOutcome.Listed(List.of(), List.of(), new Coverage.Complete());
        }

        @Override
        public BackupsOutcome backups(Instance instance) {
            return new Setback.Gone("there is none");
        }

        @Override
        public LinksOutcome links(InstanceId instance, BackupId backup, Duration validity) {
            onLinks.run();
            return new Setback.Gone("there is none");
        }

        @Override
        public Retention retention() {
            return new Retention(Duration.ofDays(7), Retention.UNCAPPED);
        }

        @Override
        public Duration clockOffset() {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }
}
