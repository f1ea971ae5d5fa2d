package io.backhaul.schedule;

import io.backhaul.backup.SourceName;
import io.backhaul.pipeline.PipelineEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two schedulers of a node: the clustered one in PostgreSQL for ticks that one node answers for all, and one in
 * memory for what every node must do for itself (DESIGN 3).
 */
public final class Schedule implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Schedule.class);

    private static final String CLUSTER = "backhaul";
    static final String LISTINGS = "list";
    static final String TICKS = "ticks";
    private static final String CLAIM = "transfer";
    private static final Duration LISTING_TICK = Duration.ofSeconds(5);
    private static final Duration LINKS_TICK = Duration.ofSeconds(2);
    private static final Duration TRANSFER_TICK = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT_TICK = Duration.ofSeconds(15);
    private static final Duration HOUSEKEEPING_TICK = Duration.ofHours(1);
    private static final Duration UNSTICK_TICK = Duration.ofSeconds(30);
    /** Less than a service manager's patience; listings under way may take far longer. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

    private final Scheduler cluster;
    private final Scheduler local;
    private final ClusterPulse pulse;
    private final StuckTriggers stuck;
    private final Clock clock;
    private final AtomicReference<@Nullable Instant> lastTick = new AtomicReference<>();
    private final AtomicReference<Instant> lastClaim;

    private Schedule(Scheduler cluster, Scheduler local, ClusterPulse pulse, StuckTriggers stuck, Clock clock) {
        this.cluster = cluster;
        this.local = local;
        this.pulse = pulse;
        this.stuck = stuck;
        this.clock = clock;
        lastClaim = new AtomicReference<>(clock.instant());
    }

    /**
     * Starts to tick.
     *
     * @param crons the configured sources, each with its Quartz cron expression
     * @param node unique among the nodes of the cluster
     * @param events hears of the ticks that broke
     * @throws ScheduleException when Quartz cannot start
     */
    public static Schedule start(
            DataSource pool,
            String node,
            Map<SourceName, String> crons,
            Cycles cycles,
            PipelineEvents events,
            Clock clock) {
        try {
            var cluster = scheduler(clustered(pool, node, crons.size()));
            var stuck = new StuckTriggers(cluster, clock);
            var pulse = new ClusterPulse(cluster, stuck, clock);
            var schedule = new Schedule(cluster, scheduler(inMemory(node)), pulse, stuck, clock);
            var jobs = new CycleJobs(cycles, pulse, stuck);
            schedule.cluster.setJobFactory(jobs);
            schedule.local.setJobFactory(jobs);
            schedule.local.getListenerManager().addJobListener(schedule.new LastTick());
            schedule.local.getListenerManager().addJobListener(new BrokenTicks(events));
            schedule.cluster.getListenerManager().addJobListener(new BrokenTicks(events));
            schedule.scheduleClusterTicks(crons);
            schedule.scheduleLocalTicks();
            schedule.cluster.start();
            schedule.local.start();
            return schedule;
        } catch (SchedulerException e) {
            throw new ScheduleException("cannot start the schedule node=" + node, e);
        }
    }

    private static Scheduler scheduler(Properties properties) throws SchedulerException {
        var scheduler = new StdSchedulerFactory(properties).getScheduler();
        // The factory would hand the same scheduler to another node in this JVM, as tests have them.
        SchedulerRepository.getInstance().remove(scheduler.getSchedulerName());
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
        // A thread for each of its ticks: when the database is away, all that need it wait for it.
        var properties = common("node-" + node, node, 6);
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
            // Replacing an unchanged cron would forget the firing that it missed while no node ran.
            cluster.scheduleJob(job, isScheduled(cron) ? Set.of(poll) : Set.of(cron, poll), true);
        }
        schedule(cluster, LinksJob.class, LinksJob.KEY.getName(), LINKS_TICK);
    }

    private boolean isScheduled(CronTrigger cron) throws SchedulerException {
        return cluster.getTrigger(cron.getKey()) instanceof CronTrigger known
                && known.getCronExpression().equals(cron.getCronExpression())
                && known.getTimeZone().equals(cron.getTimeZone());
    }

    private void scheduleLocalTicks() throws SchedulerException {
        schedule(local, TransferJob.class, CLAIM, TRANSFER_TICK);
        schedule(local, HeartbeatJob.class, "heartbeat", HEARTBEAT_TICK);
        schedule(local, HousekeepingJob.class, "housekeeping", HOUSEKEEPING_TICK);
        schedule(local, UnstickJob.class, "unstick", UNSTICK_TICK);
    }

    private static void schedule(Scheduler scheduler, Class<? extends Job> kind, String name, Duration period)
            throws SchedulerException {
        JobDetail job = job(kind, name, TICKS).build();
        scheduler.scheduleJob(job, Set.of(every(period, name, TICKS)), true);
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
     * Ticks something more on this node, one run at a time; what it throws is logged and left to the next tick.
     *
     * @param name unique among the node's ticks
     * @throws ScheduleException when Quartz refuses it
     */
    public void alsoEvery(Duration period, String name, Runnable work) {
        try {
            var job = job(AddedJob.class, name, TICKS).build();
            job.getJobDataMap().put(AddedJob.WORK, work);
            local.scheduleJob(job, Set.of(every(period, name, TICKS)), false);
        } catch (SchedulerException e) {
            throw new ScheduleException("cannot schedule " + name, e);
        }
    }

    /** How far the ticks have come; from memory, so it never waits. */
    public TickProgress progress() {
        return new TickProgress(lastClaim.get(), pulse.last());
    }

    /**
     * Whether ticks really fire: Quartz triggers are known to get stuck, and a daemon that only looks alive is worse than
     * none.
     *
     * @throws ScheduleException when the clustered store cannot be read
     */
    public ScheduleHealth health() {
        try {
            return new ScheduleHealth(lastTick.get(), stuck.names());
        } catch (SchedulerException e) {
            throw new ScheduleException("cannot read the schedule", e);
        }
    }

    /** When a tick of this node's own last ended, or null before the first; asks no database. */
    public @Nullable Instant lastTick() {
        return lastTick.get();
    }

    /** The stuck triggers as of another clock than that of this node's ticks. */
    StuckTriggers stuckAsOf(Clock other) {
        return new StuckTriggers(cluster, other);
    }

    /** The cluster's pulse as of another clock than that of this node's ticks. */
    ClusterPulse pulseAsOf(Clock other) {
        return new ClusterPulse(cluster, stuckAsOf(other), other);
    }

    /** Stops to tick, and waits a little for the jobs under way; one that takes longer finds its parts closed. */
    @Override
    public void close() {
        var ending = Stream.of(local, cluster).map(Schedule::end).toList();
        try {
            for (var end : ending) {
                if (!end.join(STOP_PATIENCE)) {
                    log.warn("jobs still running, they break off when their parts close ending={}", end.getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread end(Scheduler scheduler) {
        return Thread.ofPlatform().daemon().name("schedule-ending").start(() -> {
            try {
                scheduler.shutdown(true);
            } catch (SchedulerException e) {
                log.warn("schedule did not stop in order reason={}", e.toString());
            }
        });
    }

    /** Notes when a tick of this node's own has ended, and when its claims have. */
    private final class LastTick extends JobListenerSupport {
        @Override
        public String getName() {
            return "last-tick";
        }

        @Override
        public void jobWasExecuted(JobExecutionContext context, @Nullable JobExecutionException failure) {
            var now = clock.instant();
            lastTick.set(now);
            if (context.getJobDetail().getKey().getName().equals(CLAIM)) {
                lastClaim.set(now);
            }
        }
    }
}
