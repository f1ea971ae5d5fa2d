package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import io.backhaul.backup.RetryAfter;
import java.net.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

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

    private static final int MOST_IDLE = 64;
    private static final FetchReport STOPPED = new FetchReport(0, new ByteCount(0), 0, 0, new FetchOutcome.Stopped());

    private final DownloadSettings settings;
    private final Clock clock;
    private final Dns resolver;
    private final Thresholds thresholds;
    private final OkHttpClient client;
    /** One for each source's rules, of which there are few, or for each host that a list of links names. */
    private final Map<TargetRules, OkHttpClient> guarded = new ConcurrentHashMap<>();

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
        this.resolver = resolver;
        this.thresholds = thresholds;
        this.hosts = new HostBounds(settings.connectionsPerHost());
        this.client = client(settings);
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
                guarded.computeIfAbsent(request.rules(), this::guardedClient),
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
        client.connectionPool().evictAll();
    }

    private OkHttpClient guardedClient(TargetRules rules) {
        return client.newBuilder().dns(new GuardedDns(rules, resolver)).build();
    }

    private static OkHttpClient client(DownloadSettings settings) {
        return new OkHttpClient.Builder()
                .socketFactory(new BufferedSockets(settings.stallTimeout()))
                .sslSocketFactory(settings.trust().sockets(), settings.trust().manager())
                // TLS 1.2 and later; plain http where the rules of targets let it
                .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
                .connectTimeout(settings.connectTimeout())
                // the sockets keep the time: OkHttp would set a clock for every 8 KiB, and one for a request, which the
                // system takes at once since it is far smaller than what a socket holds
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .protocols(List.of(Protocol.HTTP_1_1))
                // a proxy would resolve names where our rules cannot look
                .proxy(Proxy.NO_PROXY)
                // one attempt is one request: OkHttp would repeat 408, and 503 with "Retry-After: 0", by itself
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(chain -> withoutOwnRetry(chain.proceed(chain.request())))
                // for small files in a row, and too short for a store to hang up first; since rules are part of a
                // resolver's equality, no connection made under one source's rules serves another's
                .connectionPool(new ConnectionPool(MOST_IDLE, 2, TimeUnit.SECONDS))
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("User-Agent", settings.userAgent())
                        // set by us, so that OkHttp neither asks for gzip nor unpacks it
                        .header("Accept-Encoding", "identity")
                        .build()))
                .build();
    }

    private static Response withoutOwnRetry(Response response) {
        var header = response.header("Retry-After");
        if (header == null) {
            return response;
        }
        var answer = response.newBuilder().removeHeader("Retry-After");
        RetryAfter.harmless(header).ifPresent(value -> answer.header("Retry-After", value));
        return answer.build();
    }
}
