package io.backhaul.schedule;

import org.quartz.JobExecutionContext;

/** Notes whether the cluster's triggers fire, and frees those that Quartz does not. */
final class UnstickJob extends CycleJob {
    private final ClusterPulse pulse;
    private final StuckTriggers stuck;

    UnstickJob(ClusterPulse pulse, StuckTriggers stuck) {
        this.pulse = pulse;
        this.stuck = stuck;
    }

    @Override
    void tick(JobExecutionContext context) {
        pulse.look();
        stuck.free();
    }
}
