package io.backhaul.simulator;

/** How one place words the refusals that every place knows. */
interface Refusals {
    WireAnswer throttled();

    WireAnswer unavailable();

    WireAnswer broken();
}
