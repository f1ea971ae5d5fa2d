package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import io.backhaul.backup.CheckResult;
import io.backhaul.transfer.FetchOutcome.Complete;
import io.backhaul.transfer.FetchOutcome.Damaged;
import io.backhaul.transfer.FetchOutcome.NewGeneration;
import io.backhaul.transfer.FetchOutcome.NoRoom;
import io.backhaul.transfer.FetchOutcome.NotTheFile;
import io.backhaul.transfer.FetchOutcome.Stopped;
import io.backhaul.transfer.StagedState.Empty;
import io.backhaul.transfer.StagedState.Partial;
import io.backhaul.transfer.StagedState.Whole;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import okhttp3.Headers;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** One fetch, from what is staged to an outcome (DESIGN 5, rules 2 and 3). */
final class Fetch {

    private static final long ENDLESS = Long.MAX_VALUE;

    private final FetchRequest request;
    private final StagedFile staged;
    private final Surroundings around;
    private final StoreStatus table;
    private final Wire wire;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final LongAdder moved = new LongAdder();
    private long fromByte;
    private long keptBefore;
    /** Staged bytes that make way when the object comes from its first byte again. */
    private long replaceable;
    /** Whether only the end of the connection says where the file ends: a cut one looks the same. */
    private boolean hasOpenEnd;

    private volatile boolean stopped;

    Fetch(FetchRequest request, Surroundings around) {
        this.request = request;
        this.staged = request.staged();
        this.around = around;
        this.table = around.table();
        this.wire = newWire();
    }

    FetchReport run() {
        FetchOutcome outcome;
        try {
            outcome = stopped ? new Stopped() : attempt();
        } catch (StagingFailure e) {
            outcome = e.outcome();
        }
        return new FetchReport(
                fromByte,
                new ByteCount(moved.sum()),
                gained(outcome),
                around.lastStatus().get(),
                outcome);
    }

    private long gained(FetchOutcome outcome) {
        if (outcome instanceof Complete || outcome instanceof Stopped) {
            return 0;
        }
        try {
            return staged.kept().bytes() - keptBefore;
        } catch (StagingFailure e) {
            return 0; // whatever ails the disk, the next step meets it
        }
    }

    /** Ends it soon; any thread. */
    void stop() {
        stopped = true;
        wires.forEach(Wire::stop);
    }

    private FetchOutcome attempt() {
        return switch (staged.state()) {
            case Whole whole -> adopt(whole);
            case Partial partial -> {
                replaceable = partial.synced().bytes();
                keptBefore = partial.kept();
                yield canBeContinued(partial) ? resume(partial) : fresh();
            }
            case Empty empty -> fresh();
        };
    }

    private boolean canBeContinued(Partial partial) {
        return partial.kept() > 0 && isExpected(partial.generation().total());
    }

    private boolean isExpected(@Nullable Long total) {
        var expected = request.expectedSize();
        return total == null || expected == null || total == expected.bytes();
    }

    private FetchOutcome adopt(Whole whole) {
        if (!isExpected(whole.file().size().bytes())) {
            return fresh();
        }
        var file = staged.finished(() -> stopped);
        if (stopped) {
            return new Stopped();
        }
        if (file.isEmpty()) {
            return fresh();
        }
        fromByte = file.get().size().bytes();
        return new Complete(file.get());
    }

    private FetchOutcome fresh() {
        return exchange(Headers.of(), response -> switch (response.code()) {
            case 200 -> takeWhole(response);
            case 206 -> new NotTheFile("a part came, the whole was asked for");
            default -> table.outcomeOf(response);
        });
    }

    /** Goes on where the first byte is missing. */
    private FetchOutcome resume(Partial partial) {
        var generation = partial.generation();
        var gaps = gaps(partial);
        if (gaps.isEmpty()) {
            // killed between the last byte and the verdict
            fromByte = partial.synced().bytes();
            return inspect(staged.resume(partial), generation, false, () -> null);
        }
        var from = gaps.getFirst().from();
        var isRest = gaps.size() == 1 && gaps.getFirst().to() >= Objects.requireNonNullElse(generation.total(), 0L);
        var to = isRest ? null : gaps.getFirst().to();
        return exchange(RangeRequests.headers(generation, from, to), response -> switch (response.code()) {
            case 206 -> {
                var mismatch = RangeRequests.mismatch(response, generation, from, to, table.redaction());
                yield mismatch.isPresent() ? discardIfUnfit(mismatch.get()) : takeRest(response, partial, gaps);
            }
            case 200 -> takeWholeInstead(response, generation);
            case 412 -> discardIfUnfit(new NewGeneration("the object has changed (HTTP 412)"));
            case 416 -> discardIfUnfit(new NewGeneration("the object ends before what is kept (HTTP 416)"));
            default -> table.outcomeOf(response);
        });
    }

    private static List<ByteRange> gaps(Partial partial) {
        var total = partial.generation().total();
        return total == null
                ? List.of(new ByteRange(partial.synced().front(), ENDLESS))
                : partial.synced().missing(total);
    }

    private FetchOutcome takeRest(Response response, Partial partial, List<ByteRange> gaps) {
        var total = ContentRange.parse(response.header("Content-Range"))
                .map(ContentRange::total)
                .orElseThrow();
        var refusal = request.room().refusal(total - partial.synced().bytes());
        if (refusal.isPresent()) {
            return new NoRoom(refusal.get());
        }
        fromByte = gaps.getFirst().from();
        var known = partial.generation().withTotal(total);
        var first = new ByteRange(fromByte, Math.min(gaps.getFirst().to(), total));
        var part = staged.resume(new Partial(known, partial.synced()));
        return pour(response, part, known, first, gaps.subList(1, gaps.size()));
    }

    /** A range was ignored, as OBS and OSS do at times. Whether it is the whole is for ETag and length to say. */
    private FetchOutcome takeWholeInstead(Response response, Generation kept) throws IOException {
        var length = response.body().contentLength();
        var total = kept.total();
        var isWhole = total != null && length >= 0 && total == length;
        if (total == null || length < 0) {
            isWhole = kept.hasEtagOf(response.headers());
        }
        if (isWhole) {
            return takeWhole(response);
        }
        var page = ErrorPage.byType(staged.givenName(), response.headers());
        return page.isPresent() || kept.hasEtagOf(response.headers())
                ? new NotTheFile("a whole was announced with " + length + " bytes instead of " + total)
                : discardIfUnfit(new NewGeneration("the object has changed (its length is now " + length + ")"));
    }

    /** Takes a whole object from its first byte; what was staged is only given up when it looks like the file. */
    private FetchOutcome takeWhole(Response response) throws IOException {
        var length = response.body().contentLength();
        var body = response.body().source();
        var page = ErrorPage.byType(staged.givenName(), response.headers());
        if (page.isPresent()) {
            return errorPage(body, page.get());
        }
        if (length >= 0 && !isExpected(length)) {
            return new NotTheFile("it has " + length + " bytes, the provider states " + request.expectedSize());
        }
        body.request(ErrorPage.BEGINNING);
        var beginning = body.peek().readByteArray(Math.min(body.getBuffer().size(), ErrorPage.BEGINNING));
        page = ErrorPage.byBeginning(staged.givenName(), beginning);
        if (page.isPresent()) {
            return errorPage(body, page.get());
        }
        var refusal = request.room().refusal(Math.max(0, length - replaceable));
        if (refusal.isPresent()) {
            return new NoRoom(refusal.get());
        }
        fromByte = 0;
        hasOpenEnd = length < 0 && !"chunked".equalsIgnoreCase(response.header("Transfer-Encoding"));
        var generation = Generation.of(response.headers(), length);
        return pour(response, staged.begin(generation), generation, new ByteRange(0, most(length)), List.of());
    }

    /** One byte more than expected is enough to fail the length check. */
    private long most(long length) {
        if (length >= 0) {
            return length;
        }
        var expected = request.expectedSize();
        return expected == null ? ENDLESS : expected.bytes() + 1;
    }

    /**
     * Brings the rest of the object into the part.
     *
     * @param response begins with the first of these bytes
     * @param others further gaps
     */
    private FetchOutcome pour(
            Response response, PartFile part, Generation generation, ByteRange first, List<ByteRange> others) {
        var total = generation.total();
        var mustFill = total != null;
        var stream = new RangeStream(part, wire, around.throttle(), this::moved);
        stream.own(first);
        Assembly.Work work = () -> {
            try {
                return stream.pour(response.body().source(), first, mustFill);
            } catch (IOException e) {
                return wire.outcomeOf(e);
            }
        };
        var thresholds = around.thresholds();
        if (total != null && total <= thresholds.small() && others.isEmpty()) {
            return inspect(part, generation, false, work);
        }
        var segments = generation.canBeContinued() && mustFill && !refusesRanges(response) ? around.segments() : 1;
        var assembly = new Assembly(
                new RangeRequests(request, generation, table, around.clock()),
                () -> new RangeStream(part, newWire(), around.throttle(), this::moved),
                around.extras(),
                moved,
                new Growth(
                        segments, thresholds.window(), thresholds.bottleneck().apply(part::writingNanos)),
                thresholds);
        return inspect(part, generation, true, () -> assembly.run(stream, work, others));
    }

    private static boolean refusesRanges(Response response) {
        return "none".equalsIgnoreCase(response.header("Accept-Ranges"));
    }

    private void moved(long bytes) {
        moved.add(bytes);
        request.progress().moved(bytes);
    }

    /**
     * Brings bytes into the part and looks at them as they become whole.
     *
     * @param meanwhile whether there is so much to come that other threads should sync and digest it meanwhile
     */
    private FetchOutcome inspect(PartFile part, Generation generation, boolean meanwhile, Assembly.Work work) {
        var inspection = new Inspection(staged.givenName(), generation, request.expectedSize());
        FetchOutcome outcome;
        try (part;
                var front = new DigestFront(part, inspection, () -> stopped)) {
            if (meanwhile) {
                part.syncMeanwhile();
                front.followMeanwhile();
            }
            outcome = work.run();
            if (outcome == null) {
                front.finish();
            }
        }
        if (outcome != null) {
            return discardIfUnfit(outcome);
        }
        return stopped ? new Stopped() : conclude(inspection);
    }

    private FetchOutcome conclude(Inspection inspection) {
        var file = inspection.conclude(staged.givenName(), staged.storedName());
        if (Inspection.hasFailed(file)) {
            staged.discard();
            return new Damaged(file.checks());
        }
        if (hasOpenEnd && !Inspection.isEndProven(file)) {
            // not Cut, though it may be: a store that never says more would be asked for ever, and nobody told why
            staged.discard();
            return new Damaged(List.of(CheckResult.failed(
                    "length",
                    file.size().bytes() + " bytes came until the connection ended, and nothing says that it was the"
                            + " whole file: no length was stated, and no check proves the end")));
        }
        staged.settle(file);
        return new Complete(file);
    }

    private FetchOutcome discardIfUnfit(FetchOutcome outcome) {
        if (outcome instanceof NewGeneration || outcome instanceof Damaged) {
            staged.discard();
        }
        return outcome;
    }

    private FetchOutcome errorPage(BufferedSource body, String what) {
        var error = StoreError.read(body, table.redaction());
        return new NotTheFile(what + ", " + error.describe(around.lastStatus().get()));
    }

    private Wire newWire() {
        var fresh = around.newWire();
        wires.add(fresh);
        // after adding it: a stop either sees this wire or is seen here
        if (stopped) {
            fresh.stop();
        }
        return fresh;
    }

    private FetchOutcome exchange(Headers headers, Judge judge) {
        try {
            return switch (wire.get(URI.create(request.link().reveal()), headers)) {
                case Wire.Answer.Refused refused -> refused.outcome();
                case Wire.Answer.Came came -> {
                    try (var response = came.response()) {
                        yield judge.judge(response);
                    }
                }
            };
        } catch (IOException e) {
            return wire.outcomeOf(e);
        }
    }

    /** Makes an outcome of an answer. */
    @FunctionalInterface
    private interface Judge {
        FetchOutcome judge(Response response) throws IOException;
    }
}
