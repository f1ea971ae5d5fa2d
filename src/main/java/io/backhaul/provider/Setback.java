package io.backhaul.provider;

import io.backhaul.provider.Trouble.Actor;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider did not give what was asked: one case for each thing that we do about it. The reason names status,
 * code and the provider's message, and never a key, token or link; the advice says what that means and who must act.
 */
public sealed interface Setback extends InstancesOutcome, BackupsOutcome, LinksOutcome {
    /** For people: what was asked, what came back. */
    String reason();

    /** For people: what is wrong, who must act, and how. */
    Advice advice();

    /** The reason, and the advice where somebody must act: for logs and the catalog. */
    default String explained() {
        return advice().trouble().who() == Actor.NOBODY ? reason() : reason() + "; " + advice();
    }

    /** The case as a metric's label: {@code throttled}. */
    default String label() {
        return label(getClass());
    }

    /** Every label that a setback can have. */
    static List<String> labels() {
        return Arrays.stream(Setback.class.getPermittedSubclasses())
                .map(Setback::label)
                .toList();
    }

    private static String label(Class<?> setback) {
        return setback.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The same with another advice; of cases whose advice is always the same, the same. */
    default Setback advised(UnaryOperator<Advice> change) {
        return switch (this) {
            case Denied denied -> new Denied(denied.reason(), denied.probeAt(), change.apply(denied.advice()));
            case Refused refused -> new Refused(refused.reason(), change.apply(refused.advice()));
            case Unavailable away -> new Unavailable(away.reason(), change.apply(away.advice()));
            case Throttled throttled -> throttled;
            case Busy busy -> busy;
            case Gone gone -> gone;
        };
    }

    /** We ask too often. {@code retryAt} is the provider's word in our time, or null when it gave none. */
    record Throttled(String reason, @Nullable Instant retryAt) implements Setback {
        @Override
        public Advice advice() {
            return Advice.throttled();
        }
    }

    /** The thing asked for is in another flow just now; try again later. */
    record Busy(String reason) implements Setback {
        @Override
        public Advice advice() {
            return Advice.busy();
        }
    }

    /** The instance or backup is no more. */
    record Gone(String reason) implements Setback {
        @Override
        public Advice advice() {
            return Advice.gone();
        }
    }

    /**
     * The credentials were refused, or rest after a refusal: nothing more is asked with them before
     * {@code probeAt} (in our time).
     */
    record Denied(String reason, Instant probeAt, Advice advice) implements Setback {
        /** A refusal that does not say what of the credentials is wrong. */
        public Denied(String reason, Instant probeAt) {
            this(reason, probeAt, Advice.credentialsRefused());
        }
    }

    /** Asking again will not help: not permitted, not supported, or a request that the provider takes for wrong. */
    record Refused(String reason, Advice advice) implements Setback {
        /** A request that the provider takes for wrong. */
        public Refused(String reason) {
            this(reason, Advice.notAccepted());
        }
    }

    /** No usable answer: network, time-out, 5xx, or an answer that cannot be read. */
    record Unavailable(String reason, Advice advice) implements Setback {
        /** The provider's own trouble, as far as is known. */
        public Unavailable(String reason) {
            this(reason, Advice.noUsableAnswer());
        }
    }
}
