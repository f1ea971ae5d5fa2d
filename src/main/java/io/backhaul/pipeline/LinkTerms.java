package io.backhaul.pipeline;

import io.backhaul.backup.ByteCount;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long links should live, where the provider lets us choose. */
public sealed interface LinkTerms {
    /** The validity to ask for. */
    Duration validity(@Nullable ByteCount size, double bytesPerSecond);

    /** As long as configured. */
    record Fixed(Duration validity) implements LinkTerms {
        @Override
        public Duration validity(@Nullable ByteCount size, double bytesPerSecond) {
            return validity;
        }
    }

    /**
     * As short as fits: a link is a bearer secret, so it should not outlive its use by much; but a slow day must not
     * cost a renewal.
     */
    record Fitted() implements LinkTerms {
        private static final Duration SHORTEST = Duration.ofMinutes(15);
        private static final Duration UNKNOWN_SIZE = Duration.ofHours(2);
        private static final int ALLOWANCE = 3;

        @Override
        public Duration validity(@Nullable ByteCount size, double bytesPerSecond) {
            return size == null
                    ? UNKNOWN_SIZE
                    : SHORTEST.plusSeconds(Math.round(ALLOWANCE * size.bytes() / bytesPerSecond));
        }
    }
}
