package io.backhaul.provider;

import io.backhaul.backup.Grant;
import java.time.Instant;

/** What came of asking for the links of a backup. */
public sealed interface LinksOutcome permits LinksOutcome.Granted, LinksOutcome.Preparing, Setback {
    /** Links for every file. */
    record Granted(Grant grant) implements LinksOutcome {}

    /**
     * The provider is exporting the backup first.
     *
     * @param task the provider's id of the export
     * @param checkAfter when asking again makes sense, in our time
     */
    record Preparing(String task, Instant checkAfter) implements LinksOutcome {}
}
