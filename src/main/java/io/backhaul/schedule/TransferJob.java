package io.backhaul.schedule;

import io.backhaul.pipeline.TransferCycle;
import org.quartz.JobExecutionContext;

/** Claims for this node's free slots. */
final class TransferJob extends CycleJob {
    private final TransferCycle cycle;

    TransferJob(TransferCycle cycle) {
        this.cycle = cycle;
    }

    @Override
    void tick(JobExecutionContext context) {
        cycle.fill();
    }
}
