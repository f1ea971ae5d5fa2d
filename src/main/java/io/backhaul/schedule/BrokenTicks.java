package io.backhaul.schedule;

import io.backhaul.pipeline.PipelineEvents;
import org.jspecify.annotations.Nullable;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.listeners.JobListenerSupport;

/** Tells of the ticks that broke, by their cycle. */
final class BrokenTicks extends JobListenerSupport {
    private final PipelineEvents events;

    BrokenTicks(PipelineEvents events) {
        this.events = events;
    }

    @Override
    public String getName() {
        return "broken-ticks";
    }

    @Override
    public void jobWasExecuted(JobExecutionContext context, @Nullable JobExecutionException failure) {
        if (context.getResult() instanceof RuntimeException) {
            var job = context.getJobDetail().getKey();
            // A listing's job has its source's name.
            events.cycleBroke(job.getGroup().equals(Schedule.LISTINGS) ? Schedule.LISTINGS : job.getName());
        }
    }
}
