package io.backhaul.archive;

/** How publishing a set ended. Only {@link Published} makes anything visible. */
public sealed interface PublishOutcome {
    /** The set is here, whole and durable. */
    record Published() implements PublishOutcome {}

    /** The archive is full. */
    record NoRoom(String detail) implements PublishOutcome {}

    /** The archive does not take it: a fault of the disk, of its permissions, or something else stands in its place. */
    record Unwritable(String detail) implements PublishOutcome {}

    /** What is staged is not what the manifest says: fetch it again. Not the archive's fault. */
    record Incomplete(String detail) implements PublishOutcome {}
}
