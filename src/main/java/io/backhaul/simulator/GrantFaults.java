package io.backhaul.simulator;

import java.util.Optional;

/** The faults of file names in an answer with links. */
final class GrantFaults {
    private GrantFaults() {}

    /** What an object is called in a grant that begins with {@code first}. */
    static String shownName(StoredObject object, StoredObject first, Optional<FaultOrder> order) {
        var fault = order.map(FaultOrder::fault).orElse(null);
        if (fault == Fault.FILE_NAMES_REPEATED) {
            return first.fileName();
        }
        return fault == Fault.FILE_NAME_HOSTILE && object.equals(first)
                ? order.orElseThrow().text()
                : object.fileName();
    }
}
