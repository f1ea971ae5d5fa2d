package io.backhaul.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The faults to come, in the order they were asked for. A request takes the first that suits it, and one only; a
 * request that nothing suits is answered properly. Any thread may call.
 */
public final class FaultPlan {
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(FaultOrder order, FaultTarget target, int times) {}

    /**
     * Orders a fault.
     *
     * @param times how many requests it strikes
     * @throws IllegalArgumentException when the fault cannot strike there
     */
    public synchronized void inject(FaultOrder order, FaultTarget target, int times) {
        if (times < 1 || !order.fault().canStrike(target)) {
            throw new IllegalArgumentException(order.fault() + " cannot strike " + target + " times=" + times);
        }
        entries.add(new Entry(order, target, times));
    }

    /** Orders a fault that takes no parameter. */
    public void inject(Fault fault, FaultTarget target, int times) {
        inject(fault.plain(), target, times);
    }

    /** How many strikes are still to come. */
    public synchronized int pending() {
        return entries.stream().mapToInt(Entry::times).sum();
    }

    /** Takes back all that has not struck yet. */
    public synchronized void clear() {
        entries.clear();
    }

    /** Uses up the first order for this place that suits the request. */
    synchronized Optional<FaultOrder> draw(FaultTarget place, Predicate<FaultOrder> suits) {
        for (var i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if (entry.target.covers(place) && entry.order.fault().canStrike(place) && suits.test(entry.order)) {
                if (entry.times == 1) {
                    entries.remove(i);
                } else {
                    entries.set(i, new Entry(entry.order, entry.target, entry.times - 1));
                }
                return Optional.of(entry.order);
            }
        }
        return Optional.empty();
    }
}
