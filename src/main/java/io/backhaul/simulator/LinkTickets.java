package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links that do not show when they die: one opaque parameter, whose end only the store knows. Any thread may call. */
final class LinkTickets {
    private static final String NAME = "ticket";

    private final String secret;
    private final Clock clock;
    private final Map<String, Instant> ends = new HashMap<>();

    LinkTickets(String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** Path and query of a new one. */
    synchronized String issue(StoredObject object, Duration life) {
        var ticket = Digests.sha256((secret + object.path() + ends.size()).getBytes(UTF_8));
        ends.put(object.encodedPath() + ticket, clock.instant().plus(life));
        return object.encodedPath() + "?" + NAME + "=" + ticket;
    }

    /** Empty when the request came with no ticket. */
    synchronized Optional<LinkVerdict> judge(WireRequest request) {
        return request.parameter(NAME).map(ticket -> judge(request, ends.get(request.rawPath() + ticket)));
    }

    private LinkVerdict judge(WireRequest request, @Nullable Instant end) {
        if (end == null || !request.method().equals("GET")) {
            return LinkVerdict.SIGNATURE_WRONG;
        }
        return clock.instant().isBefore(end) ? LinkVerdict.GOOD : LinkVerdict.EXPIRED;
    }

    /** Kills the ticket of this request; does nothing when there is none. */
    synchronized void revoke(WireRequest request) {
        request.parameter(NAME).ifPresent(ticket -> ends.replace(request.rawPath() + ticket, Instant.EPOCH));
    }
}
