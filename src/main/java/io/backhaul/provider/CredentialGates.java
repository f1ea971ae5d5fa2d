package io.backhaul.provider;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;

/** The gates of all credentials: two sources with the same credential share one. Safe for use by several threads. */
public final class CredentialGates {
    private final Clock clock;
    private final ConcurrentHashMap<String, CredentialGate> gates = new ConcurrentHashMap<>();

    public CredentialGates(Clock clock) {
        this.clock = clock;
    }

    /**
     * The gate of one credential.
     *
     * @param credential what the provider counts failures by: the cloud and its access key's id, never the secret
     */
    public CredentialGate of(String credential) {
        return gates.computeIfAbsent(credential, id -> new CredentialGate(clock));
    }
}
