package io.backhaul.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one stream: GET, byte for byte, redirects checked one by one. One thread sends, any thread may stop
 * it.
 */
final class Wire {
    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final StoreClients clients;
    private final TargetRules rules;
    private final Redaction redaction;
    private final Duration stallTimeout;
    private final AtomicInteger lastStatus;
    private volatile @Nullable Call call;
    private volatile boolean stopped;
    private String host = "";

    /** @param lastStatus is told the status of each answer */
    Wire(
            StoreClients clients,
            TargetRules rules,
            Redaction redaction,
            Duration stallTimeout,
            AtomicInteger lastStatus) {
        this.clients = clients;
        this.rules = rules;
        this.redaction = redaction;
        this.stallTimeout = stallTimeout;
        this.lastStatus = lastStatus;
    }

    /** What a request led to. */
    sealed interface Answer {
        /** The last answer, to be closed by whoever takes it. */
        record Came(Response response) implements Answer {}

        /** The link or a redirect was not followed. */
        record Refused(FetchOutcome outcome) implements Answer {}
    }

    /** Sends a request and follows where it is led, with the same headers each time. */
    Answer get(URI link, Headers headers) throws IOException {
        var target = link;
        for (var hop = 0; hop <= MOST_REDIRECTS; hop++) {
            var refusal = rules.refusal(target);
            if (refusal.isPresent()) {
                return refused((hop == 0 ? "link: " : "redirect: ") + refusal.get());
            }
            var url = ExactUrl.of(target);
            if (url.isEmpty()) {
                return refused("the link would be re-encoded");
            }
            var response =
                    send(new Request.Builder().url(url.get()).headers(headers).build());
            var location = response.header("Location");
            if (location == null || !REDIRECTS.contains(response.code())) {
                return new Answer.Came(response);
            }
            response.close();
            var next = resolve(target, location);
            if (next.isEmpty() || isDowngrade(target, next.get())) {
                return refused(next.isEmpty() ? "redirect: not an address" : "redirect: from https to plain http");
            }
            target = next.get();
            redaction.hide(Objects.requireNonNullElse(target.getRawQuery(), ""));
        }
        return refused("more than " + MOST_REDIRECTS + " redirects");
    }

    void stop() {
        stopped = true;
        abandon();
    }

    /** Cuts the answer that is being read, where nothing more of it is wanted. */
    void abandon() {
        var running = call;
        if (running != null) {
            running.cancel();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    /** What a failure of a request or of reading its body means. */
    FetchOutcome outcomeOf(IOException failure) {
        if (stopped) {
            return new FetchOutcome.Stopped();
        }
        if (failure instanceof GuardedDns.Refused) {
            return new FetchOutcome.TargetRefused(redaction.clean(String.valueOf(failure.getMessage())));
        }
        var tls = TlsTrouble.of(failure, host);
        if (tls.isPresent()) {
            return new FetchOutcome.Cut(redaction.clean(tls.get()));
        }
        if (failure instanceof SocketTimeoutException) {
            return new FetchOutcome.Stalled("nothing came for " + stallTimeout.toSeconds() + "s, or no connection");
        }
        if (failure instanceof InterruptedIOException) {
            // whoever interrupts the thread wants it to end
            return new FetchOutcome.Stopped();
        }
        return new FetchOutcome.Cut(redaction.clean(failure.getClass().getSimpleName() + ": " + failure.getMessage()));
    }

    static Optional<URI> resolve(URI from, String location) {
        try {
            return Optional.of(from.resolve(new URI(location.strip())));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    static boolean isDowngrade(URI from, URI to) {
        return "https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(to.getScheme());
    }

    private Response send(Request request) throws IOException {
        var next = clients.of(rules, request.isHttps()).newCall(request);
        call = next;
        host = request.url().host();
        // after publishing it: a stop either sees this call or is seen here
        if (stopped) {
            next.cancel();
        }
        var response = next.execute();
        lastStatus.set(response.code());
        return response;
    }

    private static Answer refused(String detail) {
        return new Answer.Refused(new FetchOutcome.TargetRefused(detail));
    }
}
