package io.backhaul.pipeline;

import io.backhaul.backup.SourceName;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Sources from which nothing came the last times. Each further try may last as long as its time-outs, and what others
 * have would wait for it: so they come last, or one at a time, until something comes again. As this node sees it, since
 * another may have another way there. Any thread.
 */
final class SilentSources {
    /** Tries in a row; fewer are the bad luck of a backup. */
    private static final int ENOUGH = 3;

    private final Map<SourceName, Integer> inARow = new ConcurrentHashMap<>();

    /** One more try has ended without a word or a byte. */
    void silent(SourceName source) {
        inARow.merge(source, 1, Integer::sum);
    }

    /** Something came. */
    void heard(SourceName source) {
        inARow.remove(source);
    }

    Set<SourceName> all() {
        return inARow.entrySet().stream()
                .filter(one -> one.getValue() >= ENOUGH)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Bounds of each source, with those that are silent at one. */
    Map<SourceName, Integer> bounding(Map<SourceName, Integer> mostOfEach) {
        var silent = all();
        return mostOfEach.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> silent.contains(one.getKey()) ? Integer.valueOf(1) : one.getValue()));
    }
}
