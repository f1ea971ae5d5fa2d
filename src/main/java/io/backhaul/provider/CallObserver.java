package io.backhaul.provider;

import java.time.Duration;

/** Told about every request that was really sent; for metrics. Must not block, and is called by several threads. */
@FunctionalInterface
public interface CallObserver {
    CallObserver NONE = (operation, outcome, took) -> {};

    /**
     * A request ended.
     *
     * @param operation one of a cloud's few words, never an id
     * @param outcome {@code ok}, or the kind of setback in lower case
     */
    void called(String operation, String outcome, Duration took);
}
