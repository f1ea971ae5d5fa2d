package io.backhaul.schedule;

import java.time.Instant;

/**
 * How far the ticks have come, as far as this node knows; both begin with the start of the schedule.
 *
 * @param lastClaim when this node's claim tick last ended, well or not
 * @param lastClusterTick when a cluster-wide tick last fired on any node; as long as that cannot be told because the
 *     database is away, or because its jobs still run, the time of the last look
 */
public record TickProgress(Instant lastClaim, Instant lastClusterTick) {}
