package io.backhaul.simulator;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The faults that Huawei's lists have, and their pages. */
final class ListFaults {
    private ListFaults() {}

    /** A page's items and the list's total. */
    record Listed<T>(int total, List<T> items) {}

    /** Faults about pages wait for the page that they are about. */
    static boolean suit(FaultOrder order, WireRequest request, HuaweiErrors errors) {
        return switch (order.fault()) {
            case PAGE_REPEATED, LIST_SHRINKS ->
                page(request, errors).filter(Page::isLater).isPresent();
            case PAGE_FAILS ->
                page(request, errors).filter(p -> p.number() == order.number()).isPresent();
            default -> true;
        };
    }

    /**
     * The page that a request asks for, under a fault.
     *
     * @param delete deletes an item for good
     */
    static <T> Listed<T> listing(
            WireRequest request,
            HuaweiErrors errors,
            Optional<FaultOrder> order,
            Supplier<List<T>> all,
            Consumer<T> delete) {
        var page = Page.of(request, errors);
        var fault = order.map(FaultOrder::fault).orElse(null);
        if (fault == Fault.PAGE_FAILS) {
            throw new Refused(errors.broken());
        }
        if (fault == Fault.LIST_SHRINKS) {
            all.get().stream().findFirst().ifPresent(delete);
        }
        var items = all.get();
        return new Listed<>(items.size(), (fault == Fault.PAGE_REPEATED ? page.before() : page).of(items));
    }

    private static Optional<Page> page(WireRequest request, HuaweiErrors errors) {
        try {
            return Optional.of(Page.of(request, errors));
        } catch (Refused nonsense) {
            return Optional.empty();
        }
    }
}
