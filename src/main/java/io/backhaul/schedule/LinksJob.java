package io.backhaul.schedule;

import io.backhaul.pipeline.LinkCycle;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;

/** Gets links for what is most urgent. */
final class LinksJob extends CycleJob {
    static final JobKey KEY = new JobKey("links", Schedule.TICKS);

    private final LinkCycle cycle;

    LinksJob(LinkCycle cycle) {
        this.cycle = cycle;
    }

    @Override
    void tick(JobExecutionContext context) {
        cycle.fill();
    }
}
