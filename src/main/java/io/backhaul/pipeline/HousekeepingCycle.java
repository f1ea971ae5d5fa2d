package io.backhaul.pipeline;

import io.backhaul.archive.Archive;
import io.backhaul.archive.ArchiveFailure;
import io.backhaul.backup.SetKey;
import io.backhaul.catalog.Catalog;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives back the disk that staged bytes hold whose backup has settled in another way: gone, or archived by another node. */
public final class HousekeepingCycle {
    private static final Logger log = LoggerFactory.getLogger(HousekeepingCycle.class);

    private final Catalog catalog;
    private final Sources sources;

    public HousekeepingCycle(Catalog catalog, Sources sources) {
        this.catalog = catalog;
        this.sources = sources;
    }

    /** Tidies every archive of this node. */
    public void tidy() {
        sources.all().stream()
                .flatMap(source -> source.archives().stream())
                .distinct()
                .forEach(this::tidy);
    }

    /** What is staged is read before what is wanted: whatever is begun in between is not touched. */
    private void tidy(Archive archive) {
        try {
            var staged = archive.staged();
            var wanted =
                    catalog.claims().unfinished().stream().map(SetKey::path).collect(Collectors.toSet());
            staged.stream().filter(path -> !wanted.contains(path)).forEach(path -> {
                archive.discardStaging(path);
                log.info("staged bytes given up, their backup has settled archive={} set={}", archive.name(), path);
            });
        } catch (ArchiveFailure e) {
            log.warn("staging not tidied, the next tick tries again reason={}", e.getMessage());
        }
    }
}
