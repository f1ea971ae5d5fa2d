package io.backhaul.schedule;

import io.backhaul.pipeline.LinkCycle;
import org.quartz.JobExecutionContext;

/** Gets links for what is most urgent. */
final class LinksJob extends CycleJob {
    private final LinkCycle cycle;

    LinksJob(LinkCycle cycle) {
        this.cycle = cycle;
    }

    @Override
    void tick(JobExecutionContext context) {
        cycle.fill();
    }
}
