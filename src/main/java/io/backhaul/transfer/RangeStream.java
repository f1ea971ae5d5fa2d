package io.backhaul.transfer;

import io.backhaul.backup.CheckResult;
import io.backhaul.transfer.FetchOutcome.Cut;
import io.backhaul.transfer.FetchOutcome.Damaged;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * One connection's share of an object: a range that it fills from its first byte on, and of which it may cede the end
 * to others while it runs.
 */
final class RangeStream {
    private final PartFile part;
    private final Wire wire;
    private final UnaryOperator<BufferedSource> throttle;
    private final LongConsumer moved;
    private ByteRange rest = ByteRange.NONE;
    private boolean hasOffered;
    private boolean hasCeded;
    private volatile boolean hasMoved;
    private volatile boolean isFlowing;

    /** Owns nothing at first. */
    RangeStream(PartFile part, Wire wire, UnaryOperator<BufferedSource> throttle, LongConsumer moved) {
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

    /** Tells whether bytes of its range are coming. */
    boolean isFlowing() {
        return isFlowing;
    }

    boolean hasMoved() {
        return hasMoved;
    }

    /** Offers the second half of the rest to another stream, one at a time. */
    synchronized Optional<ByteRange> offer() {
        if (hasOffered) {
            return Optional.empty();
        }
        hasOffered = true;
        return Optional.of(new ByteRange(rest.from() + rest.length() / 2, rest.to()));
    }

    /** Gives up what of the offer it has not reached yet; possibly nothing. */
    synchronized ByteRange cede(ByteRange offer) {
        hasOffered = false;
        var from = Math.max(offer.from(), rest.from());
        var ceded = new ByteRange(from, Math.max(from, Math.min(offer.to(), rest.to())));
        if (!ceded.isEmpty()) {
            hasCeded = true;
            rest = new ByteRange(rest.from(), from);
        }
        return ceded;
    }

    /** Nobody took the offer. */
    synchronized void withdraw() {
        hasOffered = false;
    }

    /**
     * Writes what a body brings until the range is full.
     *
     * @param bodyFrom which byte of the object the body begins with; what lies before the range is dropped
     * @param mustFill whether a body that ends before the range is a cut one; else its end is the object's
     * @return null once the range is full
     */
    @Nullable
    FetchOutcome pour(BufferedSource source, long bodyFrom, boolean mustFill) throws IOException {
        var body = throttle.apply(source);
        body.skip(rest().from() - bodyFrom);
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
        if (hasCeded) {
            // closing the answer would read on for a while, and nobody wants that
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
