package io.backhaul.simulator;

import java.util.LinkedHashSet;
import java.util.Set;

/** Marks that count once: nonces, so that no request comes twice. It remembers the newest ten thousand. Any thread may call. */
final class UsedMarks {
    private static final int MOST_REMEMBERED = 10_000;

    private final Set<String> seen = new LinkedHashSet<>();

    /** Takes a mark; false when it was taken before. */
    synchronized boolean take(String mark) {
        if (seen.size() == MOST_REMEMBERED) {
            seen.remove(seen.iterator().next());
        }
        return seen.add(mark);
    }
}
