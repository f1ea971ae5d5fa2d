package io.backhaul.pipeline;

import io.backhaul.archive.Archive;
import io.backhaul.archive.ArchiveFailure;
import io.backhaul.archive.PublishOutcome;
import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.Manifest;
import io.backhaul.backup.StoredFile;
import io.backhaul.catalog.Attempts.Copy;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.FileOfSet;
import io.backhaul.catalog.Lease;
import io.backhaul.transfer.Brake;
import io.backhaul.transfer.StagedFile;
import io.backhaul.transfer.StagingFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one set home under a lease: every file to staging, then the whole to every archive, then the row. */
final class SetTransfer {
    private static final Logger log = LoggerFactory.getLogger(SetTransfer.class);

    /** The epoch of a backup whose first lease brought its links: under it nobody can have tried before. */
    private static final int FIRST_TRANSFER = 2;

    private final Catalog catalog;
    private final Sources sources;
    private final ArchiveRooms rooms;
    private final FileTransfer files;
    private final Adoption adoption;
    private final LeaseEnd end;
    private final PipelineEvents events;
    private final Clock clock;
    private final NodeIdentity node;

    SetTransfer(
            Catalog catalog,
            Sources sources,
            ArchiveRooms rooms,
            FileTransfer files,
            Adoption adoption,
            LeaseEnd end,
            PipelineEvents events,
            Clock clock,
            NodeIdentity node) {
        this.catalog = catalog;
        this.sources = sources;
        this.rooms = rooms;
        this.files = files;
        this.adoption = adoption;
        this.end = end;
        this.events = events;
        this.clock = clock;
        this.node = node;
    }

    /**
     * Works until the set is home, must wait, or cannot come; ends the lease in every case but its loss.
     *
     * @param brake ends its fetches before their time
     */
    void run(Lease lease, Brake brake) {
        var source = sources.find(lease.backup().source());
        if (source.isEmpty()) {
            end.sourceUnknown(lease);
            return;
        }
        if (lease.epoch() > FIRST_TRANSFER) {
            abandonEarlierAttempts(lease);
        }
        try (var booking = rooms.booking(lease, source.get(), brake)) {
            bringHome(lease, source.get(), booking);
        } catch (ArchiveFailure e) {
            end.archiveFailed(lease, source.get(), String.valueOf(e.getMessage()));
        } catch (StagingFailure e) {
            end.archiveFailed(lease, source.get(), "staging: " + e.getMessage());
        }
    }

    /** Whoever made them cannot count them any more. */
    private void abandonEarlierAttempts(Lease lease) {
        var abandoned = catalog.attempts().abandonEarlier(lease, clock.instant());
        for (var n = 0; n < abandoned; n++) {
            events.attemptEnded(lease.backup().source(), AttemptOutcome.ABANDONED);
        }
    }

    private void bringHome(Lease lease, Source source, Booking booking) {
        if (adoption.adopt(lease, source)) {
            return;
        }
        var ready = source.home().ready(lease.key());
        if (ready.isPresent()) {
            end.spent(lease);
            if (catalog.attempts().saveFiles(lease, ready.get().files(), clock.instant())) {
                publish(lease, source, source.home().staging(lease.key()), ready.get());
            } else {
                stop(lease, new Step.LeaseLost());
            }
            return;
        }
        var refusal = booking.begin(rooms.kept(lease, source));
        if (refusal.isPresent()) {
            end.archivePaused(lease, refusal.get());
        } else {
            log.info("transfer begins backup={} attempt={}", lease.backup(), lease.failures() + 1);
            gather(lease, source, source.home().staging(lease.key()), booking);
        }
    }

    private void gather(Lease lease, Source source, Path staging, Booking booking) {
        var home = new LinkedHashMap<Long, StoredFile>();
        var failures = lease.failures();
        for (var missing = missing(lease, home); !missing.isEmpty(); ) {
            var file = missing.peek();
            var step = files.advance(lease, source, file, staged(staging, file), booking, failures);
            switch (step) {
                case Step.Done done -> {
                    home.put(missing.remove().fileId(), done.file());
                    missing = done.isRenewed() ? missing(lease, home) : missing;
                    failures = 0;
                }
                case Step.Found found -> home.put(missing.remove().fileId(), found.file());
                case Step.Again again -> missing = missing(lease, home);
                default -> {
                    stop(lease, step);
                    return;
                }
            }
        }
        if (home.isEmpty()) {
            // A set of nothing is no backup: ask for its links anew.
            end.release(lease, BackupState.WAITING, "no file of it is known", clock.instant(), lease.failures());
            return;
        }
        if (home.size() > 1) {
            // a renewal for the later files renewed the earlier ones' links too
            end.spent(lease);
        }
        publish(lease, source, staging, manifest(lease, source, List.copyOf(home.values())));
    }

    /** The files that are not home; to be read anew after a link has ended: a new grant brings links and may bring files. */
    private Queue<FileOfSet> missing(Lease lease, Map<Long, StoredFile> home) {
        return catalog.links().files(lease).stream()
                .filter(file -> !home.containsKey(file.fileId()))
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    private static StagedFile staged(Path staging, FileOfSet file) {
        return StagedFile.in(staging, file.givenName(), file.storedName());
    }

    private void stop(Lease lease, Step step) {
        var now = clock.instant();
        switch (step) {
            case Step.Pause pause -> {
                log.warn(
                        "transfer pauses backup={} attempt={} retryAt={} reason={}",
                        lease.backup(),
                        pause.failures(),
                        pause.retryAt(),
                        pause.reason());
                end.release(lease, BackupState.LINKED, pause.reason(), pause.retryAt(), pause.failures());
            }
            case Step.NotKept paused -> end.archivePaused(lease, paused.reason());
            case Step.Prepare wait -> catalog.links().lookAgain(lease, wait.task(), wait.checkAfter(), now);
            case Step.Gone gone -> end.gone(lease, gone.reason());
            case Step.Failed failed -> end.failed(lease, failed.reason());
            case Step.Stopped stopped -> {
                log.info("transfer stopped, whoever claims it next goes on backup={}", lease.backup());
                end.release(lease, BackupState.LINKED, "stopped by us", now, lease.failures());
            }
            case Step.LeaseLost lost -> log.warn("lease lost, work dropped backup={}", lease.backup());
            case Step.Done done -> throw new IllegalStateException("not an end: " + step);
            case Step.Found found -> throw new IllegalStateException("not an end: " + step);
            case Step.Again again -> throw new IllegalStateException("not an end: " + step);
        }
    }

    private Manifest manifest(Lease lease, Source source, List<StoredFile> files) {
        var names = files.stream().map(StoredFile::givenName).toList();
        return new Manifest(
                lease.key(),
                source.kind(),
                lease.instanceName(),
                lease.given(),
                files,
                source.provider().completeness(names).stream().toList(),
                clock.instant(),
                node.name(),
                node.version());
    }

    /**
     * The lease held a moment ago, when the last of its files was saved. Home comes last: where it shows the set, every
     * archive shows it, and nothing need be staged again.
     */
    private void publish(Lease lease, Source source, Path staging, Manifest manifest) {
        var copies = new ArrayList<Copy>();
        for (var archive : source.archives().reversed()) {
            var outcome = archive.publish(staging, manifest);
            if (!(outcome instanceof PublishOutcome.Published)) {
                notPublished(lease, source, archive, manifest, outcome);
                return;
            }
            copies.add(new Copy(archive.name(), lease.key().path(), manifest.size()));
        }
        if (catalog.attempts().archived(lease, copies, clock.instant())) {
            events.archived(lease.backup());
            log.info(
                    "archived backup={} files={} bytes={}",
                    lease.backup(),
                    manifest.files().size(),
                    manifest.size().bytes());
        } else {
            log.warn("lease lost after the set became visible, its next owner adopts it backup={}", lease.backup());
        }
    }

    private void notPublished(Lease lease, Source source, Archive archive, Manifest manifest, PublishOutcome outcome) {
        var where = "archive " + archive.name() + ": ";
        switch (outcome) {
            case PublishOutcome.NoRoom full ->
                end.archivePaused(lease, rooms.lack(lease, archive.name(), toCome(source, archive, manifest)));
            case PublishOutcome.Unwritable broken -> end.archiveFailed(lease, source, where + broken.detail());
            case PublishOutcome.Occupied taken -> end.setRefused(lease, where + taken.detail());
            case PublishOutcome.Incomplete incomplete -> {
                events.verifyFailed(archive.name());
                end.setRefused(lease, where + "staged set not whole: " + incomplete.detail());
            }
            case PublishOutcome.Published published -> throw new IllegalStateException("not a refusal: " + outcome);
        }
    }

    /** At home the files are there already; the manifest lives off the reserve. */
    private static long toCome(Source source, Archive archive, Manifest manifest) {
        return archive.name().equals(source.home().name()) ? 1 : manifest.size().bytes();
    }
}
