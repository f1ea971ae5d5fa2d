package io.backhaul.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;
import org.quartz.impl.matchers.GroupMatcher;

/** Whether the cluster's triggers really fire, on whatever node: freeing a stuck one makes it look well for a while. */
final class ClusterPulse {
    private final Scheduler cluster;
    private final StuckTriggers stuck;
    private final Clock clock;
    private final AtomicReference<Instant> last;

    ClusterPulse(Scheduler cluster, StuckTriggers stuck, Clock clock) {
        this.cluster = cluster;
        this.stuck = stuck;
        this.clock = clock;
        last = new AtomicReference<>(clock.instant());
    }

    /** When one last fired, as of the last look; the time of making this before the first. */
    Instant last() {
        return last.get();
    }

    /** Looks anew. A database that cannot be asked says nothing against the schedule. */
    void look() {
        try {
            for (var key : cluster.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
                var trigger = cluster.getTrigger(key);
                if (trigger != null) {
                    last.accumulateAndGet(sign(trigger), ClusterPulse::later);
                }
            }
        } catch (SchedulerException e) {
            last.set(clock.instant());
        }
    }

    /** The last firing; now, when the job of an earlier firing still runs and may. */
    private Instant sign(Trigger trigger) throws SchedulerException {
        var isRunning = cluster.getTriggerState(trigger.getKey()) == TriggerState.BLOCKED;
        if (isRunning && !stuck.isStuck(trigger)) {
            return clock.instant();
        }
        var fired = trigger.getPreviousFireTime();
        return fired == null ? Instant.MIN : fired.toInstant();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
