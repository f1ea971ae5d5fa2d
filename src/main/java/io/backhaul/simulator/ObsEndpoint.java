package io.backhaul.simulator;

import io.backhaul.simulator.ByteRanges.ByteRange;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The object store on the wire, as OBS answers downloads by link (contract 2.4). If-Range is not mentioned there, so it
 * counts for nothing here.
 */
final class ObsEndpoint implements Endpoint {
    private final ObjectStore store;
    private final Links links;
    private final FaultPlan faults;
    private final Journal journal;
    private final Pace pace;
    private final Supplier<String> requestIds;
    private final ObsErrors errors;

    ObsEndpoint(
            ObjectStore store, Links links, FaultPlan faults, Journal journal, Pace pace, Supplier<String> requestIds) {
        this.store = store;
        this.links = links;
        this.faults = faults;
        this.journal = journal;
        this.pace = pace;
        this.requestIds = requestIds;
        this.errors = new ObsErrors(requestIds);
    }

    @Override
    public boolean isMeant(WireRequest request) {
        // Everything that no API claims: whoever asks for nonsense gets a store's answer.
        return true;
    }

    @Override
    public Reply reply(WireRequest request) {
        var path = Percent.decode(request.rawPath());
        var object = store.find(path);
        var verdict = links.judge(request);
        if (verdict == LinkVerdict.EXPIRED) {
            journal.expiredHit();
        }
        var refusal = errors.about(verdict).or(() -> object.isPresent() ? Optional.empty() : missing(path));
        if (object.isEmpty()) {
            return Reply.refusing(refusal.orElseThrow());
        }
        var place = FaultTarget.file(object.get().fileName());
        if (refusal.isPresent()) {
            return Reply.to(place, refusal.get(), Optional.empty());
        }
        var order = faults.draw(place, o -> suits(o, request, object.get()));
        var answer =
                order.map(o -> answerUnder(o, request, object.get())).orElseGet(() -> answer(request, object.get()));
        return Reply.to(place, answer.delivered(answer.delivery().atMost(pace.bytesPerSecond())), order);
    }

    private Optional<WireAnswer> missing(String path) {
        var bucket = path.split("/", 3)[1];
        return Optional.of(
                store.hasBucket(bucket)
                        ? errors.error(404, "NoSuchKey", "The specified key does not exist.")
                        : errors.error(404, "NoSuchBucket", "The specified bucket does not exist."));
    }

    /** Faults about ranges wait for a request that one range of the object answers. */
    private static boolean suits(FaultOrder order, WireRequest request, StoredObject object) {
        return switch (order.fault()) {
            case RANGE_IGNORED, CONTENT_RANGE_WRONG, CONTENT_RANGE_LYING ->
                ranges(request, object).ranges().size() == 1;
            default -> true;
        };
    }

    private WireAnswer answerUnder(FaultOrder order, WireRequest request, StoredObject object) {
        var instead = FaultAnswers.instead(order, errors);
        if (instead.isPresent()) {
            return instead.get();
        }
        return switch (order.fault()) {
            case LINK_EXPIRED_EARLY -> {
                links.revoke(request);
                journal.expiredHit();
                yield errors.expired();
            }
            case OBJECT_SWAPPED -> answer(request, store.swap(object, SpoiltContent.everywhere(object.content())));
            case OBJECT_SWAPPED_WITHOUT_ETAG -> {
                var other = store.swap(object, SpoiltContent.everywhere(object.content()));
                yield answer(request, store.keep(other.withoutEtag()));
            }
            case BIT_FLIPPED -> answer(request, object.showing(SpoiltContent.oneBit(object.content(), order.number())));
            case RANGE_IGNORED -> whole(object);
            case CONTENT_RANGE_WRONG -> otherRange(order, object);
            case CONTENT_RANGE_LYING -> lyingRange(order, request, object);
            default -> answer(request, object);
        };
    }

    private WireAnswer otherRange(FaultOrder order, StoredObject object) {
        var last = object.content().length() - 1;
        return part(object, new ByteRange(Math.min(order.number(), last), last));
    }

    private WireAnswer lyingRange(FaultOrder order, WireRequest request, StoredObject object) {
        var asked = ranges(request, object).ranges().getFirst();
        var from = Math.min(order.number(), object.content().length() - asked.length());
        return part(object, asked).withBody(object.content().slice(from, asked.length()));
    }

    private WireAnswer answer(WireRequest request, StoredObject object) {
        if (!isMatch(request.header("If-Match").orElse("*"), object)) {
            return errors.error(
                    412, "PreconditionFailed", "At least one of the preconditions you specified did not hold.");
        }
        var ranges = ranges(request, object);
        return switch (ranges.kind()) {
            case IGNORED -> whole(object);
            case OUTSIDE -> errors.error(416, "InvalidRange", "The requested range cannot be satisfied.");
            case SERVED ->
                ranges.ranges().size() == 1 ? part(object, ranges.ranges().getFirst()) : parts(object, ranges);
        };
    }

    /** The sample in the contract sends the tag without its quotes, so both forms count. */
    private static boolean isMatch(String wanted, StoredObject object) {
        var etag = object.etag();
        return wanted.equals("*") || (etag != null && (wanted.equals(etag) || etag.equals('"' + wanted + '"')));
    }

    private static ByteRanges ranges(WireRequest request, StoredObject object) {
        return ByteRanges.of(
                request.header("Range").orElse(""), object.content().length());
    }

    private WireAnswer whole(StoredObject object) {
        return described(object, WireAnswer.of(200, "binary/octet-stream", object.content()));
    }

    private WireAnswer part(StoredObject object, ByteRange range) {
        var body = object.content().slice(range.first(), range.length());
        return described(object, WireAnswer.of(206, "binary/octet-stream", body))
                .with("Content-Range", contentRange(object, range));
    }

    private WireAnswer parts(StoredObject object, ByteRanges ranges) {
        var boundary = requestIds.get();
        var body = Multipart.of(boundary);
        for (var range : ranges.ranges()) {
            var bytes = object.content().slice(range.first(), range.length());
            body.add(contentRange(object, range), bytes);
        }
        return described(object, WireAnswer.of(206, "multipart/byteranges; boundary=" + boundary, body.content()));
    }

    private static String contentRange(StoredObject object, ByteRange range) {
        return "bytes " + range.first() + "-" + range.last() + "/"
                + object.content().length();
    }

    private WireAnswer described(StoredObject object, WireAnswer answer) {
        var id = requestIds.get();
        var described = answer.with("Server", "OBS")
                .with("Accept-Ranges", "bytes")
                .with("Last-Modified", HttpDate.of(object.lastModified()))
                .with("x-obs-request-id", id)
                .with("x-obs-id-2", Digests.md5(id));
        var etag = object.etag();
        return etag == null ? described : described.with("ETag", etag);
    }
}
