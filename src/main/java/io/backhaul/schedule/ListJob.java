package io.backhaul.schedule;

import io.backhaul.backup.SourceName;
import io.backhaul.pipeline.ListingCycle;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists one source: by its cron, or because a row says that it is due. What it finds need not wait for the next tick to
 * get links.
 */
final class ListJob extends CycleJob {
    private static final Logger log = LoggerFactory.getLogger(ListJob.class);

    static final String SOURCE = "source";
    /** Set on the cron trigger only: its firing makes the listing due. */
    static final String MAKES_DUE = "makes-due";

    private final ListingCycle cycle;

    ListJob(ListingCycle cycle) {
        this.cycle = cycle;
    }

    @Override
    void tick(JobExecutionContext context) {
        var data = context.getMergedJobDataMap();
        var source = new SourceName(data.getString(SOURCE));
        if (data.containsKey(MAKES_DUE)) {
            cycle.request(source);
        }
        if (cycle.listIfDue(source)) {
            getLinks(context.getScheduler());
        }
    }

    private static void getLinks(Scheduler scheduler) {
        try {
            scheduler.triggerJob(LinksJob.KEY);
        } catch (SchedulerException e) {
            log.warn("links wait for their next tick reason={}", e.toString());
        }
    }
}
