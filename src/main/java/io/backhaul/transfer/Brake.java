package io.backhaul.transfer;

import java.util.HashSet;
import java.util.Set;

/**
 * Ends the fetches that run under it, and those that begin under it later, as {@link FetchOutcome.Stopped}: what came is
 * kept. Any thread.
 */
public final class Brake {
    private final Set<Runnable> stops = new HashSet<>();
    private boolean pulled;

    /** For good; does not wait for the fetches to end. */
    public synchronized void pull() {
        pulled = true;
        stops.forEach(Runnable::run);
    }

    /** Runs a stop once it is pulled, at once if it is already. */
    synchronized void attach(Runnable stop) {
        stops.add(stop);
        if (pulled) {
            stop.run();
        }
    }

    synchronized void detach(Runnable stop) {
        stops.remove(stop);
    }
}
