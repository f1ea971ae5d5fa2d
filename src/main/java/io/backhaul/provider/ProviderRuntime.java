package io.backhaul.provider;

import io.backhaul.config.Trust;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What every cloud of this process is built with. Gates and limits are shared by all sources; the observer is one
 * source's.
 *
 * @param nanoTime ticks for durations, as System.nanoTime
 * @param trust whose certificates are believed
 * @param rate of each operation; null for what each cloud takes as usual
 * @param version ours, for the User-Agent
 */
public record ProviderRuntime(
        Clock clock,
        LongSupplier nanoTime,
        CredentialGates gates,
        RateLimits limits,
        CallTimeouts timeouts,
        CallObserver observer,
        Trust trust,
        @Nullable Rate rate,
        String version) {
    /** A runtime with gates and limits of its own, the default time-outs, the system's trust, and nobody watching yet. */
    public static ProviderRuntime of(Clock clock, LongSupplier nanoTime, String version) {
        return new ProviderRuntime(
                clock,
                nanoTime,
                new CredentialGates(clock),
                new RateLimits(clock, nanoTime),
                CallTimeouts.DEFAULT,
                CallObserver.NONE,
                Trust.ofSystem(),
                null,
                version);
    }

    /** The same gates and limits, watched by a source's observer. */
    public ProviderRuntime watchedBy(CallObserver other) {
        return new ProviderRuntime(clock, nanoTime, gates, limits, timeouts, other, trust, rate, version);
    }

    /** The same with other authorities. */
    public ProviderRuntime trusting(Trust other) {
        return new ProviderRuntime(clock, nanoTime, gates, limits, timeouts, observer, other, rate, version);
    }

    /** The same, asking as often as an operator says. */
    public ProviderRuntime asking(Rate other) {
        return new ProviderRuntime(clock, nanoTime, gates, limits, timeouts, observer, trust, other, version);
    }
}
