package io.backhaul.pipeline;

import io.backhaul.archive.ArchiveFailure;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.Claims;
import io.backhaul.catalog.Lease;
import io.backhaul.catalog.Stock;
import io.backhaul.transfer.StagingFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets links for the backups with the least slack, but only as many as transfer slots can soon use: a link that waits is
 * a link that dies. Preparations are not counted: only the provider knows how long one takes, and one that hangs must
 * hold up nobody. Whole sets that a crash left unrecorded are found here and adopted instead of fetched again.
 */
public final class LinkCycle {
    private static final Logger log = LoggerFactory.getLogger(LinkCycle.class);

    /** Backups with links for each transfer slot of the fleet, at least. */
    private static final int IN_HAND_PER_SLOT = 2;
    /** More where they are so small that slots would run dry before the next ticks bring others. */
    private static final double IN_HAND_SECONDS = 3;
    /** What a backup takes a slot besides its bytes. */
    private static final double SECONDS_EACH = 0.1;
    /** Requests under way at once. */
    private static final int ABREAST = 8;
    /** Backups claimed at once: to look for the most urgent of thousands costs more than to ask for one's links. */
    private static final int CLAIMED = 4 * ABREAST;

    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("links-", 1).factory();

    /** One fill lasts no longer: with a large fleet something is always due, and whoever watches waits for its end. */
    private static final Duration FILL = Duration.ofMinutes(1);

    private static final Duration TERM = Duration.ofMinutes(5);
    private static final Duration NODE_ALIVE = Duration.ofMinutes(1);

    private final Catalog catalog;
    private final Sources sources;
    private final ArchiveRooms rooms;
    private final LinkDesk desk;
    private final Adoption adoption;
    private final LeaseEnd end;
    private final Throughput throughput;
    private final PipelineEvents events;
    private final Clock clock;
    private final String node;
    private final Runnable linked;
    private final SilentSources silent = new SilentSources();

    /** @param linked called whenever a backup has got its links: they live from now on, and wait for a slot */
    public LinkCycle(
            Catalog catalog,
            Sources sources,
            ArchiveRooms rooms,
            Backoff backoff,
            Throughput throughput,
            PipelineEvents events,
            Clock clock,
            String node,
            Runnable linked) {
        this.catalog = catalog;
        this.sources = sources;
        this.rooms = rooms;
        this.desk = new LinkDesk(catalog, backoff, throughput, events, clock);
        this.adoption = new Adoption(catalog, events, clock);
        this.end = new LeaseEnd(catalog, rooms, backoff, events, clock);
        this.throughput = throughput;
        this.events = events;
        this.clock = clock;
        this.node = node;
        this.linked = linked;
    }

    /**
     * Fills the stock of links, until nothing is due, enough are in hand, or a minute has passed. Sources that are
     * silent come last, so that their time-outs hold up no other.
     *
     * @return whether it ended for the time alone: the next is to follow at once
     */
    public boolean fill() {
        var end = clock.instant().plus(FILL);
        catalog.links()
                .lapseOverdue(clock.instant())
                .forEach((source, links) -> events.linksEnded(source, LinkState.LAPSED, links));
        var isCutShort = false;
        try {
            isCutShort = serveUntil(end);
        } catch (InterruptedException e) {
            // Only a stop interrupts; what was claimed and not served is due again when its lease ends.
            Thread.currentThread().interrupt();
        }
        sources.all().forEach(source -> events.cycleSucceeded("links", source.name()));
        return isCutShort;
    }

    /** Tells whether the time came first. */
    private boolean serveUntil(Instant end) throws InterruptedException {
        try (var workers = Executors.newFixedThreadPool(ABREAST, THREADS)) {
            var due = List.<Lease>of();
            do {
                due = claim(CLAIMED, silent.all());
                workers.invokeAll(asTasks(due));
            } while (!due.isEmpty() && clock.instant().isBefore(end));
            var speaking = new HashSet<>(sources.concurrency().keySet());
            if (speaking.removeAll(silent.all())) {
                workers.invokeAll(asTasks(claim(ABREAST, speaking)));
            }
            return !due.isEmpty();
        }
    }

    private List<Callable<Void>> asTasks(List<Lease> due) {
        return due.stream().map(this::asTask).toList();
    }

    private Callable<Void> asTask(Lease lease) {
        return () -> {
            try {
                serve(lease);
            } catch (RuntimeException e) {
                log.error("link request broke, due again when its lease ends backup={}", lease.backup(), e);
                events.cycleBroke("links");
            }
            return null;
        };
    }

    private List<Lease> claim(int most, Set<SourceName> passedOver) {
        var barred = rooms.barred();
        var room = room(catalog.claims().barring(barred));
        return catalog.claims()
                .barring(barred.and(room.full()).and(passedOver))
                .claimForLinks(node, Math.min(most, room.atOnce()), TERM, throughput.bytesPerSecond(), clock.instant());
    }

    /** For links in hand: of each source as many as its own slots can soon use, if every node has the same bounds. */
    private SourceRoom room(Claims claims) {
        var slots = catalog.nodes().slots(NODE_ALIVE);
        var nodes = catalog.nodes().alive(NODE_ALIVE);
        var stock = claims.stock(clock.instant());
        var each = sources.concurrency().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        source -> missing(stock.getOrDefault(source.getKey(), Stock.NONE), (int)
                                Math.min(slots, (long) nodes * source.getValue()))));
        return new SourceRoom(missing(stock.values().stream().reduce(Stock.NONE, Stock::and), slots), each);
    }

    private int missing(Stock stock, int slots) {
        var missing = IN_HAND_PER_SLOT * slots - stock.backups();
        if (missing > 0) {
            return missing;
        }
        var work = stock.bytes().bytes() / throughput.bytesPerSecond() + stock.backups() * SECONDS_EACH;
        return work < IN_HAND_SECONDS * slots ? CLAIMED : 0;
    }

    private void serve(Lease lease) {
        var source = sources.find(lease.backup().source());
        if (source.isEmpty()) {
            end.sourceUnknown(lease);
            return;
        }
        try {
            if (!adoption.adopt(lease, source.get())) {
                askIfThereIsRoom(lease, source.get());
            }
        } catch (ArchiveFailure e) {
            end.archiveFailed(lease, source.get(), String.valueOf(e.getMessage()));
        } catch (StagingFailure e) {
            end.archiveFailed(lease, source.get(), "staging: " + e.getMessage());
        }
    }

    /** A link for what cannot be kept would only die. */
    private void askIfThereIsRoom(Lease lease, Source source) {
        var refusal = rooms.refusal(lease, source);
        if (refusal.isPresent()) {
            end.archivePaused(lease, refusal.get());
        } else {
            ask(lease, source);
        }
    }

    private void ask(Lease lease, Source source) {
        var now = clock.instant();
        var answer = desk.begin(lease, source);
        if (answer instanceof LinkDesk.Answer.NotNow wait && wait.isSilent()) {
            silent.silent(source.name());
        } else {
            silent.heard(source.name());
        }
        switch (answer) {
            case LinkDesk.Answer.Ready ready -> linked.run();
            case LinkDesk.Answer.Preparing wait -> prepares(lease, wait, now);
            case LinkDesk.Answer.NotNow wait ->
                end.release(lease, lease.state(), wait.reason(), wait.retryAt(), lease.failures() + 1);
            case LinkDesk.Answer.Gone gone -> end.gone(lease, gone.reason());
            case LinkDesk.Answer.Never never -> end.failed(lease, never.reason());
            case LinkDesk.Answer.LeaseLost lost -> log.warn("lease lost backup={}", lease.backup());
        }
    }

    /** Said once: the looks that follow change nothing. */
    private void prepares(Lease lease, LinkDesk.Answer.Preparing wait, Instant now) {
        if (catalog.links().lookAgain(lease, wait.task(), wait.checkAfter(), now)
                && lease.state() != BackupState.PREPARING) {
            log.info(
                    "the provider prepares it first backup={} task={} lookAgainAt={}",
                    lease.backup(),
                    wait.task(),
                    wait.checkAfter());
        }
    }
}
