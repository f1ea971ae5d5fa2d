package io.backhaul.transfer;

import io.backhaul.backup.RetryAfter;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * The HTTP clients that talk to stores, over one pool of connections: one for each set of rules and each scheme, made
 * when it is first asked for, so that who downloads over plain http does not wait for the authorities of TLS.
 */
final class StoreClients implements AutoCloseable {
    private static final int MOST_IDLE = 64;

    private final DownloadSettings settings;
    private final Dns resolver;
    private final OkHttpClient plain;
    /** Of each source, of which there are few, or of each host that a list of links names. */
    private final Map<Purpose, OkHttpClient> made = new ConcurrentHashMap<>();

    StoreClients(DownloadSettings settings, Dns resolver) {
        this.settings = settings;
        this.resolver = resolver;
        this.plain = plain(settings);
    }

    private record Purpose(TargetRules rules, boolean isSecure) {}

    /** @param isSecure whether it speaks TLS; it then speaks nothing else */
    OkHttpClient of(TargetRules rules, boolean isSecure) {
        return made.computeIfAbsent(new Purpose(rules, isSecure), this::make);
    }

    /** Closes idle connections; others end with their calls. */
    @Override
    public void close() {
        plain.connectionPool().evictAll();
    }

    private OkHttpClient make(Purpose purpose) {
        var client = plain.newBuilder().dns(new GuardedDns(purpose.rules(), resolver));
        if (purpose.isSecure()) {
            var trust = settings.trust();
            // TLS 1.2 and later
            client.connectionSpecs(List.of(ConnectionSpec.MODERN_TLS))
                    .sslSocketFactory(trust.sockets(), trust.manager());
        }
        return client.build();
    }

    private static OkHttpClient plain(DownloadSettings settings) {
        return new OkHttpClient.Builder()
                .socketFactory(new BufferedSockets(settings.stallTimeout()))
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
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
