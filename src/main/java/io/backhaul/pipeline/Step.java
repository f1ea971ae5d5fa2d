package io.backhaul.pipeline;

import io.backhaul.backup.StoredFile;
import java.time.Instant;

/** What one step of bringing a file home came to, and so what follows. */
sealed interface Step {
    /**
     * The file stands whole and verified in staging.
     *
     * @param isRenewed whether its set's links were renewed meanwhile: what was known of other files is old
     */
    record Done(StoredFile file, boolean isRenewed) implements Step {}

    /** The file stood whole in staging already: good, but no step forward. */
    record Found(StoredFile file) implements Step {}

    /** Something moved on: go on at once. */
    record Again() implements Step {}

    /**
     * Nothing can be done just now.
     *
     * @param failures tries in a row without a step forward, this one included
     */
    record Pause(String reason, Instant retryAt, int failures) implements Step {}

    /** An archive is paused: nothing of it is the backup's fault, and it goes on when the archive does. */
    record NotKept(String reason) implements Step {}

    /** The provider exports it again; look at the task later. */
    record Prepare(String task, Instant checkAfter) implements Step {}

    /** The provider no longer has it. */
    record Gone(String reason) implements Step {}

    /** Waiting will not heal it: an operator must act. */
    record Failed(String reason) implements Step {}

    /** Somebody else works on it now: drop everything, write nothing. */
    record LeaseLost() implements Step {}

    /** The daemon is stopping; what came is kept. */
    record Stopped() implements Step {}
}
