package io.backhaul.pipeline;

import io.backhaul.provider.Setback;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.Level;

/** What setbacks have in common for every cycle. */
final class Setbacks {
    private Setbacks() {}

    /** The time before which the provider does not want to hear from us, where it named one. */
    static Optional<Instant> notBefore(Setback setback) {
        return switch (setback) {
            case Setback.Throttled throttled -> Optional.ofNullable(throttled.retryAt());
            case Setback.Denied denied -> Optional.of(denied.probeAt());
            case Setback.Busy busy -> Optional.empty();
            case Setback.Gone gone -> Optional.empty();
            case Setback.Refused refused -> Optional.empty();
            case Setback.Unavailable unavailable -> Optional.empty();
        };
    }

    /** How loud they are said: refusals wait for an operator, the others heal by themselves. */
    static Level level(List<Setback> setbacks) {
        return setbacks.stream()
                        .anyMatch(setback -> setback instanceof Setback.Denied || setback instanceof Setback.Refused)
                ? Level.ERROR
                : Level.WARN;
    }
}
