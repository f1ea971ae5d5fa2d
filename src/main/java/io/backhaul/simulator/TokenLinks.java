package io.backhaul.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The links of v2's download servers (tencent-aliyun.md 2.1): one path for all, and one opaque Base64 token for a query,
 * with slash, plus and equals sign as they are. Whoever decodes or encodes it has another token. Any thread may call.
 */
final class TokenLinks {
    static final String PATH = "/download/dump.rdb";

    private final Clock clock;
    private final String secret;
    private final Map<String, Ticket> tickets = new HashMap<>();

    private record Ticket(StoredObject object, Instant dies) {}

    TokenLinks(CloudSettings settings, Clock clock) {
        this.clock = clock;
        this.secret = settings.secretKey();
    }

    /** Path and query of a link that lives this long. */
    synchronized String sign(StoredObject object, Duration life) {
        var mark = Digests.hmac("HmacSHA256", secret, object.path() + " " + tickets.size());
        // So that every token has what a careless client would change.
        var token = "/+" + Base64.getEncoder().encodeToString(mark) + "+/=";
        tickets.put(token, new Ticket(object, clock.instant().plus(life)));
        return PATH + "?" + token;
    }

    /** The path of the object that was meant, dead link or not. */
    synchronized Optional<String> meant(WireRequest request) {
        return Optional.ofNullable(tickets.get(request.rawQuery())).map(ticket -> ticket.object.path());
    }

    synchronized boolean isAlive(WireRequest request) {
        var ticket = tickets.get(request.rawQuery());
        return ticket != null
                && request.method().equals("GET")
                && clock.instant().isBefore(ticket.dies);
    }

    /** Kills the link of this request. */
    synchronized void revoke(WireRequest request) {
        tickets.computeIfPresent(request.rawQuery(), (token, ticket) -> new Ticket(ticket.object, Instant.EPOCH));
    }
}
