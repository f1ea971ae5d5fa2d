package io.backhaul.schedule;

import io.backhaul.backup.SourceName;
import io.backhaul.pipeline.ListingCycle;
import org.quartz.JobExecutionContext;

/** Lists one source: by its cron, or because a row says that it is due. */
final class ListJob extends CycleJob {
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
        cycle.listIfDue(source);
    }
}
