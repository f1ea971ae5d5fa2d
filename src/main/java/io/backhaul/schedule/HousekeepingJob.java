package io.backhaul.schedule;

import io.backhaul.pipeline.HousekeepingCycle;
import org.quartz.JobExecutionContext;

/** Tidies this node's staging. */
final class HousekeepingJob extends CycleJob {
    private final HousekeepingCycle cycle;

    HousekeepingJob(HousekeepingCycle cycle) {
        this.cycle = cycle;
    }

    @Override
    void tick(JobExecutionContext context) {
        cycle.tidy();
    }
}
