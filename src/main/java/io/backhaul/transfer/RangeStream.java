package io.backhaul.transfer;

import io.backhaul.backup.CheckResult;
import io.backhaul.transfer.FetchOutcome.Cut;
import io.backhaul.transfer.FetchOutcome.Damaged;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * One connection's share of an object: a range that it fills from its first byte on, and of which it may cede the end
 * to others while it runs.
 */
final class RangeStream {
    /** One part in this many. */
    private static final int KEPT = 4;

    private final PartFile part;
    private final Wire wire;
    private final Throttle throttle;
    private final LongConsumer moved;
    private ByteRange rest = ByteRange.NONE;
    private @Nullable ByteRange offered;
    private volatile boolean hasMoved;
    private volatile boolean isFlowing;

    /** Owns nothing at first. */
    RangeStream(PartFile part, Wire wire, Throttle throttle, LongConsumer moved) {
        this.part = part;
        this.wire = wire;
        this.throttle = throttle;
        this.moved = moved;
    }

    Wire wire() {
        return wire;
    }

    /** From now on this is its to fill. */
    synchronized void own(ByteRange range) {
        rest = range;
    }

    /** What it still has to fill. */
    synchronized ByteRange rest() {
        return rest;
    }

    /** Takes from it what it still had to fill: it has ended. */
    synchronized ByteRange giveUp() {
        var left = rest;
        rest = ByteRange.NONE;
        return left;
    }

    /** Tells whether bytes of its range are coming. */
    boolean isFlowing() {
        return isFlowing;
    }

    boolean hasMoved() {
        return hasMoved;
    }

    /** Tells whether it has something to {@link #offer}: bytes are coming, and no other offer is open. */
    synchronized boolean mayShare() {
        return isFlowing && offered == null;
    }

    /**
     * Offers most of the rest to another stream, one offer at a time. What it keeps lies first and is the smaller part, so
     * that the file grows from its beginning, where the digests are, and whoever is done helps with the rest.
     */
    synchronized Optional<ByteRange> offer() {
        if (offered != null) {
            return Optional.empty();
        }
        offered = new ByteRange(rest.from() + rest.length() / KEPT, rest.to());
        return Optional.of(offered);
    }

    /** Gives up what of the offer it has not reached yet; possibly nothing. */
    synchronized ByteRange cede(ByteRange offer) {
        withdraw(offer);
        var from = Math.max(offer.from(), rest.from());
        var ceded = new ByteRange(from, Math.max(from, Math.min(offer.to(), rest.to())));
        if (!ceded.isEmpty()) {
            rest = new ByteRange(rest.from(), from);
        }
        return ceded;
    }

    /** Nobody takes the offer; an offer that was taken or withdrawn before is no longer of any interest. */
    synchronized void withdraw(ByteRange offer) {
        if (offer.equals(offered)) {
            offered = null;
        }
    }

    /**
     * Writes what a body brings until the range is full.
     *
     * @param bytes of the object that the body has; what lies outside the range is dropped
     * @param mustFill whether a body that ends before the range is a cut one; else its end is the object's
     * @return null once the range is full
     */
    @Nullable
    FetchOutcome pour(BufferedSource source, ByteRange bytes, boolean mustFill) throws IOException {
        var body = throttle.apply(source, wire::isStopped);
        body.skip(rest().from() - bytes.from());
        var chunk = new Chunk(body);
        isFlowing = true;
        try {
            while (chunk.fill(rest().length())) {
                var place = take(chunk.count());
                part.write(chunk.bytes(place.length()), place.from());
                moved.accept(place.length());
                hasMoved = true;
                if (wire.isStopped()) {
                    return new FetchOutcome.Stopped();
                }
            }
        } finally {
            isFlowing = false;
        }
        var left = rest();
        if (!left.isEmpty() && mustFill) {
            return new Cut("the body ended at byte " + left.from() + " of " + left.to());
        }
        if (!left.isEmpty()) {
            own(ByteRange.NONE);
            return null;
        }
        if (left.to() < bytes.to()) {
            // the end was ceded: closing the answer would read on for a while, and nobody wants that
            wire.abandon();
            return null;
        }
        return mustFill && !body.exhausted()
                ? new Damaged(List.of(CheckResult.failed("length", "more bytes came than were announced")))
                : null;
    }

    /** The place of the next bytes; fewer than have come where the end has been ceded meanwhile. */
    private synchronized ByteRange take(int count) {
        var place = new ByteRange(rest.from(), Math.min(rest.from() + count, rest.to()));
        rest = new ByteRange(place.to(), rest.to());
        return place;
    }
}
