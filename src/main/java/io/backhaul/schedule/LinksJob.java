package io.backhaul.schedule;

import io.backhaul.pipeline.LinkCycle;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets links for what is most urgent. */
final class LinksJob extends CycleJob {
    private static final Logger log = LoggerFactory.getLogger(LinksJob.class);

    static final JobKey KEY = new JobKey("links", Schedule.TICKS);
    private static final TriggerKey TRIGGER = new TriggerKey(KEY.getName(), KEY.getGroup());

    private final LinkCycle cycle;

    LinksJob(LinkCycle cycle) {
        this.cycle = cycle;
    }

    @Override
    void tick(JobExecutionContext context) {
        if (cycle.fill()) {
            goOn(context.getScheduler());
        }
    }

    /** The trigger has missed firings meanwhile, and Quartz takes up to ten seconds to look after such a one. */
    private static void goOn(Scheduler scheduler) {
        try {
            var trigger = scheduler.getTrigger(TRIGGER);
            if (trigger != null) {
                scheduler.rescheduleJob(
                        TRIGGER, trigger.getTriggerBuilder().startNow().build());
            }
        } catch (SchedulerException e) {
            log.warn("links wait for their next tick reason={}", e.toString());
        }
    }
}
