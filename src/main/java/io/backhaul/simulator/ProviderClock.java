package io.backhaul.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The time as the provider sees it: a given clock, wrong by as much as was ordered. */
final class ProviderClock extends Clock {
    private final Clock truth;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    ProviderClock(Clock truth) {
        this.truth = truth;
    }

    void setAheadBy(Duration ahead) {
        offset.set(ahead);
    }

    @Override
    public Instant instant() {
        return truth.instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
