package io.backhaul.pipeline;

import io.backhaul.backup.SourceName;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many more backups each source may have in hand, where all together may have only so many: one that is full is
 * passed over and does not keep others from the rest.
 */
record SourceRoom(int all, Map<SourceName, Integer> each) {
    /**
     * Room that is left.
     *
     * @param most of all sources together
     * @param mostOfEach by source; without an entry no bound
     * @param taken by source
     */
    static SourceRoom of(int most, Map<SourceName, Integer> mostOfEach, Map<SourceName, Integer> taken) {
        var counted = taken.values().stream().mapToInt(Integer::intValue).sum();
        var each = mostOfEach.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> Math.max(0, one.getValue() - taken.getOrDefault(one.getKey(), 0))));
        return new SourceRoom(most - counted, each);
    }

    /** Sources that may have no more. */
    Set<SourceName> full() {
        return each.entrySet().stream()
                .filter(one -> one.getValue() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** So many may be taken at once, whichever of the other sources they turn out to be of; none or less: no room. */
    int atOnce() {
        return each.values().stream().filter(room -> room > 0).reduce(all, Math::min);
    }
}
