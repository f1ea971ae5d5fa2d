package io.backhaul.pipeline;

import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.Lease;
import io.backhaul.transfer.Brake;
import io.backhaul.transfer.Downloader;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's transfer slots busy with the backups that have the least slack, and its leases alive. A slot that
 * falls free claims the next at once, and so does a node that stands idle when links come; the tick only starts what
 * became due by time or on another node. Stopping cuts the streams, keeps what came, and gives the leases back.
 */
public final class TransferCycle implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TransferCycle.class);

    /** How long a lease outlives its node; {@link #renewLeases} comes several times within it. */
    public static final Duration LEASE_TERM = Duration.ofSeconds(60);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);

    private final Catalog catalog;
    private final ArchiveRooms rooms;
    private final Sources sources;
    private final SetTransfer transfer;
    private final Downloader downloader;
    private final Throughput throughput;
    private final PipelineEvents events;
    private final Clock clock;
    private final NodeIdentity node;
    private final int slots;
    private final ExecutorService workers;
    private final Map<Lease, Brake> held = new ConcurrentHashMap<>();
    private final SilentSources silent = new SilentSources();
    private boolean stopping;

    /** @param slots how many sets may be on their way at once */
    public TransferCycle(
            Catalog catalog,
            Sources sources,
            ArchiveRooms rooms,
            Downloader downloader,
            Backoff backoff,
            Throughput throughput,
            PipelineEvents events,
            Clock clock,
            NodeIdentity node,
            int slots) {
        this.catalog = catalog;
        this.rooms = rooms;
        this.sources = sources;
        this.downloader = downloader;
        this.throughput = throughput;
        this.events = events;
        this.clock = clock;
        this.node = node;
        this.slots = slots;
        // not virtual ones: they are few, and each call to a file would take a carrier away from the others
        workers = Executors.newFixedThreadPool(
                slots, Thread.ofPlatform().daemon().name("transfer-", 1).factory());
        var desk = new LinkDesk(catalog, backoff, throughput, events, clock);
        var files = new FileTransfer(
                catalog, rooms, downloader, desk, backoff, throughput, silent, events, clock, node.name());
        this.transfer = new SetTransfer(
                catalog,
                sources,
                rooms,
                files,
                new Adoption(catalog, events, clock),
                new LeaseEnd(catalog, rooms, backoff, events, clock),
                events,
                clock,
                node);
    }

    /** Makes this node known, and its earlier run's backups free to be claimed. */
    public void start() {
        var takenBack = catalog.nodes().register(node.name(), node.version(), slots);
        rooms.start();
        log.info("node ready node={} slots={} takenBack={}", node.name(), slots, takenBack);
    }

    /**
     * Looks after the archives, then claims for every free slot what is due, less what is of a source that has as many
     * on their way as it may, or one where it is silent; waits for no transfer.
     */
    public void fill() {
        rooms.look();
        claim();
    }

    /** Claims at once if this node stands idle; else what is under way claims when it ends, or the tick does. */
    public void fillIdle() {
        if (held.isEmpty()) {
            claimBetweenTicks();
        }
    }

    private void claimBetweenTicks() {
        try {
            claim();
        } catch (RuntimeException e) {
            log.warn("no claim between the ticks, the next one claims reason={}", e.toString());
        }
    }

    private synchronized void claim() {
        if (stopping) {
            return;
        }
        var claimed = 0;
        var wanted = 0;
        do {
            var room = room();
            wanted = room.atOnce();
            claimed = claim(wanted, room.full());
        } while (claimed > 0 && claimed == wanted);
    }

    private SourceRoom room() {
        var taken = held.keySet().stream()
                .collect(Collectors.toMap(lease -> lease.backup().source(), lease -> 1, Integer::sum));
        return SourceRoom.of(slots, silent.bounding(sources.concurrency()), taken);
    }

    private int claim(int most, Set<SourceName> full) {
        var due = catalog.claims()
                .barring(rooms.barred().and(full).andBackups(underWay()))
                .claimForTransfer(node.name(), most, LEASE_TERM, throughput.bytesPerSecond(), clock.instant());
        for (var lease : due) {
            var brake = new Brake();
            held.put(lease, brake);
            workers.execute(() -> run(lease, brake));
        }
        return due.size();
    }

    /**
     * After a pause of the machine or the database, a lease may have ended while its transfer still writes to the staging
     * folder: a second transfer there would spoil it. The next renewal takes the lease up again, or drops the work.
     */
    private Set<Long> underWay() {
        return held.keySet().stream().map(Lease::backupId).collect(Collectors.toSet());
    }

    private void run(Lease lease, Brake brake) {
        events.transferBegan(lease.backup());
        try {
            transfer.run(lease, brake);
        } catch (RuntimeException e) {
            // The lease ends by itself and somebody tries again; what came is staged.
            log.error("transfer broke, due again when its lease ends backup={}", lease.backup(), e);
            events.cycleBroke("transfer");
        } finally {
            held.remove(lease);
            events.transferEnded(lease.backup());
        }
        claimBetweenTicks();
    }

    /** Says that this node is alive and prolongs the leases it works under. */
    public void renewLeases() {
        catalog.nodes().heartbeat(node.name());
        var working = Set.copyOf(held.keySet());
        if (!working.isEmpty()) {
            var still = catalog.nodes().renew(node.name(), working, LEASE_TERM);
            working.stream().filter(lease -> !still.contains(lease)).forEach(this::drop);
        }
        // last: leases must live on whatever becomes of it
        rooms.report();
    }

    /** Whatever its transfer would still bring could not be kept. */
    private void drop(Lease lost) {
        var brake = held.get(lost);
        if (brake != null) {
            log.warn("lease lost, its work is dropped backup={}", lost.backup());
            brake.pull();
        }
    }

    /** How many sets this node brings home right now. */
    public int active() {
        return held.size();
    }

    /** Cuts the streams and waits until every transfer has given its lease back. */
    @Override
    public void close() {
        synchronized (this) {
            stopping = true;
        }
        downloader.stop();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("transfers still running, their leases end by themselves transfers={}", held.size());
                workers.shutdownNow();
            }
            catalog.nodes().remove(node.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
