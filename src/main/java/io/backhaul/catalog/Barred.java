package io.backhaul.catalog;

import io.backhaul.backup.SourceName;
import java.util.HashSet;
import java.util.Set;

/**
 * What a node cannot take or keep just now, and so must not claim.
 *
 * @param sources whatever they have
 * @param backupIds rows of the catalog
 */
public record Barred(Set<SourceName> sources, Set<Long> backupIds) {
    /** Everything may be claimed. */
    public static final Barred NOTHING = new Barred(Set.of(), Set.of());

    public Barred {
        sources = Set.copyOf(sources);
        backupIds = Set.copyOf(backupIds);
    }

    /** These, and whatever some more sources have. */
    public Barred and(Set<SourceName> more) {
        var all = new HashSet<>(sources);
        all.addAll(more);
        return new Barred(all, backupIds);
    }

    /** These, and some more backups. */
    public Barred andBackups(Set<Long> more) {
        var all = new HashSet<>(backupIds);
        all.addAll(more);
        return new Barred(sources, all);
    }
}
