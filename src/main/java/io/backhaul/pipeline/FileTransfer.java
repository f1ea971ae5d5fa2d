package io.backhaul.pipeline;

import io.backhaul.backup.LinkState;
import io.backhaul.backup.StoredFile;
import io.backhaul.catalog.Attempts;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.FileOfSet;
import io.backhaul.catalog.Lease;
import io.backhaul.catalog.LiveLink;
import io.backhaul.transfer.Downloader;
import io.backhaul.transfer.FetchOutcome;
import io.backhaul.transfer.FetchReport;
import io.backhaul.transfer.FetchRequest;
import io.backhaul.transfer.Renewal;
import io.backhaul.transfer.StagedFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one file of a set home, step by step: a new link where the one in hand is dead, one fetch over it, and a verdict
 * on what came of it. Every fetch and every end of a link becomes a row before the next step.
 */
final class FileTransfer {
    private static final Logger log = LoggerFactory.getLogger(FileTransfer.class);

    /** A fetch that broke after this much has earned another at once; less must wait its turn. */
    private static final long WORTH_GOING_ON = 1 << 20;
    /** Wrong answers after which waiting is not believed to heal a file that is wrong rather than late. */
    private static final int PATIENCE_WITH_WRONG_BYTES = 5;
    /** A maintenance page in the file's place may stay for hours; with back-off these tries last as long. */
    private static final int PATIENCE_WITH_WRONG_PAGES = 30;
    /** One new grant after a refusal of a fresh link, then an operator must look (DESIGN 5, rule 5). */
    private static final int PATIENCE_WITH_REJECTION = 2;
    /** Tries without a byte over one link, after which the next goes over another: its host may be one that answers. */
    private static final int PATIENCE_WITH_BARREN_LINK = 3;

    private final Catalog catalog;
    private final ArchiveRooms rooms;
    private final Downloader downloader;
    private final LinkDesk desk;
    private final Backoff backoff;
    private final Throughput throughput;
    private final SilentSources silent;
    private final PipelineEvents events;
    private final Clock clock;
    private final String node;

    FileTransfer(
            Catalog catalog,
            ArchiveRooms rooms,
            Downloader downloader,
            LinkDesk desk,
            Backoff backoff,
            Throughput throughput,
            SilentSources silent,
            PipelineEvents events,
            Clock clock,
            String node) {
        this.catalog = catalog;
        this.rooms = rooms;
        this.downloader = downloader;
        this.desk = desk;
        this.backoff = backoff;
        this.throughput = throughput;
        this.silent = silent;
        this.events = events;
        this.clock = clock;
        this.node = node;
    }

    /**
     * One step.
     *
     * @param booking the room that it may fill, and its brake
     * @param failures tries in a row without a step forward, so far
     */
    Step advance(Lease lease, Source source, FileOfSet file, StagedFile staged, Booking booking, int failures) {
        var finished = staged.finished();
        var link = file.link();
        if (finished.isPresent()) {
            if (!catalog.attempts().saveFiles(lease, List.of(finished.get()), clock.instant())) {
                return new Step.LeaseLost();
            }
            if (link != null) {
                end(lease, source, link, LinkState.SPENT, "its file was home before it was needed");
            }
            return new Step.Found(finished.get());
        }
        if (link == null) {
            return renew(lease, source, failures);
        }
        if (isOver(link)) {
            end(lease, source, link, LinkState.LAPSED, "its time ran out");
            return renew(lease, source, failures);
        }
        return fetch(lease, source, file, link, staged, booking, failures);
    }

    private Step renew(Lease lease, Source source, int failures) {
        return switch (desk.renew(lease, source)) {
            case LinkDesk.Answer.Ready ready -> new Step.Again();
            case LinkDesk.Answer.Preparing wait -> new Step.Prepare(wait.task(), wait.checkAfter());
            case LinkDesk.Answer.NotNow wait -> {
                if (wait.isSilent()) {
                    silent.silent(source.name());
                }
                yield new Step.Pause(wait.reason(), wait.retryAt(), failures + 1);
            }
            case LinkDesk.Answer.Gone gone -> new Step.Gone(gone.reason());
            case LinkDesk.Answer.Never never -> new Step.Failed(never.reason());
            case LinkDesk.Answer.LeaseLost lost -> new Step.LeaseLost();
        };
    }

    private Step fetch(
            Lease lease,
            Source source,
            FileOfSet file,
            LiveLink link,
            StagedFile staged,
            Booking booking,
            int failures) {
        var began = clock.instant();
        var attempt = catalog.attempts().begin(lease, file.fileId(), link, node, began);
        if (attempt.isEmpty()) {
            return new Step.LeaseLost();
        }
        var isRenewed = new AtomicBoolean();
        var report = downloader.fetch(
                new FetchRequest(
                        link.url(),
                        link.usableUntil(),
                        () -> {
                            isRenewed.set(true);
                            return anotherLink(lease, source, file);
                        },
                        staged,
                        source.targets(),
                        file.size(),
                        bytes -> {
                            booking.filled(bytes);
                            events.bytesMoved(lease.backup(), bytes);
                        },
                        booking,
                        booking.brake()),
                source.limits().throttle());
        var now = clock.instant();
        if (isSilence(report)) {
            silent.silent(source.name());
        } else {
            silent.heard(source.name());
        }
        throughput.measured(report.moved().bytes(), Duration.between(began, now));
        var step = report.outcome() instanceof FetchOutcome.Complete complete
                ? cameHome(
                        lease, source, file, attempt.getAsLong(), end(report, null), complete.file(), isRenewed.get())
                : judge(lease, source, file, link, booking, report, failures);
        if (!(report.outcome() instanceof FetchOutcome.Complete)) {
            var retryAt = step instanceof Step.Pause pause ? pause.retryAt() : null;
            catalog.attempts().end(attempt.getAsLong(), end(report, retryAt), now);
        }
        events.attemptEnded(source.name(), report.outcome().asAttempt());
        if (report.outcome() instanceof FetchOutcome.Damaged) {
            events.verifyFailed(source.home().name());
        }
        return step;
    }

    private static boolean isSilence(FetchReport report) {
        var isBroken = report.outcome() instanceof FetchOutcome.Cut || report.outcome() instanceof FetchOutcome.Stalled;
        return isBroken && report.moved().bytes() == 0;
    }

    /** For streams that the file wants when its link is too old for them, while others still bring bytes. */
    private Optional<Renewal.Renewed> anotherLink(Lease lease, Source source, FileOfSet file) {
        try {
            if (!(desk.renew(lease, source) instanceof LinkDesk.Answer.Ready)) {
                return Optional.empty();
            }
            return catalog.links().files(lease).stream()
                    .filter(one -> one.fileId() == file.fileId())
                    .flatMap(one -> Stream.ofNullable(one.link()))
                    .map(link -> new Renewal.Renewed(link.url(), link.usableUntil()))
                    .findFirst();
        } catch (RuntimeException e) {
            log.warn("no other link, the streams there are go on backup={} reason={}", lease.backup(), e.toString());
            return Optional.empty();
        }
    }

    private static Attempts.End end(FetchReport report, @Nullable Instant retryAt) {
        return new Attempts.End(
                report.outcome().asAttempt(),
                report.fromByte(),
                report.moved(),
                report.httpStatus(),
                report.outcome().detail(),
                retryAt);
    }

    private Step cameHome(
            Lease lease,
            Source source,
            FileOfSet file,
            long attempt,
            Attempts.End end,
            StoredFile stored,
            boolean isRenewed) {
        return switch (catalog.attempts().complete(lease, attempt, end, file.fileId(), stored, clock.instant())) {
            case LINK_SPENT -> {
                events.linksEnded(source.name(), LinkState.SPENT, 1);
                yield new Step.Done(stored, isRenewed);
            }
            case LINK_ENDED_BEFORE -> new Step.Done(stored, isRenewed);
            case LEASE_LOST -> new Step.LeaseLost();
        };
    }

    private Step judge(
            Lease lease,
            Source source,
            FileOfSet file,
            LiveLink link,
            Booking booking,
            FetchReport report,
            int failures) {
        return switch (report.outcome()) {
            case FetchOutcome.Complete complete -> throw new IllegalStateException("no trouble: " + complete);
            case FetchOutcome.LinkDead dead -> linkDied(lease, source, file, link, report, dead);
            case FetchOutcome.ObjectMissing missing -> rejected(lease, source, file, link, missing.detail());
            case FetchOutcome.Cut cut -> goOn(lease, source, link, report, failures);
            case FetchOutcome.Stalled stalled -> goOn(lease, source, link, report, failures);
            case FetchOutcome.ServerFault fault -> pause(lease, fault.detail(), null, failures);
            case FetchOutcome.Throttled wait -> pause(lease, wait.detail(), wait.retryAt(), failures);
            case FetchOutcome.NewGeneration fresh -> wrong(lease, file, fresh, PATIENCE_WITH_WRONG_BYTES, failures);
            case FetchOutcome.Damaged damaged -> wrong(lease, file, damaged, PATIENCE_WITH_WRONG_BYTES, failures);
            case FetchOutcome.NotTheFile page -> wrong(lease, file, page, PATIENCE_WITH_WRONG_PAGES, failures);
            case FetchOutcome.TargetRefused refused -> new Step.Failed(refused.detail());
            case FetchOutcome.NoRoom full -> new Step.NotKept(booking.lack());
            case FetchOutcome.DiskFault broken ->
                rooms.examine(lease, source)
                        .<Step>map(Step.NotKept::new)
                        .orElseGet(() -> pause(lease, broken.detail(), null, failures));
            case FetchOutcome.Stopped stopped ->
                booking.isShortOfRoom() ? new Step.NotKept(booking.lack()) : new Step.Stopped();
        };
    }

    /**
     * A dead link is expiry if its time is up by our clock, or if it has worked before: links die early with the
     * credential that signed them. Else the store means something else by it.
     */
    private Step linkDied(
            Lease lease, Source source, FileOfSet file, LiveLink link, FetchReport report, FetchOutcome.LinkDead dead) {
        if (isOver(link) || report.gained() > 0 || catalog.attempts().hasMoved(link)) {
            end(lease, source, link, LinkState.EXPIRED, dead.detail());
            return new Step.Again();
        }
        return rejected(lease, source, file, link, dead.detail());
    }

    private Step rejected(Lease lease, Source source, FileOfSet file, LiveLink link, String detail) {
        end(lease, source, link, LinkState.REJECTED, detail);
        return catalog.links().rejectedInARow(file.fileId()) < PATIENCE_WITH_REJECTION
                ? new Step.Again()
                : new Step.Failed("the store refuses fresh links: " + detail);
    }

    /** Once a link is too old for a further request, the file goes on over the next one at once. */
    private Step goOn(Lease lease, Source source, LiveLink link, FetchReport report, int failures) {
        var gained = report.gained();
        if (gained >= WORTH_GOING_ON || (gained > 0 && isOver(link))) {
            return new Step.Again();
        }
        if (report.moved().bytes() == 0 && catalog.attempts().barren(link) + 1 >= PATIENCE_WITH_BARREN_LINK) {
            end(
                    lease,
                    source,
                    link,
                    LinkState.RENEWED,
                    "not a byte came over it in " + PATIENCE_WITH_BARREN_LINK + " tries: "
                            + report.outcome().detail());
        }
        // Some bytes are a step forward: the next break is the first again.
        return pause(lease, report.outcome().detail(), null, gained > 0 ? 0 : failures);
    }

    private boolean isOver(LiveLink link) {
        return !clock.instant().isBefore(link.usableUntil());
    }

    private Step pause(Lease lease, String reason, @Nullable Instant notBefore, int failures) {
        var tries = failures + 1;
        return new Step.Pause(reason, backoff.next(tries, notBefore, lease.deadline()), tries);
    }

    /** Tries that failed for another reason, such as a store that was down, are not held against the file. */
    private Step wrong(Lease lease, FileOfSet file, FetchOutcome outcome, int patience, int failures) {
        var tries = failures + 1;
        var wrong = 1 + catalog.attempts().wrongSoFar(file.fileId());
        return Math.min(tries, wrong) >= patience
                ? new Step.Failed("the file came wrong " + wrong + " times, at last "
                        + outcome.asAttempt().label() + ": " + outcome.detail())
                : new Step.Pause(outcome.detail(), backoff.next(tries, null, lease.deadline()), tries);
    }

    private void end(Lease lease, Source source, LiveLink link, LinkState state, String reason) {
        if (catalog.links().end(lease, link.linkId(), state, reason, clock.instant())) {
            events.linksEnded(source.name(), state, 1);
        }
    }
}
