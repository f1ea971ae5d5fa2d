package io.backhaul.provider;

import java.time.Duration;

/**
 * How long one call may take. Reading must end long before 15 minutes: a signed request that is delivered later than
 * that comes back as an authentication error (huawei.md 7).
 */
public record CallTimeouts(Duration connect, Duration read, Duration call) {
    public static final CallTimeouts DEFAULT =
            new CallTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));
}
