package io.backhaul.simulator;

/** What differs between stores when an object is asked for: their words, ranges, and the headers of an object. */
interface StoreManners extends Refusals {
    /** To a request whose link was good once. */
    WireAnswer expired(WireRequest request);

    WireAnswer preconditionFailed();

    WireAnswer rangeOutside();

    /** Whether a tag that a client names is an object's. */
    default boolean isTag(String wanted, String etag) {
        return wanted.equals(etag);
    }

    /**
     * What a Range header asks of an object; a request for several ranges gets everything where a store serves one only.
     *
     * @param header empty when there is none
     */
    default ByteRanges ranges(String header, long length) {
        var ranges = ByteRanges.of(header, length);
        return ranges.ranges().size() > 1 ? ByteRanges.none() : ranges;
    }

    /** Of every object. */
    default String contentType() {
        return "application/octet-stream";
    }

    /**
     * The answer with what this store says of an object.
     *
     * @param stored as the store has it, whatever a fault shows of it
     */
    WireAnswer described(StoredObject stored, WireAnswer answer);
}
