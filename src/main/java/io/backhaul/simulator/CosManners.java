package io.backhaul.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/** COS's error documents and headers (tencent-aliyun.md 2.4). */
final class CosManners implements StoreManners {
    private final Supplier<String> requestIds;
    /** Of contents that are there: summing up a large one takes a while. */
    private final Map<StoredObject, String> sums = new WeakHashMap<>();

    CosManners(Supplier<String> requestIds) {
        this.requestIds = requestIds;
    }

    /** What a link that is no good gets; empty for a good one. */
    Optional<WireAnswer> about(CosLinks.Verdict verdict) {
        return switch (verdict) {
            case GOOD -> Optional.empty();
            case MISSING -> Optional.of(error(403, "AccessDenied", "Access Denied."));
            case EXPIRED -> Optional.of(expired());
            case NO_SUCH_KEY_ID ->
                Optional.of(error(
                        403, "InvalidAccessKeyId", "The Access Key Id you provided does not exist in our records."));
            case SIGNATURE_WRONG ->
                Optional.of(error(403, "SignatureDoesNotMatch", "The Signature you specified is invalid."));
        };
    }

    @Override
    public WireAnswer expired() {
        return error(403, "AccessDenied", "Request has expired");
    }

    @Override
    public WireAnswer preconditionFailed() {
        return error(412, "PreconditionFailed", "Precondition Failed");
    }

    @Override
    public WireAnswer rangeOutside() {
        return error(416, "InvalidRange", "The requested range is not satisfiable");
    }

    @Override
    public WireAnswer throttled() {
        return error(429, "TooManyRequests", "Too many requests.");
    }

    @Override
    public WireAnswer unavailable() {
        return error(503, "SlowDown", "Please reduce your request rate.");
    }

    @Override
    public WireAnswer broken() {
        return error(500, "InternalError", "We encountered an internal error. Please try again.");
    }

    /** The sum is the whole object's, on a part of it too. */
    @Override
    public WireAnswer described(StoredObject stored, WireAnswer answer) {
        return answer.with("Server", "tencent-cos")
                .with("x-cos-request-id", requestIds.get())
                .with("x-cos-hash-crc64ecma", sumOf(stored));
    }

    WireAnswer error(int status, String code, String message) {
        var id = requestIds.get();
        var xml = "<?xml version='1.0' encoding='utf-8' ?>\n<Error>\n\t<Code>" + code + "</Code>\n\t<Message>" + message
                + "</Message>\n\t<Resource>/backup</Resource>\n\t<RequestId>" + id + "</RequestId>\n\t<TraceId>"
                + Digests.md5(id) + "</TraceId>\n</Error>\n";
        return WireAnswer.of(status, "application/xml", Content.text(xml))
                .with("Server", "tencent-cos")
                .with("x-cos-request-id", id);
    }

    private synchronized String sumOf(StoredObject object) {
        return sums.computeIfAbsent(object, one -> StoreCrc64.of(one.content()));
    }
}
