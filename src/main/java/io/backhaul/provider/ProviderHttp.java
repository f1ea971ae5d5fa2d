package io.backhaul.provider;

import io.backhaul.backup.RetryAfter;
import io.backhaul.config.Trust;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Setback.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One source's way to its provider's API: sends what it is given, once, and hands back whatever comes. No redirects
 * (a signed header must not follow one), no cookies, no retries, bounded time and size. Keeps the clock offset of the
 * latest answer. Safe for use by several threads; closing it cuts the calls under way.
 */
public final class ProviderHttp implements AutoCloseable {
    static final long LARGEST_BODY = 8L << 20;

    private final Clock clock;
    private final String userAgent;
    private final OkHttpClient client;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    /** @param version ours, for the User-Agent */
    public ProviderHttp(Clock clock, CallTimeouts timeouts, Trust trust, String version) {
        this.clock = clock;
        this.userAgent = "backhaul/" + version;
        this.client = new OkHttpClient.Builder()
                .sslSocketFactory(trust.sockets(), trust.manager())
                // TLS 1.2 and later; plain http where the configuration lets it
                .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.read())
                .writeTimeout(timeouts.read())
                .callTimeout(timeouts.call())
                .followRedirects(false)
                .followSslRedirects(false)
                .cookieJar(CookieJar.NO_COOKIES)
                // A kept connection that the other side has closed meanwhile is no answer: OkHttp then takes a fresh
                // one.
                // HTTP/1.0 gateways close after every answer without saying so.
                .retryOnConnectionFailure(true)
                .addNetworkInterceptor(chain -> withoutOwnRetry(chain.proceed(chain.request())))
                .connectionPool(new ConnectionPool(4, 15, TimeUnit.SECONDS))
                .build();
    }

    /** When to repeat a request is for the pipeline to say, by a row. */
    private static Response withoutOwnRetry(Response response) {
        var header = response.header("Retry-After");
        if (header == null) {
            return response;
        }
        var answer = response.newBuilder().removeHeader("Retry-After");
        RetryAfter.harmless(header).ifPresent(value -> answer.header("Retry-After", value));
        return answer.build();
    }

    /** Sends a request and takes one answer. Every answer that could be read is one, whatever its status. */
    public Asked<ApiAnswer> call(ApiRequest request) {
        var call = client.newCall(wire(request));
        var sent = clock.instant();
        try (var response = call.execute()) {
            var date = Optional.ofNullable(response.header("Date")).flatMap(RetryAfter::httpDate);
            date.ifPresent(instant -> offset.set(Duration.between(middle(sent, clock.instant()), instant)));
            var body = new Buffer();
            if (!readUpToTheCap(response, body)) {
                return unavailable(request, "the answer is larger than " + (LARGEST_BODY >> 20) + " MiB");
            }
            var text = body.readString(StandardCharsets.UTF_8);
            return new Got<>(new ApiAnswer(response.code(), headers(response), text, date.orElse(null)));
        } catch (IOException e) {
            // The text may quote what was sent or received; the kind says enough.
            var reason = request.asked() + ": no answer from " + request.host() + " (" + kind(e) + ")";
            return Asked.failed(new Unavailable(reason, NetworkTrouble.of(e, request)));
        }
    }

    /** Provider's time minus ours, from the latest answer with a Date; zero before the first. */
    public Duration clockOffset() {
        return offset.get();
    }

    /** The provider's time now, as far as we know it. */
    public Instant providerNow() {
        return clock.instant().plus(offset.get());
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }

    private Request wire(ApiRequest request) {
        try {
            var builder = new Request.Builder().url(url(request)).method(request.method(), body(request));
            builder.header("User-Agent", userAgent);
            request.headers().forEach(builder::header);
            return builder.build();
        } catch (IllegalArgumentException e) {
            // OkHttp quotes the value that it does not like; it may be a token, so the cause stays here.
            throw new IllegalStateException("a request cannot be written: " + request.asked());
        }
    }

    private static HttpUrl url(ApiRequest request) {
        var query = request.rawQuery();
        var origin = request.endpoint().getScheme() + "://" + request.host();
        return HttpUrl.get(origin + request.rawPath() + (query.isEmpty() ? "" : "?" + query));
    }

    private static @Nullable RequestBody body(ApiRequest request) {
        var body = request.body();
        // As bytes: given as a string, OkHttp would add a charset to the content type.
        return body == null
                ? null
                : RequestBody.create(body.text().getBytes(StandardCharsets.UTF_8), MediaType.get(body.contentType()));
    }

    private static boolean readUpToTheCap(Response response, Buffer into) throws IOException {
        var source = response.body().source();
        while (into.size() <= LARGEST_BODY) {
            if (source.read(into, LARGEST_BODY + 1 - into.size()) < 0) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> headers(Response response) {
        var headers = new LinkedHashMap<String, String>();
        for (var name : response.headers().names()) {
            headers.put(name.toLowerCase(Locale.ROOT), response.header(name, ""));
        }
        return headers;
    }

    private static String kind(IOException e) {
        return e.getClass().getSimpleName()
                + (e.getMessage() != null && e.getMessage().equals("timeout") ? ": timeout" : "");
    }

    private static Instant middle(Instant sent, Instant received) {
        return sent.plus(Duration.between(sent, received).dividedBy(2));
    }

    private static Asked<ApiAnswer> unavailable(ApiRequest request, String what) {
        return Asked.failed(new Unavailable(request.asked() + ": " + what));
    }
}
