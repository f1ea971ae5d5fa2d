package io.backhaul.schedule;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tick: calls one cycle. What breaks is logged and left to the next tick, since all work that is due is a row; to
 * Quartz a tick always succeeds, so that it never unschedules one. What broke it is the tick's result.
 */
@DisallowConcurrentExecution
abstract class CycleJob implements Job {
    private static final Logger log = LoggerFactory.getLogger(CycleJob.class);

    abstract void tick(JobExecutionContext context);

    @Override
    public final void execute(JobExecutionContext context) {
        try {
            tick(context);
        } catch (RuntimeException e) {
            // A database that is away breaks every tick: one line each, the trace only for whoever looks for it.
            log.warn(
                    "tick broke, the next one tries again job={} reason={}",
                    context.getJobDetail().getKey(),
                    e.toString());
            log.debug("tick broke", e);
            context.setResult(e);
        }
    }
}
