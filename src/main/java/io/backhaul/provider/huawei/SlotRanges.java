package io.backhaul.provider.huawei;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which of a Redis cluster's slots the files of a backup hold, by their names (huawei.md 2.1):
 * {@code redis_{ip}_{port}_{from}-{to}_{time}.rdb}, a file for each shard. A shard may hold several ranges.
 */
final class SlotRanges {
    static final int SLOTS = 16_384;

    private static final Pattern RANGE = Pattern.compile("(?<=[_,])(\\d{1,5})-(\\d{1,5})(?=[_,.])");

    private final BitSet held;

    private SlotRanges(BitSet held) {
        this.held = held;
    }

    /** Nothing unless every name tells a range, and its own: names that are repeated are not the files' own. */
    static Optional<SlotRanges> of(List<String> names) {
        var held = new BitSet(SLOTS);
        if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
            return Optional.empty();
        }
        return names.stream().allMatch(name -> read(name, held)) ? Optional.of(new SlotRanges(held)) : Optional.empty();
    }

    boolean areWhole() {
        return held.cardinality() == SLOTS;
    }

    /** The first slots that no file holds, such as {@code 4096-8191}; only when not whole. */
    String firstHole() {
        var from = held.nextClearBit(0);
        var next = held.nextSetBit(from);
        return from + "-" + ((next < 0 ? SLOTS : next) - 1);
    }

    private static boolean read(String name, BitSet held) {
        var range = RANGE.matcher(name);
        var isRead = false;
        while (range.find()) {
            var from = Integer.parseInt(range.group(1));
            var to = Integer.parseInt(range.group(2));
            if (from > to || to >= SLOTS) {
                return false;
            }
            held.set(from, to + 1);
            isRead = true;
        }
        return isRead;
    }
}
