package io.backhaul.simulator;

/** How one place words the refusals that every place knows. */
interface Refusals {
    WireAnswer throttled();

    WireAnswer unavailable();

    WireAnswer broken();

    /** Said to a credential that is right and may not do this; where a place has no words for it, a gateway's. */
    default WireAnswer forbidden() {
        return WireAnswer.empty(403);
    }
}
