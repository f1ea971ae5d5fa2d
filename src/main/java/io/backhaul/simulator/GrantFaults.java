package io.backhaul.simulator;

import java.util.Optional;

/** The faults that answers with links have. */
final class GrantFaults {
    private GrantFaults() {}

    static boolean strikes(Fault fault, Optional<FaultOrder> order) {
        return order.filter(o -> o.fault() == fault).isPresent();
    }

    /** What an object is called in a grant that begins with {@code first}. */
    static String shownName(StoredObject object, StoredObject first, Optional<FaultOrder> order) {
        if (strikes(Fault.FILE_NAMES_REPEATED, order)) {
            return first.fileName();
        }
        return strikes(Fault.FILE_NAME_HOSTILE, order) && object.equals(first)
                ? order.orElseThrow().text()
                : object.fileName();
    }
}
