package io.backhaul.simulator;

import java.time.Duration;

/**
 * A fault and what it was told; made by {@link Fault}.
 *
 * @param number bytes, a position, a rate, a page; zero where the fault takes none
 * @param duration zero where the fault takes none
 * @param text empty where the fault takes none
 */
public record FaultOrder(Fault fault, long number, Duration duration, String text) {
    /** @throws IllegalArgumentException when the fault was told something it does not take */
    public FaultOrder {
        var wanted = fault.parameter();
        if (number < 0
                || (number != 0 && wanted != Fault.Parameter.NUMBER)
                || (!duration.isZero() && wanted != Fault.Parameter.DURATION)
                || text.isEmpty() == (wanted == Fault.Parameter.TEXT)) {
            throw new IllegalArgumentException(
                    fault + " takes " + wanted + ", not number=" + number + " duration=" + duration + " text=" + text);
        }
    }
}
