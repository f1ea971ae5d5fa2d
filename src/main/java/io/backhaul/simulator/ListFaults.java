package io.backhaul.simulator;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Lists in pages, and the faults that lists have. */
final class ListFaults {
    private ListFaults() {}

    /** A page's items and the list's total. */
    record Listed<T>(int total, List<T> items) {
        Listed {
            items = List.copyOf(items);
        }
    }

    /**
     * Faults about pages wait for the page that they are about.
     *
     * @param asked the page, or a refusal of nonsense, which no such fault strikes
     */
    static boolean suit(FaultOrder order, Supplier<Page> asked) {
        return switch (order.fault()) {
            case PAGE_REPEATED, LIST_SHRINKS ->
                page(asked).filter(Page::isLater).isPresent();
            case PAGE_FAILS ->
                page(asked).filter(p -> p.number() == order.number()).isPresent();
            default -> true;
        };
    }

    /**
     * A page of a list, under a fault.
     *
     * @param delete deletes an item for good
     */
    static <T> Listed<T> listing(
            Page page, Optional<FaultOrder> order, Supplier<List<T>> all, Consumer<T> delete, Refusals refusals) {
        var fault = order.map(FaultOrder::fault).orElse(null);
        if (fault == Fault.PAGE_FAILS) {
            throw new Refused(refusals.broken());
        }
        if (fault == Fault.LIST_SHRINKS) {
            all.get().stream().findFirst().ifPresent(delete);
        }
        var items = all.get();
        return new Listed<>(items.size(), (fault == Fault.PAGE_REPEATED ? page.before() : page).of(items));
    }

    private static Optional<Page> page(Supplier<Page> asked) {
        try {
            return Optional.of(asked.get());
        } catch (Refused nonsense) {
            return Optional.empty();
        }
    }
}
