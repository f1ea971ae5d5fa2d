package io.backhaul.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/** What the stores that refuse in XML have in common: codes and statuses. Their documents, headers and words are their own. */
abstract class XmlManners implements StoreManners {
    private final Words words;
    /** Of contents that are there: summing up a large one takes a while. */
    private final Map<StoredObject, String> sums = new WeakHashMap<>();

    XmlManners(Words words) {
        this.words = words;
    }

    /** A store's own messages. */
    record Words(
            String denied,
            String expired,
            String noSuchKeyId,
            String signatureWrong,
            String preconditionFailed,
            String rangeOutside) {}

    /** An error document with the headers that go with it. */
    abstract WireAnswer error(int status, String code, String message);

    /** What a link that is no good gets; empty for a good one. */
    Optional<WireAnswer> about(LinkVerdict verdict, WireRequest request) {
        return switch (verdict) {
            case GOOD -> Optional.empty();
            case MISSING -> Optional.of(error(403, "AccessDenied", words.denied));
            case EXPIRED -> Optional.of(expired(request));
            case EXPIRY_MALFORMED ->
                Optional.of(error(403, "AccessDenied", "Invalid date (should be seconds since epoch)"));
            case NO_SUCH_KEY_ID -> Optional.of(error(403, "InvalidAccessKeyId", words.noSuchKeyId));
            case SIGNATURE_WRONG -> Optional.of(error(403, "SignatureDoesNotMatch", words.signatureWrong));
        };
    }

    /** To one who asks for what is not there, with a link that is. */
    WireAnswer missing(String path) {
        return error(404, "NoSuchKey", "The specified key does not exist.");
    }

    @Override
    public WireAnswer expired(WireRequest request) {
        return error(403, "AccessDenied", words.expired);
    }

    @Override
    public WireAnswer preconditionFailed() {
        return error(412, "PreconditionFailed", words.preconditionFailed);
    }

    @Override
    public WireAnswer rangeOutside() {
        return error(416, "InvalidRange", words.rangeOutside);
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

    /** CRC-64 of the whole object, in decimal. */
    synchronized String sumOf(StoredObject object) {
        return sums.computeIfAbsent(object, one -> StoreCrc64.of(one.content()));
    }
}
