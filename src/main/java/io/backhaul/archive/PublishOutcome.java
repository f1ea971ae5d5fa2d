package io.backhaul.archive;

/** How publishing a set ended. Only {@link Published} makes anything visible. */
public sealed interface PublishOutcome {
    /** The set is here, whole and durable. */
    record Published() implements PublishOutcome {}

    /** The archive is full. */
    record NoRoom(String detail) implements PublishOutcome {}

    /** The archive does not take it: a fault of the disk or of its permissions. */
    record Unwritable(String detail) implements PublishOutcome {}

    /** Something that is not the set stands in its place. The archive is well; an operator must move that away. */
    record Occupied(String detail) implements PublishOutcome {}

    /** What is staged is not what the manifest says: fetch it again. Not the archive's fault. */
    record Incomplete(String detail) implements PublishOutcome {}
}
