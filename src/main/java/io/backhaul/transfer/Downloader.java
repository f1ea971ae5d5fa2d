package io.backhaul.transfer;

import java.net.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okio.BufferedSource;
import okio.Okio;
import okio.Throttler;

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

    private final DownloadSettings settings;
    private final Clock clock;
    private final Dns resolver;
    private final Thresholds thresholds;
    private final OkHttpClient client;
    private final UnaryOperator<BufferedSource> throttle;
    private final ExtraStreams extras = new ExtraStreams(MOST_EXTRA_STREAMS);
    private final Set<Fetch> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** @param clock only to turn a Retry-After in seconds into a time */
    public Downloader(DownloadSettings settings, Clock clock) {
        this(settings, clock, Dns.SYSTEM, Thresholds.USUAL);
    }

    Downloader(DownloadSettings settings, Clock clock, Dns resolver, Thresholds thresholds) {
        this.settings = settings;
        this.clock = clock;
        this.resolver = resolver;
        this.thresholds = thresholds;
        this.client = client(settings);
        this.throttle = throttle(settings);
    }

    /**
     * Begins or continues a staged file over a link and blocks until that has ended. What is already whole is read
     * again, compared and reported complete without a request. Never throws for anything that the wire, the store or
     * the disk does; an interrupt ends it as {@link FetchOutcome.Stopped}.
     */
    public FetchReport fetch(FetchRequest request) {
        var redaction = Redaction.of(request.link());
        var guarded = client.newBuilder()
                .dns(new GuardedDns(request.rules(), resolver))
                .build();
        var around = new Surroundings(
                guarded,
                request.rules(),
                redaction,
                settings.stallTimeout(),
                settings.segments(),
                thresholds,
                extras,
                throttle,
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

    private static OkHttpClient client(DownloadSettings settings) {
        return new OkHttpClient.Builder()
                .socketFactory(new BufferedSockets(settings.stallTimeout()))
                .connectTimeout(settings.connectTimeout())
                // the sockets keep the time: OkHttp would set a clock for every 8 KiB
                .readTimeout(Duration.ZERO)
                .writeTimeout(settings.stallTimeout())
                .protocols(List.of(Protocol.HTTP_1_1))
                // a proxy would resolve names where our rules cannot look
                .proxy(Proxy.NO_PROXY)
                // one attempt is one request: OkHttp would repeat 408, and 503 with "Retry-After: 0", by itself
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(chain -> withoutImmediateRetry(chain.proceed(chain.request())))
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

    private static Response withoutImmediateRetry(Response response) {
        return "0".equals(response.header("Retry-After"))
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }

    private static UnaryOperator<BufferedSource> throttle(DownloadSettings settings) {
        var bandwidth = settings.bandwidth();
        if (bandwidth == null) {
            return UnaryOperator.identity();
        }
        var throttler = new Throttler();
        throttler.bytesPerSecond(bandwidth.bytes());
        return source -> Okio.buffer(throttler.source(source));
    }
}
