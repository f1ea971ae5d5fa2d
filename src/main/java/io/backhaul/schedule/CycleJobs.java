package io.backhaul.schedule;

import io.backhaul.pipeline.LinkCycle;
import io.backhaul.pipeline.ListingCycle;
import io.backhaul.pipeline.TransferCycle;
import org.quartz.Job;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;

/** Gives each job its cycle: Quartz would make jobs out of nothing. */
record CycleJobs(ListingCycle listing, LinkCycle links, TransferCycle transfers, StuckTriggers stuck)
        implements JobFactory {
    @Override
    public Job newJob(TriggerFiredBundle bundle, Scheduler scheduler) throws SchedulerException {
        var kind = bundle.getJobDetail().getJobClass();
        if (kind == ListJob.class) {
            return new ListJob(listing);
        }
        if (kind == LinksJob.class) {
            return new LinksJob(links);
        }
        if (kind == TransferJob.class) {
            return new TransferJob(transfers);
        }
        if (kind == HeartbeatJob.class) {
            return new HeartbeatJob(transfers);
        }
        if (kind == UnstickJob.class) {
            return new UnstickJob(stuck);
        }
        throw new SchedulerException("no cycle for job class " + kind.getName());
    }
}
