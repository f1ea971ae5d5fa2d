package io.backhaul.simulator;

import io.backhaul.simulator.ByteRanges.ByteRange;
import java.util.Optional;

/** Hands out objects, whole or in ranges, under the faults that files have. */
final class DownloadDesk {
    private final ObjectStore store;
    private final StoreManners manners;
    private final FaultPlan faults;
    private final Journal journal;
    private final Pace pace;

    DownloadDesk(ObjectStore store, StoreManners manners, FaultPlan faults, Journal journal, Pace pace) {
        this.store = store;
        this.manners = manners;
        this.faults = faults;
        this.journal = journal;
        this.pace = pace;
    }

    /**
     * The object or its part.
     *
     * @param revoke ends the life of the link that was asked with
     */
    Reply reply(WireRequest request, StoredObject object, Runnable revoke) {
        var place = FaultTarget.file(object.fileName());
        var order = faults.draw(place, o -> suits(o, request, object));
        var answer = order.map(o -> answerUnder(o, request, object, revoke)).orElseGet(() -> answer(request, object));
        return Reply.to(place, answer.delivered(answer.delivery().atMost(pace.bytesPerSecond())), order);
    }

    /** Faults about ranges wait for a request that one range of the object answers. */
    private boolean suits(FaultOrder order, WireRequest request, StoredObject object) {
        return switch (order.fault()) {
            case RANGE_IGNORED, CONTENT_RANGE_WRONG, CONTENT_RANGE_LYING ->
                ranges(request, object).ranges().size() == 1;
            default -> true;
        };
    }

    private WireAnswer answerUnder(FaultOrder order, WireRequest request, StoredObject object, Runnable revoke) {
        var instead = FaultAnswers.instead(order, manners);
        if (instead.isPresent()) {
            return instead.get();
        }
        return switch (order.fault()) {
            case LINK_EXPIRED_EARLY -> {
                revoke.run();
                journal.expiredHit();
                yield manners.expired(request);
            }
            case OBJECT_SWAPPED -> answer(request, store.swap(object, SpoiltContent.everywhere(object.content())));
            case OBJECT_SWAPPED_WITHOUT_ETAG -> {
                var other = store.swap(object, SpoiltContent.everywhere(object.content()));
                yield answer(request, store.keep(other.withoutEtag()));
            }
            case BIT_FLIPPED -> answer(request, object.showing(SpoiltContent.oneBit(object.content(), order.number())));
            case RANGE_IGNORED -> whole(object);
            case CONTENT_RANGE_WRONG -> {
                var last = object.content().length() - 1;
                yield part(object, new ByteRange(Math.min(order.number(), last), last));
            }
            case CONTENT_RANGE_LYING -> lyingRange(order, request, object);
            default -> answer(request, object);
        };
    }

    private WireAnswer lyingRange(FaultOrder order, WireRequest request, StoredObject object) {
        var asked = ranges(request, object).ranges().getFirst();
        var from = Math.min(order.number(), object.content().length() - asked.length());
        return part(object, asked).withBody(object.content().slice(from, asked.length()));
    }

    private WireAnswer answer(WireRequest request, StoredObject object) {
        var wanted = request.header("If-Match").orElse("*");
        var etag = object.etag();
        if (!wanted.equals("*") && (etag == null || !manners.isTag(wanted, etag))) {
            return manners.preconditionFailed();
        }
        var ranges = ranges(request, object);
        return switch (ranges.kind()) {
            case IGNORED -> whole(object);
            case OUTSIDE -> manners.rangeOutside();
            case SERVED ->
                ranges.ranges().size() == 1 ? part(object, ranges.ranges().getFirst()) : parts(object, ranges);
        };
    }

    private ByteRanges ranges(WireRequest request, StoredObject object) {
        return manners.ranges(
                request.header("Range").orElse(""), object.content().length());
    }

    private WireAnswer whole(StoredObject object) {
        return described(object, WireAnswer.of(200, manners.contentType(), object.content()));
    }

    private WireAnswer part(StoredObject object, ByteRange range) {
        var body = object.content().slice(range.first(), range.length());
        return described(object, WireAnswer.of(206, manners.contentType(), body))
                .with("Content-Range", contentRange(object, range));
    }

    private WireAnswer parts(StoredObject object, ByteRanges ranges) {
        var boundary = Digests.md5(object.path());
        var body = Multipart.of(boundary);
        for (var range : ranges.ranges()) {
            body.add(contentRange(object, range), object.content().slice(range.first(), range.length()));
        }
        return described(object, WireAnswer.of(206, "multipart/byteranges; boundary=" + boundary, body.content()));
    }

    private static String contentRange(StoredObject object, ByteRange range) {
        return "bytes " + range.first() + "-" + range.last() + "/"
                + object.content().length();
    }

    private WireAnswer described(StoredObject object, WireAnswer answer) {
        var described = answer.with("Accept-Ranges", "bytes").with("Last-Modified", HttpDate.of(object.lastModified()));
        var etag = object.etag();
        var tagged = etag == null ? described : described.with("ETag", etag);
        return manners.described(Optional.of(object.path()).flatMap(store::find).orElse(object), tagged);
    }
}
