package io.backhaul.transfer;

import io.backhaul.transfer.FetchOutcome.NewGeneration;
import io.backhaul.transfer.FetchOutcome.NotTheFile;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Asks for ranges of one object, and takes no other answer (DESIGN 5, rule 2); over one link, and over another once that
 * is too old. Any thread.
 */
final class RangeRequests {
    private final Renewal renewal;
    private final Generation generation;
    private final StoreStatus table;
    private final Clock clock;
    private volatile Renewal.Renewed link;
    private volatile boolean mayRenew = true;

    RangeRequests(FetchRequest request, Generation generation, StoreStatus table, Clock clock) {
        this.link = new Renewal.Renewed(request.link(), request.usableUntil());
        this.renewal = request.renewal();
        this.generation = generation;
        this.table = table;
        this.clock = clock;
    }

    /** Tells whether there is a link that is young enough for another request; where need be, another one. */
    boolean mayAsk() {
        if (!mayRenew || isYoung()) {
            return isYoung();
        }
        var renewed = renewal.renew();
        renewed.ifPresent(another -> {
            table.redaction().hide(another.link().rawQuery());
            link = another;
        });
        // one that is too old when it comes would only be followed by others
        mayRenew = isYoung();
        return mayRenew;
    }

    private boolean isYoung() {
        return clock.instant().isBefore(link.usableUntil());
    }

    /** The headers that ask for a range of this object; open-ended where the end is not known. */
    static Headers headers(Generation generation, long from, @Nullable Long to) {
        var headers = new Headers.Builder().add("Range", "bytes=" + from + "-" + (to == null ? "" : to - 1));
        generation.strongEtag().ifPresent(etag -> headers.add("If-Match", etag));
        return headers.build();
    }

    /** Why a 206 is not exactly what was asked for; empty if it is. A total that was not known comes with it. */
    static Optional<FetchOutcome> mismatch(
            Response response, Generation generation, long from, @Nullable Long to, Redaction redaction) {
        var header = response.header("Content-Range");
        var came = ContentRange.parse(header);
        if (came.isEmpty()
                || !(to == null ? came.get().isRestFrom(from) : came.get().is(new ByteRange(from, to)))) {
            return Optional.of(new NotTheFile("asked for the bytes from " + from + (to == null ? "" : " to " + (to - 1))
                    + ", the answer is " + redaction.clean(String.valueOf(header))));
        }
        if (!generation.isSameObject(response.headers(), came.get().total())) {
            return Optional.of(new NewGeneration("the object has changed (ETag, date or total)"));
        }
        var wanted = came.get().last() - came.get().first() + 1;
        var length = response.body().contentLength();
        return length < 0 || length == wanted
                ? Optional.empty()
                : Optional.of(new NotTheFile("a range of " + wanted + " bytes with a length of " + length));
    }

    /** Asks for a range that the stream owns, and fills it. */
    @Nullable
    FetchOutcome fill(RangeStream stream) {
        var range = stream.rest();
        return exchange(stream, range, response -> stream.pour(response.body().source(), range, true));
    }

    /** Asks for what another stream offers, and fills what that one has then still to cede. */
    @Nullable
    FetchOutcome take(RangeStream stream, RangeStream from, ByteRange offer) {
        try {
            return exchange(stream, offer, response -> {
                var ceded = from.cede(offer);
                if (ceded.isEmpty()) {
                    stream.wire().abandon();
                    return null;
                }
                stream.own(ceded);
                return stream.pour(response.body().source(), offer, true);
            });
        } finally {
            from.withdraw(offer);
        }
    }

    /** Takes the body of an answer that is what was asked for. */
    @FunctionalInterface
    private interface Taker {
        @Nullable
        FetchOutcome take(Response response) throws IOException;
    }

    private @Nullable FetchOutcome exchange(RangeStream stream, ByteRange range, Taker taker) {
        var wire = stream.wire();
        try {
            return switch (wire.get(URI.create(link.link().reveal()), headers(generation, range.from(), range.to()))) {
                case Wire.Answer.Refused refused -> refused.outcome();
                case Wire.Answer.Came came -> {
                    try (var response = came.response()) {
                        var refusal = refusal(response, range);
                        yield refusal.isPresent() ? refusal.get() : taker.take(response);
                    }
                }
            };
        } catch (IOException e) {
            return wire.outcomeOf(e);
        }
    }

    private Optional<FetchOutcome> refusal(Response response, ByteRange range) {
        return switch (response.code()) {
            case 206 -> mismatch(response, generation, range.from(), range.to(), table.redaction());
            case 200 -> Optional.of(new NotTheFile("a part was asked for, the whole came"));
            case 412 -> Optional.of(new NewGeneration("the object has changed (HTTP 412)"));
            case 416 -> Optional.of(new NewGeneration("the object ends before what was asked for (HTTP 416)"));
            default -> Optional.of(table.outcomeOf(response));
        };
    }
}
