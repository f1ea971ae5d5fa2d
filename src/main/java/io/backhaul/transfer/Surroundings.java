package io.backhaul.transfer;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a fetch works with beside its request.
 *
 * @param lastStatus of the latest answer to any of its streams; 0 before
 */
record Surroundings(
        StoreClients clients,
        TargetRules rules,
        Redaction redaction,
        Duration stallTimeout,
        int segments,
        Thresholds thresholds,
        ExtraStreams extras,
        Throttle throttle,
        Clock clock,
        AtomicInteger lastStatus) {
    StoreStatus table() {
        return new StoreStatus(clock, redaction);
    }

    Wire newWire() {
        return new Wire(clients, rules, redaction, stallTimeout, lastStatus);
    }
}
