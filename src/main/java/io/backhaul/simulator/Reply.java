package io.backhaul.simulator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint has decided.
 *
 * @param place what was asked for, as far as it was understood
 * @param order the fault that struck
 */
record Reply(
        WireAnswer answer,
        @Nullable FaultTarget place,
        @Nullable FaultOrder order) {
    /** A refusal before anything else was looked at. */
    static Reply refusing(WireAnswer answer) {
        return new Reply(answer, null, null);
    }

    static Reply to(FaultTarget place, WireAnswer answer, Optional<FaultOrder> order) {
        return new Reply(answer, place, order.orElse(null));
    }
}
