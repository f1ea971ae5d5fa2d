package io.backhaul.simulator;

/** What differs between stores when an object is asked for: their words, and the headers of an object. */
interface StoreManners extends Refusals {
    WireAnswer expired();

    WireAnswer preconditionFailed();

    WireAnswer rangeOutside();

    /**
     * The answer with what this store says of an object.
     *
     * @param stored as the store has it, whatever a fault shows of it
     */
    WireAnswer described(StoredObject stored, WireAnswer answer);
}
