package io.backhaul.schedule;

import java.util.Objects;
import org.quartz.JobExecutionContext;

/** A tick of somebody else's, see {@link Schedule#alsoEvery}. */
final class AddedJob extends CycleJob {
    /** Where the work stands in the job's data; they stay in memory. */
    static final String WORK = "work";

    @Override
    void tick(JobExecutionContext context) {
        var work = (Runnable) context.getMergedJobDataMap().get(WORK);
        Objects.requireNonNull(work, WORK).run();
    }
}
