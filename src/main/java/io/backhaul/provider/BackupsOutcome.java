package io.backhaul.provider;

import io.backhaul.backup.ListedBackup;
import java.util.List;

/** What came of asking for the backups of an instance. */
public sealed interface BackupsOutcome permits BackupsOutcome.Listed, Setback {
    /** Every backup found. With {@link Coverage.Partial}, one that is missing here may still exist. */
    record Listed(List<ListedBackup> backups, Coverage coverage) implements BackupsOutcome {
        public Listed {
            backups = List.copyOf(backups);
        }
    }
}
