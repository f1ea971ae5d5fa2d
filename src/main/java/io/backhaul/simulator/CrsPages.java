package io.backhaul.simulator;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A list in pages, and the faults that lists have. */
final class CrsPages {
    private CrsPages() {}

    /** A page of a list and the count of it all. */
    record Listed<T>(int total, List<T> items) {
        Listed {
            items = List.copyOf(items);
        }
    }

    /** Whether a fault of lists can strike this page. */
    static boolean suits(FaultOrder order, Optional<Page> page) {
        return switch (order.fault()) {
            case PAGE_REPEATED, LIST_SHRINKS -> page.filter(Page::isLater).isPresent();
            case PAGE_FAILS -> page.filter(p -> p.number() == order.number()).isPresent();
            default -> true;
        };
    }

    static <T> Listed<T> of(
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
}
