package io.backhaul.provider;

import io.backhaul.provider.Setback.Throttled;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The rates that we keep of ourselves, one bucket per credential, operation and rate, shared by all sources with that
 * credential. A short wait is waited for; a long one is answered as throttled, so that no thread is held up by it.
 * Safe for use by several threads.
 */
public final class RateLimits {
    /** Waits up to this long are waited; for a longer one there is a row and a later tick. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private record Key(String credential, String operation, Rate rate) {}

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final BlockingStrategy pause;
    private final ConcurrentHashMap<Key, Bucket> buckets = new ConcurrentHashMap<>();

    public RateLimits(Clock clock, LongSupplier nanoTime) {
        this(clock, nanoTime, BlockingStrategy.PARKING);
    }

    RateLimits(Clock clock, LongSupplier nanoTime, BlockingStrategy pause) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /** Takes one call from the allowance; what is given back says why it must not be made now. */
    public Optional<Throttled> admit(String credential, String operation, Rate rate) {
        var bucket = buckets.computeIfAbsent(new Key(credential, operation, rate), key -> bucket(rate));
        var why = "our own limit of " + rate.perSecond() + "/s for " + operation;
        try {
            if (bucket.asBlocking().tryConsume(1, LONGEST_WAIT, pause)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "stopped while waiting for " + why;
        }
        var wait = Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
        return Optional.of(new Throttled(why, clock.instant().plus(wait)));
    }

    private Bucket bucket(Rate rate) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
                .withCustomTimePrecision(new Ticks(nanoTime))
                .build();
    }

    private record Ticks(LongSupplier nanoTime) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
