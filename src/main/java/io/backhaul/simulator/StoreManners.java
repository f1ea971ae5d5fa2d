package io.backhaul.simulator;

/** What differs between stores when an object is asked for: their words, ranges, and the headers of an object. */
interface StoreManners extends Refusals {
    /** To a request whose link was good once. */
    WireAnswer expired(WireRequest request);

    WireAnswer preconditionFailed();

    WireAnswer rangeOutside();

    /**
     * What a Range header asks of an object.
     *
     * @param header empty when there is none
     */
    default ByteRanges ranges(String header, long length) {
        return ByteRanges.of(header, length);
    }

    /**
     * The answer with what this store says of an object.
     *
     * @param stored as the store has it, whatever a fault shows of it
     */
    WireAnswer described(StoredObject stored, WireAnswer answer);
}
