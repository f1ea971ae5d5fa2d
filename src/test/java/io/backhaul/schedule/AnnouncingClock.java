package io.backhaul.schedule;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The real time, and a word to whoever waits for somebody to read it. */
final class AnnouncingClock extends Clock {
    private final Semaphore readings = new Semaphore(0);

    boolean awaitReadings(int count) throws InterruptedException {
        return readings.tryAcquire(count, 30, TimeUnit.SECONDS);
    }

    @Override
    public Instant instant() {
        readings.release();
        return Clock.systemUTC().instant();
    }

    @Override
    public ZoneId getZone() {
        return Clock.systemUTC().getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
