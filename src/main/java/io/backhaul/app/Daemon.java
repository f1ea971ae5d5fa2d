package io.backhaul.app;

import io.backhaul.archive.Archive;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.CatalogException;
import io.backhaul.catalog.DatabaseAddress;
import io.backhaul.catalog.EmbeddedPostgres;
import io.backhaul.config.ArchiveConfig;
import io.backhaul.config.BackhaulConfig;
import io.backhaul.config.Secret;
import io.backhaul.config.SourceConfig;
import io.backhaul.config.TransferConfig;
import io.backhaul.config.Trust;
import io.backhaul.ops.AdminAddressException;
import io.backhaul.ops.AdminServer;
import io.backhaul.ops.ArchiveGauges;
import io.backhaul.ops.CatalogGauges;
import io.backhaul.ops.Health;
import io.backhaul.ops.Heartbeats;
import io.backhaul.ops.Metrics;
import io.backhaul.ops.ProcessMetrics;
import io.backhaul.ops.ServiceManager;
import io.backhaul.ops.ServiceStatus;
import io.backhaul.ops.StatusPage;
import io.backhaul.ops.Watchdog;
import io.backhaul.pipeline.ArchiveRooms;
import io.backhaul.pipeline.Backoff;
import io.backhaul.pipeline.HousekeepingCycle;
import io.backhaul.pipeline.LinkCycle;
import io.backhaul.pipeline.ListingCycle;
import io.backhaul.pipeline.NodeIdentity;
import io.backhaul.pipeline.PipelineEvents;
import io.backhaul.pipeline.Source;
import io.backhaul.pipeline.Sources;
import io.backhaul.pipeline.Throughput;
import io.backhaul.pipeline.TransferCycle;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.schedule.Cycles;
import io.backhaul.schedule.Schedule;
import io.backhaul.transfer.DownloadSettings;
import io.backhaul.transfer.Downloader;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running node: everything built from a configuration, started in order and stopped in reverse. */
public final class Daemon implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Daemon.class);

    private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);
    private static final Duration ADMIN_RETRY = Duration.ofSeconds(5);
    private static final Duration COMMAND_RETRY = Duration.ofMillis(500);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STATUS_TICK = Duration.ofSeconds(5);
    /** What a wait asks of the service manager, again and again; a try takes less. */
    private static final Duration MORE_TIME = Duration.ofMinutes(1);
    /** Besides one for each transfer: Quartz, the cycles' own, the admin endpoint. */
    static final int SPARE_CONNECTIONS = 12;

    private final BackhaulConfig config;
    private final Trust trust;
    private final Clock clock;
    private final PipelineEvents listener;
    private final ServiceManager serviceManager;
    private final CountDownLatch stop;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private Daemon(
            BackhaulConfig config,
            Clock clock,
            PipelineEvents listener,
            ServiceManager serviceManager,
            CountDownLatch stop) {
        this.config = config;
        this.trust = Trust.with(config.tls().authorities());
        this.clock = clock;
        this.listener = listener;
        this.serviceManager = serviceManager;
        this.stop = stop;
    }

    /** A daemon that is up. */
    public record Running(Daemon daemon, Catalog catalog, AdminServer admin) implements AutoCloseable {
        @Override
        public void close() {
            daemon.close();
        }
    }

    /**
     * Builds and starts everything. While the database is away, a command holds the state directory, or the admin address
     * is taken, it waits, and says so.
     *
     * @param listener hears what happens, beside the metrics
     * @param stop when it falls to zero, waiting ends
     * @throws StateDirectoryException when another daemon holds the state directory, or the wait for it was ended
     * @throws CatalogException when the database cannot be used, or the wait for it was ended
     */
    public static Running start(BackhaulConfig config, Clock clock, PipelineEvents listener, CountDownLatch stop) {
        return start(config, clock, listener, ServiceManager.NONE, stop);
    }

    /** As {@link #start(BackhaulConfig, Clock, PipelineEvents, CountDownLatch)}, and tells a service manager how it goes. */
    public static Running start(
            BackhaulConfig config,
            Clock clock,
            PipelineEvents listener,
            ServiceManager serviceManager,
            CountDownLatch stop) {
        var daemon = new Daemon(config, clock, listener, serviceManager, stop);
        try {
            return daemon.start();
        } catch (RuntimeException e) {
            daemon.close();
            throw e;
        }
    }

    private Running start() {
        var state = stateDirectory();
        var node = state.identity(Version.current());
        var catalog = catalog();
        var metrics = new Metrics(registry, clock, node.version());
        started.push(new ProcessMetrics(registry));
        metrics.expect(
                targets().keySet(),
                config.archives().stream().map(ArchiveConfig::name).toList());
        var status = new ServiceStatus(serviceManager, catalog.reports(), clock);
        var events = new EventFan(listeners(metrics, status));
        Predicate<String> everKept = catalog.reports()::everKept;
        ArchiveBuilder.makeNew(config.archives(), everKept);
        var archives = ArchiveBuilder.build(config.archives(), node.name(), everKept);
        var sources = sources(archives, metrics);
        var throughput = new Throughput();
        var backoff = new Backoff(clock, RandomGenerator.getDefault());
        for (var source : sources.all()) {
            catalog.listings().register(source.name(), source.kind(), clock.instant());
        }
        var rooms = new ArchiveRooms(catalog, sources, clock, node.name());
        new ArchiveGauges(rooms::rows, registry);
        var transfers = transfers(catalog, sources, rooms, backoff, throughput, events, node);
        var schedule = Schedule.start(
                catalog.dataSource(),
                node.name(),
                crons(),
                new Cycles(
                        new ListingCycle(catalog, sources, backoff, events, clock),
                        new LinkCycle(
                                catalog,
                                sources,
                                rooms,
                                backoff,
                                throughput,
                                events,
                                clock,
                                node.name(),
                                transfers::fillIdle),
                        transfers,
                        new HousekeepingCycle(catalog, sources)),
                events,
                clock);
        started.push(schedule);
        metrics.watchTicks(schedule::lastTick);
        var admin = admin(
                new CatalogGauges(catalog.reports(), targets(), throughput::bytesPerSecond, registry, clock),
                new Health(catalog, schedule::health, List.copyOf(archives.values()), clock),
                new StatusPage(catalog.reports(), catalog.archives(), clock, node.version()));
        started.push(admin);
        log.info(
                "daemon up node={} version={} sources={}",
                node.name(),
                node.version(),
                config.sources().size());
        tellServiceManager(schedule, status);
        return new Running(this, catalog, admin);
    }

    private StateDirectory stateDirectory() {
        var state = StateDirectory.takeAsDaemon(config.stateDir())
                .orElseThrow(() -> new StateDirectoryException("state-dir " + config.stateDir()
                        + " is held by another process; is a daemon running already?"));
        started.push(state);
        awaitCommand(state);
        return state;
    }

    /** Ended here, the daemon would not be started again: what cannot use the directory is a fault of configuration. */
    private void awaitCommand(StateDirectory state) {
        if (state.hold()) {
            return;
        }
        log.info("state directory held by a command, waiting for its end path={}", state.path());
        do {
            serviceManager.stillStarting(MORE_TIME, "waiting for a command that holds " + state.path());
            if (stopAsked(COMMAND_RETRY)) {
                throw new StateDirectoryException("state-dir " + state.path() + " is held by a command");
            }
        } while (!state.hold());
    }

    private List<PipelineEvents> listeners(Metrics metrics, ServiceStatus status) {
        var heartbeats = new Heartbeats(heartbeatUrls(), trust, registry, clock);
        started.push(heartbeats);
        return List.of(metrics, heartbeats, status, listener);
    }

    private Map<SourceName, Secret> heartbeatUrls() {
        return config.sources().stream()
                .filter(source -> source.heartbeatUrl() != null)
                .collect(Collectors.toMap(SourceConfig::name, source -> Objects.requireNonNull(source.heartbeatUrl())));
    }

    /**
     * Waits for an address that cannot be had: somebody else's may be free soon, and one that moves between machines come
     * late. Backups come home meanwhile, which an end and another start again and again would only disturb.
     */
    private AdminServer admin(CatalogGauges gauges, Health health, StatusPage page) {
        var listen = config.admin();
        while (true) {
            try {
                return AdminServer.start(listen.host(), listen.port(), registry, gauges, health, page);
            } catch (AdminAddressException e) {
                log.warn("admin address away, trying again retryIn={} reason={}", ADMIN_RETRY, e.getMessage());
                serviceManager.stillStarting(MORE_TIME, "waiting for its address: " + e.getMessage());
                if (stopAsked(ADMIN_RETRY)) {
                    throw e;
                }
            }
        }
    }

    private void tellServiceManager(Schedule schedule, ServiceStatus status) {
        if (!serviceManager.isListening()) {
            return;
        }
        serviceManager.ready();
        var watchdog = new Watchdog(serviceManager, schedule::progress, clock);
        serviceManager
                .watchdog()
                .ifPresent(patience -> schedule.alsoEvery(patience.dividedBy(4), "watchdog", watchdog::feed));
        schedule.alsoEvery(STATUS_TICK, "status", status::tell);
    }

    private Catalog catalog() {
        var catalog = Catalog.open(address(), config.transfer().concurrency() + SPARE_CONNECTIONS);
        started.push(catalog);
        catalog.measure(registry);
        awaitDatabase(catalog);
        var applied = catalog.migrate();
        if (applied > 0) {
            log.info("schema brought up to date migrations={}", applied);
        }
        return catalog;
    }

    private DatabaseAddress address() {
        var database = config.database();
        if (database != null) {
            return new DatabaseAddress(
                    database.url(), database.user(), database.password().reveal());
        }
        var postgres = EmbeddedPostgres.start(config.stateDir(), Clock.systemUTC());
        started.push(postgres);
        return postgres.address();
    }

    private void awaitDatabase(Catalog catalog) {
        while (true) {
            try {
                catalog.requireReachable();
                return;
            } catch (CatalogException e) {
                log.warn("database away, trying again retryIn={} reason={}", DATABASE_RETRY, e.getMessage());
                serviceManager.stillStarting(MORE_TIME, "waiting for the database: " + e.getMessage());
                if (stopAsked(DATABASE_RETRY)) {
                    throw e;
                }
            }
        }
    }

    private boolean stopAsked(Duration within) {
        try {
            return stop.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Sources sources(Map<String, Archive> archives, Metrics metrics) {
        var runtime =
                ProviderRuntime.of(clock, System::nanoTime, Version.current()).trusting(trust);
        var builder = new SourceBuilder(
                runtime,
                archives,
                source -> (operation, outcome, took) -> metrics.providerCalled(source, operation, outcome, took),
                config.transfer());
        var sources = config.sources().stream().map(builder::build).toList();
        sources.stream().map(Source::provider).forEach(started::push);
        return new Sources(sources);
    }

    /** How every download of ours behaves, the daemon's and others. */
    static DownloadSettings downloads(int segments, Trust trust, String version) {
        return new DownloadSettings(
                CONNECT_TIMEOUT, STALL_TIMEOUT, segments, null, "backhaul/" + version, Integer.MAX_VALUE, trust);
    }

    private DownloadSettings downloads(TransferConfig transfer, String version) {
        return new DownloadSettings(
                CONNECT_TIMEOUT,
                STALL_TIMEOUT,
                transfer.segments(),
                transfer.bandwidth(),
                "backhaul/" + version,
                transfer.connectionsPerHost(),
                trust);
    }

    private TransferCycle transfers(
            Catalog catalog,
            Sources sources,
            ArchiveRooms rooms,
            Backoff backoff,
            Throughput throughput,
            PipelineEvents events,
            NodeIdentity node) {
        var downloader = new Downloader(downloads(config.transfer(), node.version()), clock);
        started.push(downloader);
        var transfers = new TransferCycle(
                catalog,
                sources,
                rooms,
                downloader,
                backoff,
                throughput,
                events,
                clock,
                node,
                config.transfer().concurrency());
        started.push(transfers);
        transfers.start();
        return transfers;
    }

    private Map<SourceName, String> crons() {
        return config.sources().stream().collect(Collectors.toMap(SourceConfig::name, SourceConfig::schedule));
    }

    private Map<SourceName, Duration> targets() {
        return config.sources().stream().collect(Collectors.toMap(SourceConfig::name, SourceConfig::rpo));
    }

    /** Stops in reverse; what fails to stop does not keep the rest from stopping. */
    @Override
    public void close() {
        serviceManager.stopping();
        while (!started.isEmpty()) {
            var part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.warn(
                        "part did not stop in order part={} reason={}",
                        part.getClass().getSimpleName(),
                        e.toString());
            }
        }
    }
}
