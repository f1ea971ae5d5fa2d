package io.backhaul.transfer;

import io.backhaul.config.Bandwidth;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * Holds bodies to every limit of bandwidth that is on them. It waits between reads and never within one, so that the
 * stall time-out, which only runs while a socket is read, does not take a throttled stream for a dead one. Any thread.
 */
public final class Throttle {
    /** As fast as it goes. */
    public static final Throttle NONE = new Throttle(List.of());

    /** A wait looks up this often: whether it is stopped, and whether another rate is due. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<Pace> paces;

    Throttle(List<Pace> paces) {
        this.paces = List.copyOf(paces);
    }

    /**
     * One limit for everything that comes under it.
     *
     * @param bandwidth null for no limit
     * @param clock what timetables go by
     */
    public static Throttle to(@Nullable Bandwidth bandwidth, Clock clock) {
        return bandwidth == null ? NONE : new Throttle(List.of(new Pace(bandwidth, clock, System::nanoTime)));
    }

    /** All limits of both. */
    Throttle and(Throttle other) {
        return new Throttle(Stream.concat(paces.stream(), other.paces.stream()).toList());
    }

    /**
     * The same body, no faster than it may come.
     *
     * @param isStopped ends a wait soon, with an exception
     */
    BufferedSource apply(BufferedSource body, BooleanSupplier isStopped) {
        return paces.isEmpty() ? body : Okio.buffer(new Paced(body, isStopped));
    }

    private final class Paced extends ForwardingSource {
        private final BooleanSupplier isStopped;

        Paced(Source body, BooleanSupplier isStopped) {
            super(body);
            this.isStopped = isStopped;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            var places =
                    paces.stream().mapToDouble(pace -> pace.book(byteCount)).toArray();
            var read = 0L;
            try {
                awaitTurn(places);
                read = super.read(sink, byteCount);
                return read;
            } finally {
                var unread = byteCount - Math.max(0, read);
                if (unread > 0) {
                    paces.forEach(pace -> pace.giveBack(unread));
                }
            }
        }

        private void awaitTurn(double[] places) throws IOException {
            for (var nanos = nanosUntil(places); nanos > 0; nanos = nanosUntil(places)) {
                if (isStopped.getAsBoolean()) {
                    throw new InterruptedIOException("stopped while it waited for its turn");
                }
                try {
                    TimeUnit.NANOSECONDS.sleep(Math.min(nanos, LOOK_NANOS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while it waited for its turn");
                }
            }
        }

        private long nanosUntil(double[] places) {
            var longest = 0L;
            for (var i = 0; i < places.length; i++) {
                longest = Math.max(longest, paces.get(i).nanosUntil(places[i]));
            }
            return longest;
        }
    }
}
