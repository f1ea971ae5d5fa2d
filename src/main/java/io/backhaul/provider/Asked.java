package io.backhaul.provider;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came of asking a provider one thing: a value, or why there is none. */
public sealed interface Asked<T> {
    /** It answered, and the answer made sense so far. */
    record Got<T>(T value) implements Asked<T> {}

    /**
     * It did not, or its answer was a refusal.
     *
     * @param answer what the provider sent, for those who must tell refusals apart; null when nothing came
     */
    record Failed<T>(Setback why, @Nullable ApiAnswer answer) implements Asked<T> {
        /** The same failure of another question. */
        public <R> Asked<R> retyped() {
            return new Failed<>(why, answer);
        }
    }

    /** A failure without any answer of the provider. */
    static <T> Asked<T> failed(Setback why) {
        return new Failed<>(why, null);
    }

    /** Goes on with the value; a failure stays what it is. */
    default <R> Asked<R> then(Function<T, Asked<R>> next) {
        return switch (this) {
            case Got<T> got -> next.apply(got.value());
            case Failed<T> failed -> failed.retyped();
        };
    }
}
