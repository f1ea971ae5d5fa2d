package io.backhaul.schedule;

import io.backhaul.backup.SourceName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.listeners.JobListenerSupport;
import org.quartz.utils.DBConnectionManager;

/**
 * The two schedulers of a node: the clustered one in PostgreSQL for ticks that one node answers for all, and one in
 * memory for what every node must do for itself (DESIGN 3).
 */
public final class Schedule implements AutoCloseable {
    private static final String CLUSTER = "backhaul";
    private static final String LISTINGS = "list";
    private static final Duration LISTING_TICK = Duration.ofSeconds(5);
    private static final Duration LINKS_TICK = Duration.ofSeconds(2);
    private static final Duration TRANSFER_TICK = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT_TICK = Duration.ofSeconds(15);
    private static final Duration HOUSEKEEPING_TICK = Duration.ofHours(1);
    /** A trigger this late is stuck: Quartz's own misfire handling comes within seconds. */
    private static final Duration STUCK = Duration.ofMinutes(2);

    private final Scheduler cluster;
    private final Scheduler local;
    private final Clock clock;
    private final AtomicReference<@Nullable Instant> lastTick = new AtomicReference<>();

    private Schedule(Scheduler cluster, Scheduler local, Clock clock) {
        this.cluster = cluster;
        this.local = local;
        this.clock = clock;
    }

    /**
     * Starts to tick.
     *
     * @param crons the configured sources, each with its Quartz cron expression
     * @param node unique among the nodes of the cluster
     * @throws ScheduleException when Quartz cannot start
     */
    public static Schedule start(
            DataSource pool, String node, Map<SourceName, String> crons, Cycles cycles, Clock clock) {
        try {
            var jobs = new CycleJobs(cycles);
            var schedule = new Schedule(
                    scheduler(clustered(pool, node, crons.size()), jobs), scheduler(inMemory(node), jobs), clock);
            schedule.local.getListenerManager().addJobListener(schedule.new LastTick());
            schedule.scheduleClusterTicks(crons);
            schedule.scheduleLocalTicks();
            schedule.cluster.start();
            schedule.local.start();
            return schedule;
        } catch (SchedulerException e) {
            throw new ScheduleException("cannot start the schedule node=" + node, e);
        }
    }

    private static Scheduler scheduler(Properties properties, CycleJobs jobs) throws SchedulerException {
        var scheduler = new StdSchedulerFactory(properties).getScheduler();
        // The factory would hand the same scheduler to another node in this JVM, as tests have them.
        SchedulerRepository.getInstance().remove(scheduler.getSchedulerName());
        scheduler.setJobFactory(jobs);
        return scheduler;
    }

    private static Properties clustered(DataSource pool, String node, int sources) {
        var dataSource = "catalog-of-" + node;
        DBConnectionManager.getInstance().addConnectionProvider(dataSource, new PooledConnections(pool));
        var properties = common(CLUSTER, node, sources + 2);
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.setProperty("org.quartz.jobStore.dataSource", dataSource);
        properties.setProperty("org.quartz.jobStore.tablePrefix", "qrtz_");
        properties.setProperty("org.quartz.jobStore.useProperties", "true");
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "5000");
        properties.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        properties.setProperty("org.quartz.jobStore.misfireThreshold", "10000");
        return properties;
    }

    private static Properties inMemory(String node) {
        var properties = common("node-" + node, node, 4);
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        return properties;
    }

    private static Properties common(String name, String node, int threads) {
        var properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", name);
        properties.setProperty("org.quartz.scheduler.instanceId", node);
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(threads));
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", name);
        return properties;
    }

    private void scheduleClusterTicks(Map<SourceName, String> crons) throws SchedulerException {
        for (var known : cluster.getJobKeys(GroupMatcher.jobGroupEquals(LISTINGS))) {
            if (crons.keySet().stream().noneMatch(source -> source.value().equals(known.getName()))) {
                cluster.deleteJob(known);
            }
        }
        for (var source : crons.keySet()) {
            var job = job(ListJob.class, source.value(), LISTINGS)
                    .usingJobData(ListJob.SOURCE, source.value())
                    .build();
            // A missed cron firing is made up for once; a missed poll is not worth it, the next one comes at once.
            var cron = TriggerBuilder.newTrigger()
                    .withIdentity(source + "-cron", LISTINGS)
                    .usingJobData(ListJob.MAKES_DUE, "true")
                    .withSchedule(CronScheduleBuilder.cronSchedule(crons.get(source))
                            .withMisfireHandlingInstructionFireAndProceed())
                    .build();
            var poll = every(LISTING_TICK, source + "-poll", LISTINGS);
            cluster.scheduleJob(job, Set.of(cron, poll), true);
        }
        schedule(cluster, LinksJob.class, "links", LINKS_TICK);
    }

    private void scheduleLocalTicks() throws SchedulerException {
        schedule(local, TransferJob.class, "transfer", TRANSFER_TICK);
        schedule(local, HeartbeatJob.class, "heartbeat", HEARTBEAT_TICK);
        schedule(local, HousekeepingJob.class, "housekeeping", HOUSEKEEPING_TICK);
    }

    private static void schedule(Scheduler scheduler, Class<? extends Job> kind, String name, Duration period)
            throws SchedulerException {
        JobDetail job = job(kind, name, "ticks").build();
        scheduler.scheduleJob(job, Set.of(every(period, name, "ticks")), true);
    }

    private static JobBuilder job(Class<? extends Job> kind, String name, String group) {
        return JobBuilder.newJob(kind).withIdentity(name, group).storeDurably();
    }

    private static Trigger every(Duration period, String name, String group) {
        return TriggerBuilder.newTrigger()
                .withIdentity(name, group)
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(period.toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
    }

    /**
     * Whether ticks really fire: Quartz triggers are known to get stuck, and a daemon that only looks alive is worse than
     * none.
     *
     * @throws ScheduleException when the clustered store cannot be read
     */
    public ScheduleHealth health() {
        try {
            var late = clock.instant().minus(STUCK);
            var overdue = new ArrayList<String>();
            for (var key : cluster.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
                var trigger = cluster.getTrigger(key);
                if (trigger != null
                        && trigger.getNextFireTime() != null
                        && trigger.getNextFireTime().toInstant().isBefore(late)) {
                    overdue.add(key.toString());
                }
            }
            return new ScheduleHealth(lastTick.get(), List.copyOf(overdue));
        } catch (SchedulerException e) {
            throw new ScheduleException("cannot read the schedule", e);
        }
    }

    /** Stops to tick and waits for the jobs under way, which are short or hand their work on. */
    @Override
    public void close() {
        for (var scheduler : List.of(local, cluster)) {
            try {
                scheduler.shutdown(false);
            } catch (SchedulerException e) {
                throw new ScheduleException("cannot stop the schedule", e);
            }
        }
    }

    /** Notes when a tick of this node's own has ended. */
    private final class LastTick extends JobListenerSupport {
        @Override
        public String getName() {
            return "last-tick";
        }

        @Override
        public void jobWasExecuted(JobExecutionContext context, @Nullable JobExecutionException failure) {
            lastTick.set(clock.instant());
        }
    }
}
