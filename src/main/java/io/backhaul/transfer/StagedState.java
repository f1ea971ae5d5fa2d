package io.backhaul.transfer;

import io.backhaul.backup.StoredFile;

/** What a staging folder durably knows about one file. */
sealed interface StagedState {
    /** Nothing that could be continued. */
    record Empty() implements StagedState {}

    /** Some bytes of an object are on the disk for good. */
    record Partial(Generation generation, Extents synced) implements StagedState {
        /** Bytes that need not come again: none of an object that no later answer can be tied to, unless all are there. */
        long kept() {
            var total = generation.total();
            var isWhole = total != null && synced.bytes() == total;
            return isWhole || generation.canBeContinued() ? synced.bytes() : 0;
        }
    }

    /** All bytes are there and were verified when they came. */
    record Whole(StoredFile file) implements StagedState {}
}
