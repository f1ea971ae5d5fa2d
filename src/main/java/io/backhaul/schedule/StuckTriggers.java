package io.backhaul.schedule;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cluster-wide triggers that should have fired and have not. Quartz leaves some in a state from which nothing fires them
 * again: in error when a job could not be built, acquired or blocked for a node that is no more.
 */
final class StuckTriggers {
    private static final Logger log = LoggerFactory.getLogger(StuckTriggers.class);

    /** Quartz's own misfire handling comes within seconds. */
    private static final Duration LATE = Duration.ofMinutes(2);
    /** A trigger whose job runs waits for its end; no job of ours takes this long. */
    private static final Duration LATE_BEHIND_ITS_JOB = Duration.ofMinutes(30);

    private final Scheduler cluster;
    private final Clock clock;

    StuckTriggers(Scheduler cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Their names. */
    List<String> names() throws SchedulerException {
        return all().stream().map(trigger -> trigger.getKey().toString()).toList();
    }

    /** Schedules them anew, and makes up at once for what they missed. */
    void free() {
        try {
            for (var trigger : all()) {
                log.warn(
                        "trigger stuck, scheduled anew trigger={} state={} since={}",
                        trigger.getKey(),
                        cluster.getTriggerState(trigger.getKey()),
                        trigger.getNextFireTime().toInstant());
                var now = Date.from(clock.instant());
                cluster.rescheduleJob(
                        trigger.getKey(),
                        trigger.getTriggerBuilder().startAt(now).build());
                cluster.triggerJob(trigger.getJobKey(), trigger.getJobDataMap());
            }
        } catch (SchedulerException e) {
            throw new ScheduleException("cannot free stuck triggers", e);
        }
    }

    private List<Trigger> all() throws SchedulerException {
        var stuck = new ArrayList<Trigger>();
        for (var key : cluster.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
            var trigger = cluster.getTrigger(key);
            if (trigger != null && isStuck(trigger)) {
                stuck.add(trigger);
            }
        }
        return stuck;
    }

    /** Whether this one is. */
    boolean isStuck(Trigger trigger) throws SchedulerException {
        if (trigger.getNextFireTime() == null) {
            return false;
        }
        var late = Duration.between(trigger.getNextFireTime().toInstant(), clock.instant());
        if (late.compareTo(LATE) <= 0) {
            return false;
        }
        return late.compareTo(LATE_BEHIND_ITS_JOB) > 0
                || cluster.getTriggerState(trigger.getKey()) != TriggerState.BLOCKED;
    }
}
