package io.backhaul.cli;

import io.backhaul.catalog.Histories;
import io.backhaul.catalog.Histories.BackupRow;
import java.util.stream.Collectors;

/** What an operator means by a backup: the provider's id, or {@code source/instance/backup} where that is not enough. */
final class BackupWord {
    private BackupWord() {}

    /**
     * The one backup that is meant.
     *
     * @throws UsageException when there is none, or more than one: what to write instead
     */
    static BackupRow one(Histories histories, String word) {
        var found = histories.find(word);
        if (found.isEmpty()) {
            throw new UsageException("no backup \"" + word + "\" in the catalog; `backhaul list` names those it knows");
        }
        if (found.size() > 1) {
            throw new UsageException("\"" + word + "\" may be any of these, name one whole: "
                    + found.stream().map(row -> row.backup().toString()).collect(Collectors.joining(", ")));
        }
        return found.getFirst();
    }
}
