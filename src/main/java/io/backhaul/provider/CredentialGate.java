package io.backhaul.provider;

import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.provider.Setback.Throttled;
import io.backhaul.provider.Setback.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a refused credential from being hammered (DESIGN 5, rule 6): Huawei locks a key for five minutes after five
 * failures, and every further failure would keep it locked (huawei.md 4.4). After a refusal nothing passes until the
 * rest is over; then one call probes, and its result opens the gate or starts another rest. Safe for use by several
 * threads.
 */
public final class CredentialGate {
    /** How long a credential rests after a refusal. */
    public static final Duration REST = Duration.ofMinutes(5);

    /** What others are told while a probe is under way: longer than a call can take. */
    private static final Duration PROBE = Duration.ofMinutes(1);

    private enum Entry {
        FREE,
        PROBE
    }

    private final Clock clock;
    private @Nullable Denied refusal;
    private boolean probing;

    CredentialGate(Clock clock) {
        this.clock = clock;
    }

    /** The answer to whoever must not ask just now; nothing when a call may pass. */
    public synchronized Optional<Denied> denial() {
        var last = refusal;
        if (last == null) {
            return Optional.empty();
        }
        var now = clock.instant();
        if (probing) {
            return Optional.of(new Denied(last.reason() + "; a probe is under way", now.plus(PROBE), last.advice()));
        }
        return now.isBefore(last.probeAt()) ? Optional.of(last) : Optional.empty();
    }

    /** Makes the call if the gate lets it pass, and learns from its result. */
    public <T> Asked<T> pass(Supplier<Asked<T>> call) {
        Entry entry;
        synchronized (this) {
            var denial = denial();
            if (denial.isPresent()) {
                return Asked.failed(denial.get());
            }
            entry = refusal == null ? Entry.FREE : Entry.PROBE;
            probing = entry == Entry.PROBE;
        }
        var concluded = false;
        try {
            var result = call.get();
            learn(entry, result);
            concluded = true;
            return result;
        } finally {
            if (!concluded) {
                endProbe(entry);
            }
        }
    }

    private synchronized void learn(Entry entry, Asked<?> result) {
        if (result instanceof Failed<?> failed && failed.why() instanceof Denied denied) {
            refusal = denied;
        } else if (entry == Entry.PROBE && wasAccepted(result)) {
            refusal = null;
        }
        endProbe(entry);
    }

    /** A probe that proved nothing leaves the gate due for another. */
    private synchronized void endProbe(Entry entry) {
        if (entry == Entry.PROBE) {
            probing = false;
        }
    }

    private static boolean wasAccepted(Asked<?> result) {
        return switch (result) {
            case Got<?> got -> true;
            case Failed<?> failed ->
                switch (failed.why()) {
                    case Busy busy -> true;
                    case Gone gone -> true;
                    case Refused refused -> true;
                    case Denied denied -> false;
                    // Said by a gateway or a network, perhaps before it looked at the credential.
                    case Throttled throttled -> false;
                    case Unavailable unavailable -> false;
                };
        };
    }
}
