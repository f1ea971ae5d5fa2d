package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** What all stores' links have in common: keys, an end that can come early, and opaque ones beside the signed. Any thread may call. */
abstract class SignedLinks {
    final Clock clock;
    final String secret;

    private final LinkTickets tickets;
    private final Set<String> revoked = new HashSet<>();

    /**
     * The store's keys are its own, as the provider signs links itself; they follow from the account's.
     *
     * @param words tell one store's keys from another's
     */
    SignedLinks(CloudSettings settings, Clock clock, String words) {
        var mark = Digests.hmac("HmacSHA256", settings.secretKey(), words + " of " + settings.accessKey());
        this.clock = clock;
        this.secret = HexFormat.of().formatHex(mark);
        this.tickets = new LinkTickets(secret, clock);
    }

    /** The signature that a request came with; empty when it came with none. */
    abstract String signatureOf(WireRequest request);

    /** What a link is worth by what it says of itself. */
    abstract LinkVerdict judgeSigned(WireRequest request);

    /** Path and query of a link that does not show when it dies. */
    final String opaque(StoredObject object, Duration life) {
        return tickets.issue(object, life);
    }

    /** The same second gives the same signature, and a link that was just granted must not be born dead. */
    final synchronized void revive(String signature) {
        revoked.remove(signature);
    }

    /** Kills the link of this request. */
    final synchronized void revoke(WireRequest request) {
        tickets.revoke(request);
        revoked.add(signatureOf(request));
    }

    final synchronized LinkVerdict judge(WireRequest request) {
        return tickets.judge(request).orElseGet(() -> {
            var verdict = judgeSigned(request);
            var isRevoked = verdict == LinkVerdict.GOOD && revoked.contains(signatureOf(request));
            return isRevoked ? LinkVerdict.EXPIRED : verdict;
        });
    }

    static LinkVerdict compared(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8))
                ? LinkVerdict.GOOD
                : LinkVerdict.SIGNATURE_WRONG;
    }

    final boolean isOver(Instant end) {
        return !clock.instant().isBefore(end);
    }
}
