package io.backhaul.provider;

import java.time.Instant;
import java.util.Optional;

/** What differs between clouds in a single call: how it is signed, and what its answers mean. */
public interface Dialect {
    /** The request with its signature and whatever headers go with it. */
    ApiRequest sign(ApiRequest request, Instant providerTime);

    /**
     * What a refusal means; nothing when the answer is a success.
     *
     * @param now our time, for the instants inside a setback
     */
    Optional<Setback> setback(ApiRequest request, ApiAnswer answer, Instant now);

    /** Tells whether the only fault was our clock: signed again in the provider's time, the request may pass. */
    boolean isStaleSignature(ApiAnswer answer);
}
