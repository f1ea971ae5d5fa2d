package io.backhaul.pipeline;

import io.backhaul.backup.BackupState;
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

    private static final Duration ARCHIVE_PAUSE = Duration.ofSeconds(30);
    /** A source that is not configured here may be on another node. */
    private static final Duration UNKNOWN_SOURCE = Duration.ofMinutes(10);

    private final Catalog catalog;
    private final PipelineEvents events;
    private final Clock clock;

    LeaseEnd(Catalog catalog, PipelineEvents events, Clock clock) {
        this.catalog = catalog;
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

    /** The archive or its staging cannot be used; nothing is wrong with the backup. */
    void archiveAway(Lease lease, String reason) {
        var retryAt = clock.instant().plus(ARCHIVE_PAUSE);
        log.error("set cannot be kept backup={} retryAt={} reason={}", lease.backup(), retryAt, reason);
        release(lease, resting(lease), reason, retryAt, lease.failures());
    }

    /** The provider no longer has it. */
    void gone(Lease lease, String reason) {
        log.error("backup lost: the provider no longer has it backup={} reason={}", lease.backup(), reason);
        if (release(lease, BackupState.GONE, reason, clock.instant(), lease.failures())) {
            events.backupsGone(lease.backup().source(), 1);
        }
    }

    /** Waiting will not heal it. */
    void failed(Lease lease, String reason) {
        log.error("backup failed, an operator must act backup={} reason={}", lease.backup(), reason);
        release(lease, BackupState.FAILED, reason, clock.instant(), lease.failures() + 1);
    }

    /** Where it was claimed from: what was transferring has links. */
    private static BackupState resting(Lease lease) {
        return lease.state() == BackupState.TRANSFERRING ? BackupState.LINKED : lease.state();
    }
}
