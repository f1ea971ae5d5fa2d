package io.backhaul.schedule;

import org.quartz.JobExecutionContext;

/** Frees the cluster's triggers where Quartz does not. */
final class UnstickJob extends CycleJob {
    private final StuckTriggers stuck;

    UnstickJob(StuckTriggers stuck) {
        this.stuck = stuck;
    }

    @Override
    void tick(JobExecutionContext context) {
        stuck.free();
    }
}
