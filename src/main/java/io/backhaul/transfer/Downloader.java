package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;

/**
 * Downloads files over signed links into staging (DESIGN 5, rules 1 to 4).
 *
 * <p>Sends the link's path and query byte for byte, GET only, with no header but Host, User-Agent, Connection,
 * Accept-Encoding and, when it goes on, Range and If-Match; no cookies, credentials or proxies. HTTP/1.1, so that each
 * stream has a connection of its own. Any thread may call; one {@link StagedFile} at a time is one
 * thread's.
 */
public final class Downloader implements AutoCloseable {
    /** Beyond one for each file: enough for several capped stores at once, and little memory. */
    private static final int MOST_EXTRA_STREAMS = 64;

    private static final FetchReport STOPPED = new FetchReport(0, new ByteCount(0), 0, 0, new FetchOutcome.Stopped());

    private final DownloadSettings settings;
    private final Clock clock;
    private final Thresholds thresholds;
    private final StoreClients clients;
    private final Throttle throttle;
    private final Semaphore extras = new Semaphore(MOST_EXTRA_STREAMS);
    private final HostBounds hosts;
    private final Set<Fetch> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** @param clock to turn a Retry-After in seconds into a time, and for timetables */
    public Downloader(DownloadSettings settings, Clock clock) {
        this(settings, clock, Dns.SYSTEM, Thresholds.USUAL);
    }

    Downloader(DownloadSettings settings, Clock clock, Dns resolver, Thresholds thresholds) {
        this.settings = settings;
        this.clock = clock;
        this.thresholds = thresholds;
        this.hosts = new HostBounds(settings.connectionsPerHost());
        this.clients = new StoreClients(settings, resolver);
        this.throttle = Throttle.to(settings.bandwidth(), clock);
    }

    /**
     * Begins or continues a staged file over a link and blocks until that has ended. What is already whole is read
     * again, compared and reported complete without a request. Never throws for anything that the wire, the store or
     * the disk does; an interrupt ends it as {@link FetchOutcome.Stopped}.
     */
    public FetchReport fetch(FetchRequest request) {
        return fetch(request, Throttle.NONE);
    }

    /**
     * The same within another limit of bandwidth beside this downloader's own.
     *
     * @param more of the source that the file is from
     */
    public FetchReport fetch(FetchRequest request, Throttle more) {
        var host = URI.create(request.link().withoutQuery()).getRawAuthority().toLowerCase(Locale.ROOT);
        try {
            if (!hosts.takeFirst(host, () -> stopped)) {
                return STOPPED;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return STOPPED;
        }
        try {
            return fetch(request, more, new ExtraStreams(extras, hosts, host));
        } finally {
            hosts.giveBack(host);
        }
    }

    private FetchReport fetch(FetchRequest request, Throttle more, ExtraStreams further) {
        var redaction = Redaction.of(request.link());
        var around = new Surroundings(
                clients,
                request.rules(),
                redaction,
                settings.stallTimeout(),
                settings.segments(),
                thresholds,
                further,
                throttle.and(more),
                clock,
                new AtomicInteger());
        var fetch = new Fetch(request, around);
        Runnable stop = fetch::stop;
        running.add(fetch);
        request.brake().attach(stop);
        try {
            // after adding it: a stop either sees this fetch or is seen here
            if (stopped) {
                fetch.stop();
            }
            return fetch.run();
        } finally {
            request.brake().detach(stop);
            running.remove(fetch);
        }
    }

    /** Ends all running fetches soon, and later ones at once, as {@link FetchOutcome.Stopped}. For good; does not wait. */
    public void stop() {
        stopped = true;
        running.forEach(Fetch::stop);
    }

    /** Stops, and closes idle connections; others end with their fetches. */
    @Override
    public void close() {
        stop();
        clients.close();
    }
}
