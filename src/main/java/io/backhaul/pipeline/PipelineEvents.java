package io.backhaul.pipeline;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;

/**
 * What happens, for whoever counts or shows it. Called on working threads, so it must be quick; whoever wants only some
 * of it overrides only that.
 */
public interface PipelineEvents {
    /** Nobody listens. */
    PipelineEvents NONE = new PipelineEvents() {};

    /** A cycle did what it was there for. */
    default void cycleSucceeded(String cycle, SourceName source) {}

    /** A cycle, or its work on one backup, broke by a fault that is no outcome; it is tried again by itself. */
    default void cycleBroke(String cycle) {}

    /** A provider was asked for links. */
    default void linksRequested(SourceName source, String outcome) {}

    /** Links of one file or of many have ended. */
    default void linksEnded(SourceName source, LinkState state, int links) {}

    /** A node began to bring a set home. */
    default void transferBegan(BackupRef backup) {}

    /** Bytes came over the wire. */
    default void bytesMoved(BackupRef backup, long bytes) {}

    /** One try over one link has ended. */
    default void attemptEnded(SourceName source, AttemptOutcome outcome) {}

    /** What was staged for an archive did not pass its checks, and will not be kept there as it is. */
    default void verifyFailed(String archive) {}

    /** A set is whole, verified and visible in every archive. */
    default void archived(BackupRef backup) {}

    /** The node's work on a set has ended, well or not. */
    default void transferEnded(BackupRef backup) {}

    /** Backups were lost. */
    default void backupsGone(SourceName source, int backups) {}
}
