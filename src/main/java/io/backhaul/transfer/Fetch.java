package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import io.backhaul.transfer.FetchOutcome.Complete;
import io.backhaul.transfer.FetchOutcome.Cut;
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
import java.util.function.UnaryOperator;
import okhttp3.Headers;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** One fetch, from what is staged to an outcome (DESIGN 5, rules 2 and 3). */
final class Fetch {
    /** Left free on the staging disk: the journal and the manifest must still fit when the file does. */
    private static final long RESERVE = 64L << 20;

    private static final int CHUNK = 16 * 1024;

    private final FetchRequest request;
    private final StagedFile staged;
    private final Wire wire;
    private final StoreStatus table;
    private final UnaryOperator<BufferedSource> throttle;
    private long fromByte;
    private long moved;

    Fetch(FetchRequest request, Wire wire, StoreStatus table, UnaryOperator<BufferedSource> throttle) {
        this.request = request;
        this.staged = request.staged();
        this.wire = wire;
        this.table = table;
        this.throttle = throttle;
    }

    FetchReport run() {
        FetchOutcome outcome;
        try {
            outcome = wire.isStopped() ? new Stopped() : attempt();
        } catch (StagingFailure e) {
            outcome = e.outcome();
        }
        return new FetchReport(fromByte, new ByteCount(moved), wire.lastStatus(), outcome);
    }

    void stop() {
        wire.stop();
    }

    private FetchOutcome attempt() {
        return switch (staged.state()) {
            case Whole whole -> adopt(whole);
            case Partial partial -> canBeContinued(partial) ? resume(partial) : fresh();
            case Empty empty -> fresh();
        };
    }

    private boolean canBeContinued(Partial partial) {
        var total = partial.generation().total();
        return partial.synced() > 0
                && isExpected(total)
                && (partial.generation().canBeContinued()
                        || Long.valueOf(partial.synced()).equals(total));
    }

    private boolean isExpected(@Nullable Long total) {
        var expected = request.expectedSize();
        return total == null || expected == null || total == expected.bytes();
    }

    private FetchOutcome adopt(Whole whole) {
        if (!isExpected(whole.file().size().bytes())) {
            return fresh();
        }
        var file = staged.finished(wire::isStopped);
        if (wire.isStopped()) {
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

    /**
     * Goes on behind what is kept. The digests of the kept bytes are not stored anywhere: they are read again, before
     * the request, so that the store does not wait for our disk.
     */
    private FetchOutcome resume(Partial partial) {
        var inspection = new Inspection(staged.givenName(), partial.generation(), request.expectedSize());
        staged.reread(partial.synced(), wire::isStopped, inspection::update);
        if (wire.isStopped()) {
            return new Stopped();
        }
        fromByte = partial.synced();
        if (Long.valueOf(partial.synced()).equals(partial.generation().total())) {
            return conclude(inspection); // killed between the last byte and the verdict
        }
        var headers = new Headers.Builder().add("Range", "bytes=" + partial.synced() + "-");
        partial.generation().strongEtag().ifPresent(etag -> headers.add("If-Match", etag));
        return exchange(headers.build(), response -> switch (response.code()) {
            case 206 -> takeRest(response, partial, inspection);
            case 200 -> takeWholeInstead(response, partial.generation());
            case 412 -> discardFor("the object has changed (HTTP 412)");
            case 416 -> discardFor("the object ends before what is kept (HTTP 416)");
            default -> table.outcomeOf(response);
        });
    }

    private FetchOutcome takeRest(Response response, Partial partial, Inspection inspection) throws IOException {
        var range = ContentRange.parse(response.header("Content-Range"));
        if (range.isEmpty() || !range.get().isRestFrom(partial.synced())) {
            return new NotTheFile("asked for the bytes from " + partial.synced() + ", the answer is "
                    + table.redaction().clean(String.valueOf(response.header("Content-Range"))));
        }
        var total = range.get().total();
        if (!partial.generation().isSameObject(response.headers(), total)) {
            return discardFor("the object has changed (ETag, date or total)");
        }
        var length = response.body().contentLength();
        if (length >= 0 && length != total - partial.synced()) {
            return new NotTheFile("a range of " + (total - partial.synced()) + " bytes with a length of " + length);
        }
        if (lacksRoom(total - partial.synced())) {
            return noRoom(total - partial.synced());
        }
        var body = throttle.apply(response.body().source());
        return pour(body, staged.resume(partial), inspection, total);
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
                : discardFor("the object has changed (its length is now " + length + ")");
    }

    /** Takes a whole object from its first byte; what was staged is only given up when it looks like the file. */
    private FetchOutcome takeWhole(Response response) throws IOException {
        var length = response.body().contentLength();
        var page = ErrorPage.byType(staged.givenName(), response.headers());
        if (page.isPresent()) {
            return errorPage(response.body().source(), page.get());
        }
        if (length >= 0 && !isExpected(length)) {
            return new NotTheFile("it has " + length + " bytes, the provider states " + request.expectedSize());
        }
        var body = throttle.apply(response.body().source());
        body.request(ErrorPage.BEGINNING);
        var beginning = body.peek().readByteArray(Math.min(body.getBuffer().size(), ErrorPage.BEGINNING));
        page = ErrorPage.byBeginning(staged.givenName(), beginning);
        if (page.isPresent()) {
            return errorPage(body, page.get());
        }
        if (lacksRoom(length)) {
            return noRoom(length);
        }
        fromByte = 0;
        var generation = Generation.of(response.headers(), length);
        var inspection = new Inspection(staged.givenName(), generation, request.expectedSize());
        return pour(body, staged.begin(generation), inspection, generation.total());
    }

    private FetchOutcome pour(BufferedSource body, StagedWriter writer, Inspection inspection, @Nullable Long total)
            throws IOException {
        var most = total == null && request.expectedSize() != null
                ? (Long) request.expectedSize().bytes()
                : total;
        var chunk = new byte[CHUNK];
        try (writer) {
            for (var count = body.read(chunk); count >= 0; count = body.read(chunk)) {
                if (wire.isStopped()) {
                    return new Stopped();
                }
                inspection.update(chunk, count);
                if (most != null && inspection.seen() > most) {
                    break; // its length check fails
                }
                writer.write(chunk, count);
                moved += count;
                request.progress().moved(count);
            }
        }
        if (total != null && inspection.seen() < total) {
            return new Cut("the body ended at byte " + inspection.seen() + " of " + total);
        }
        return conclude(inspection);
    }

    private FetchOutcome conclude(Inspection inspection) {
        var file = inspection.conclude(staged.givenName(), staged.storedName());
        if (Inspection.hasFailed(file)) {
            staged.discard();
            return new Damaged(file.checks());
        }
        staged.settle(file);
        return new Complete(file);
    }

    private FetchOutcome discardFor(String reason) {
        staged.discard();
        return new NewGeneration(reason);
    }

    private FetchOutcome errorPage(BufferedSource body, String what) {
        var error = StoreError.read(body, table.redaction());
        return new NotTheFile(what + ", " + error.describe(wire.lastStatus()));
    }

    private boolean lacksRoom(long bytes) {
        return staged.room() - RESERVE < bytes;
    }

    private NoRoom noRoom(long bytes) {
        return new NoRoom(new ByteCount(bytes) + " to come, " + new ByteCount(staged.room()) + " free, "
                + new ByteCount(RESERVE) + " kept in reserve");
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
