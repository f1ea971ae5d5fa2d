package io.backhaul.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider did not give what was asked: one case for each thing that we do about it. The reason names status,
 * code and the provider's message, and never a key, token or link.
 */
public sealed interface Setback extends InstancesOutcome, BackupsOutcome, LinksOutcome {
    /** For people: what was asked, what came back. */
    String reason();

    /** We ask too often. {@code retryAt} is the provider's word in our time, or null when it gave none. */
    record Throttled(String reason, @Nullable Instant retryAt) implements Setback {}

    /** The thing asked for is in another flow just now; try again later. */
    record Busy(String reason) implements Setback {}

    /** The instance or backup is no more. */
    record Gone(String reason) implements Setback {}

    /**
     * The credentials were refused, or rest after a refusal: nothing more is asked with them before
     * {@code probeAt} (in our time).
     */
    record Denied(String reason, Instant probeAt) implements Setback {}

    /** Asking again will not help: not permitted, not supported, or a request that the provider takes for wrong. */
    record Refused(String reason) implements Setback {}

    /** No usable answer: network, time-out, 5xx, or an answer that cannot be read. */
    record Unavailable(String reason) implements Setback {}
}
