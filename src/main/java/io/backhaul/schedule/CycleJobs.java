package io.backhaul.schedule;

import org.quartz.Job;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;

/** Gives each job its cycle: Quartz would make jobs out of nothing. */
record CycleJobs(Cycles cycles, ClusterPulse pulse, StuckTriggers stuck) implements JobFactory {
    @Override
    public Job newJob(TriggerFiredBundle bundle, Scheduler scheduler) throws SchedulerException {
        var kind = bundle.getJobDetail().getJobClass();
        if (kind == ListJob.class) {
            return new ListJob(cycles.listing());
        }
        if (kind == LinksJob.class) {
            return new LinksJob(cycles.links());
        }
        if (kind == TransferJob.class) {
            return new TransferJob(cycles.transfers());
        }
        if (kind == HeartbeatJob.class) {
            return new HeartbeatJob(cycles.transfers());
        }
        if (kind == HousekeepingJob.class) {
            return new HousekeepingJob(cycles.housekeeping());
        }
        if (kind == UnstickJob.class) {
            return new UnstickJob(pulse, stuck);
        }
        if (kind == AddedJob.class) {
            return new AddedJob();
        }
        throw new SchedulerException("no cycle for job class " + kind.getName());
    }
}
