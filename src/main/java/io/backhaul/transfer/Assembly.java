package io.backhaul.transfer;

import io.backhaul.transfer.FetchOutcome.Cut;
import io.backhaul.transfer.FetchOutcome.Stopped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fills what is missing of one object over one or more streams. It begins with one; more come while they make it faster
 * ({@link Growth}), and each takes most of the longest rest there is, once its own answer has proved to be of the same
 * object. What a broken stream leaves is asked for again while others run; when the last one breaks, that is the
 * outcome. One thread runs it, each stream has its own.
 */
final class Assembly {
    /** Streams that broke in a row without a byte, before no more are sent after them. */
    private static final int MOST_BARREN = 3;

    /** How often to look, once it is known how many streams help, whether any are free for what nobody owns. */
    private static final Duration SETTLED_TICK = Duration.ofMillis(250);

    private final RangeRequests requests;
    private final Supplier<RangeStream> streams;
    private final ExtraStreams extras;
    private final LongAdder moved;
    private final Growth growth;
    private final Thresholds thresholds;
    private final Set<RangeStream> running = new HashSet<>();
    private final Set<RangeStream> further = new HashSet<>();
    private final Set<RangeStream> yielding = new HashSet<>();
    private final Deque<ByteRange> orphans = new ArrayDeque<>();
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private @Nullable FetchOutcome trouble;
    private @Nullable FetchOutcome ending;
    private @Nullable Throwable bug;
    private int barren;

    /**
     * @param streams makes one that owns nothing yet
     * @param moved what they bring, all together
     * @param growth how many of them there should be
     */
    Assembly(
            RangeRequests requests,
            Supplier<RangeStream> streams,
            ExtraStreams extras,
            LongAdder moved,
            Growth growth,
            Thresholds thresholds) {
        this.requests = requests;
        this.streams = streams;
        this.extras = extras;
        this.moved = moved;
        this.growth = growth;
        this.thresholds = thresholds;
    }

    /** What a stream does, on its own thread; null when its range is full, or it got none. */
    @FunctionalInterface
    interface Work {
        @Nullable
        FetchOutcome run();
    }

    private record Ended(
            RangeStream stream,
            boolean isExtra,
            @Nullable FetchOutcome outcome,
            @Nullable Throwable bug) {}

    /**
     * Runs until nothing is missing or nothing more can be done.
     *
     * @param first a stream that owns its range, and whose answer is there
     * @param gaps other missing ranges
     * @return null when all is there
     */
    @Nullable
    FetchOutcome run(RangeStream first, Work work, List<ByteRange> gaps) {
        orphans.addAll(gaps);
        start(first, false, work);
        adopt();
        var isInterrupted = false;
        while (!running.isEmpty()) {
            try {
                var tick = growth.isSettled() ? SETTLED_TICK : thresholds.tick();
                var one = ended.poll(tick.toNanos(), TimeUnit.NANOSECONDS);
                if (one != null) {
                    settle(one);
                }
            } catch (InterruptedException e) {
                isInterrupted = true;
                end(new Stopped());
            }
            if (ending == null) {
                makeRoom();
                adopt();
                grow();
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        if (bug != null) {
            throw new IllegalStateException("a stream broke", bug);
        }
        if (ending != null || orphans.isEmpty()) {
            return ending;
        }
        return trouble == null ? new Cut("the link is too old for another request") : trouble;
    }

    private void settle(Ended one) {
        running.remove(one.stream());
        if (one.isExtra()) {
            extras.giveBack();
        }
        if (one.bug() != null) {
            // thrown once the others have given back what they hold
            bug = one.bug();
            end(new Stopped());
        }
        var rest = one.stream().giveUp();
        if (!rest.isEmpty()) {
            orphans.addFirst(rest);
        }
        further.remove(one.stream());
        var yielded = yielding.remove(one.stream()) && one.outcome() instanceof Stopped;
        if (one.outcome() != null && !yielded) {
            judge(one.outcome(), !rest.isEmpty(), one.stream().hasMoved());
        }
    }

    private void judge(FetchOutcome outcome, boolean owned, boolean hasMoved) {
        if (!owned) {
            // an offer that could not be taken costs nothing; it will be no better the next time
            growth.settleAt(running.size());
        }
        barren = hasMoved ? 0 : barren + 1;
        switch (outcome) {
            case FetchOutcome.Cut cut -> trouble = cut;
            case FetchOutcome.Stalled stalled -> trouble = stalled;
            case FetchOutcome.ServerFault fault -> refused(fault);
            case FetchOutcome.Throttled wait -> refused(wait);
            case FetchOutcome.LinkDead dead -> endIf(owned, dead);
            case FetchOutcome.ObjectMissing missing -> endIf(owned, missing);
            case FetchOutcome.NotTheFile other -> endIf(owned, other);
            case FetchOutcome.TargetRefused target -> endIf(owned, target);
            default -> end(outcome);
        }
    }

    /** The store has enough to do: no more requests while others bring bytes. */
    private void refused(FetchOutcome outcome) {
        trouble = outcome;
        barren = MOST_BARREN;
        growth.settleAt(running.size());
    }

    /** What somebody owned must come. */
    private void endIf(boolean owned, FetchOutcome outcome) {
        if (owned) {
            end(outcome);
        }
    }

    private void end(FetchOutcome outcome) {
        if (ending == null) {
            ending = outcome;
        }
        running.forEach(stream -> stream.wire().stop());
    }

    /** Sends streams after what nobody owns, unless the last of them has just broken. */
    private void adopt() {
        while (!orphans.isEmpty()
                && running.size() < growth.most()
                && barren < MOST_BARREN
                && !(running.isEmpty() && trouble != null)
                && requests.mayAsk()) {
            var isExtra = !running.isEmpty();
            if (isExtra && !extras.take()) {
                return;
            }
            var stream = streams.get();
            stream.own(orphans.remove());
            start(stream, isExtra, () -> requests.fill(stream));
        }
    }

    /** Lets go of a connection where another file has none; what it was to fill is there for whoever comes next. */
    private void makeRoom() {
        if (extras.areWantedElsewhere() && yielding.isEmpty()) {
            further.stream()
                    .min(Comparator.comparingLong(stream -> stream.rest().length()))
                    .ifPresent(stream -> {
                        yielding.add(stream);
                        stream.wire().stop();
                    });
        }
    }

    private void grow() {
        growth.look(System.nanoTime(), moved.sum(), (int)
                running.stream().filter(RangeStream::isFlowing).count());
        while (running.size() < growth.target() && longest().isPresent() && requests.mayAsk() && share()) {
            // each of them has come to stay
        }
    }

    /** Sends one more stream after most of the longest rest; false when there is none to share, or no stream free. */
    private boolean share() {
        var owner = longest();
        if (owner.isEmpty() || !extras.take()) {
            return false;
        }
        var offer = owner.get().offer().orElseThrow();
        var stream = streams.get();
        start(stream, true, () -> requests.take(stream, owner.get(), offer));
        return true;
    }

    private Optional<RangeStream> longest() {
        return running.stream()
                .filter(RangeStream::mayShare)
                .max(Comparator.comparingLong(stream -> stream.rest().length()))
                .filter(stream -> stream.rest().length() >= thresholds.worthSharing());
    }

    private void start(RangeStream stream, boolean isExtra, Work work) {
        running.add(stream);
        if (isExtra) {
            further.add(stream);
        }
        Thread.ofPlatform().daemon().name("stream").start(() -> {
            FetchOutcome outcome = null;
            Throwable bug = null;
            try {
                outcome = work.run();
            } catch (StagingFailure e) {
                outcome = e.outcome();
            } catch (RuntimeException | Error e) {
                bug = e;
            }
            ended.add(new Ended(stream, isExtra, outcome, bug));
        });
    }
}
