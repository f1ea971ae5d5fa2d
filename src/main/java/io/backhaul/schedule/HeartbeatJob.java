package io.backhaul.schedule;

import io.backhaul.pipeline.TransferCycle;
import org.quartz.JobExecutionContext;

/** Keeps this node's leases alive. */
final class HeartbeatJob extends CycleJob {
    private final TransferCycle cycle;

    HeartbeatJob(TransferCycle cycle) {
        this.cycle = cycle;
    }

    @Override
    void tick(JobExecutionContext context) {
        cycle.renewLeases();
    }
}
