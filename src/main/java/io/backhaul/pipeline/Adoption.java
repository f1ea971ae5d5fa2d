package io.backhaul.pipeline;

import io.backhaul.archive.Archive;
import io.backhaul.backup.LinkState;
import io.backhaul.catalog.Attempts.Copy;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.Lease;
import java.time.Clock;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A crash between the rename that shows a set and the row that says so leaves a whole set nobody knows of. Whoever works
 * on the backup next looks here first, and takes it as it is.
 */
final class Adoption {
    private static final Logger log = LoggerFactory.getLogger(Adoption.class);

    private final Catalog catalog;
    private final PipelineEvents events;
    private final Clock clock;

    Adoption(Catalog catalog, PipelineEvents events, Clock clock) {
        this.catalog = catalog;
        this.events = events;
        this.clock = clock;
    }

    /** Records the backup as archived if every archive of its source shows its whole set; tells whether it did. */
    boolean adopt(Lease lease, Source source) {
        var copies = new ArrayList<Copy>();
        for (var archive : source.archives()) {
            var manifest = archive.find(lease.key());
            if (manifest.isEmpty()) {
                return false;
            }
            copies.add(
                    new Copy(archive.name(), lease.key().path(), manifest.get().size()));
        }
        var files = source.home().find(lease.key()).orElseThrow().files();
        source.archives().forEach((Archive archive) -> archive.discardStaging(lease.key()));
        var links = catalog.links().endAll(lease, LinkState.SPENT, "the set was archived before", clock.instant());
        if (links > 0) {
            events.linksEnded(source.name(), LinkState.SPENT, links);
        }
        log.info("whole set found in every archive and adopted backup={}", lease.backup());
        return catalog.attempts().saveFiles(lease, files, clock.instant())
                && catalog.attempts().archived(lease, copies, clock.instant());
    }
}
