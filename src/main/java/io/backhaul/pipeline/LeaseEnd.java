package io.backhaul.pipeline;

import io.backhaul.backup.BackupState;
import io.backhaul.backup.LinkState;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How work under a lease ends, whichever cycle did it: the row, the count, and the line that says what happens next. */
final class LeaseEnd {
    private static final Logger log = LoggerFactory.getLogger(LeaseEnd.class);

    /** A set that is refused has been hashed whole for it, and is tried as long as nobody acts: never sooner than this. */
    private static final Duration SET_PAUSE = Duration.ofSeconds(30);
    /** A source that is not configured here may be on another node. */
    private static final Duration UNKNOWN_SOURCE = Duration.ofMinutes(10);

    private final Catalog catalog;
    private final ArchiveRooms rooms;
    private final Backoff backoff;
    private final PipelineEvents events;
    private final Clock clock;

    LeaseEnd(Catalog catalog, ArchiveRooms rooms, Backoff backoff, PipelineEvents events, Clock clock) {
        this.catalog = catalog;
        this.rooms = rooms;
        this.backoff = backoff;
        this.events = events;
        this.clock = clock;
    }

    /** Ends the lease with a state from which somebody goes on at the given time; tells whether it was still held. */
    boolean release(Lease lease, BackupState to, String reason, Instant retryAt, int failures) {
        return catalog.claims().release(lease, to, reason, retryAt, failures, clock.instant());
    }

    /** Nobody here knows how to ask for it. */
    void sourceUnknown(Lease lease) {
        release(
                lease,
                resting(lease),
                "its source is not configured",
                clock.instant().plus(UNKNOWN_SOURCE),
                lease.failures());
    }

    /** An archive is paused, and has said so; due again at once, for whoever has the archive, or when it goes on. */
    void archivePaused(Lease lease, String reason) {
        log.debug("set waits for its archive backup={} reason={}", lease.backup(), reason);
        release(lease, resting(lease), reason, clock.instant(), lease.failures());
    }

    /** An archive or its staging has failed: a pause of the archive, or of this set alone if that is well. */
    void archiveFailed(Lease lease, Source source, String reason) {
        rooms.examine(lease, source)
                .ifPresentOrElse(pause -> archivePaused(lease, pause), () -> setRefused(lease, reason));
    }

    /** The archive is well and does not take this set; nothing is wrong with the backup. */
    void setRefused(Lease lease, String reason) {
        var failures = lease.failures() + 1;
        var retryAt = backoff.next(failures, clock.instant().plus(SET_PAUSE), lease.deadline());
        log.error(
                "set cannot be kept, an operator must act backup={} retryAt={} reason={}",
                lease.backup(),
                retryAt,
                reason);
        release(lease, resting(lease), reason, retryAt, failures);
    }

    /** The provider no longer has it. */
    void gone(Lease lease, String reason) {
        endLinks(lease, LinkState.LAPSED, "the backup is gone");
        log.error("backup lost: the provider no longer has it backup={} reason={}", lease.backup(), reason);
        if (release(lease, BackupState.GONE, reason, clock.instant(), lease.failures())) {
            events.backupsGone(lease.backup().source(), 1);
        }
    }

    /** Waiting will not heal it. */
    void failed(Lease lease, String reason) {
        endLinks(lease, LinkState.LAPSED, "the backup is failed");
        log.error("backup failed, an operator must act backup={} reason={}", lease.backup(), reason);
        release(lease, BackupState.FAILED, reason, clock.instant(), lease.failures() + 1);
    }

    /** Every file of it is at home: links that are still alive were not needed. */
    void spent(Lease lease) {
        endLinks(lease, LinkState.SPENT, "the set is at home");
    }

    /** Its links end first and are counted here; the move that follows finds none alive. */
    private void endLinks(Lease lease, LinkState state, String reason) {
        var links = catalog.links().endAll(lease, state, reason, clock.instant());
        if (links > 0) {
            events.linksEnded(lease.backup().source(), state, links);
        }
    }

    /** Where it was claimed from: what was transferring has links. */
    private static BackupState resting(Lease lease) {
        return lease.state() == BackupState.TRANSFERRING ? BackupState.LINKED : lease.state();
    }
}
