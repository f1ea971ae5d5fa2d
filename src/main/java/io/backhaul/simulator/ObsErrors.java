package io.backhaul.simulator;

import java.util.Optional;
import java.util.function.Supplier;

/** The object store's error documents (contract 2.4). */
final class ObsErrors implements Refusals {
    private final Supplier<String> requestIds;

    ObsErrors(Supplier<String> requestIds) {
        this.requestIds = requestIds;
    }

    /** What a link that is no good gets; empty for a good one. */
    Optional<WireAnswer> about(LinkVerdict verdict) {
        return switch (verdict) {
            case GOOD -> Optional.empty();
            case MISSING -> Optional.of(error(403, "AccessDenied", "Access Denied"));
            case EXPIRED -> Optional.of(expired());
            case NO_SUCH_KEY_ID ->
                Optional.of(error(
                        403, "InvalidAccessKeyId", "The access key Id you provided does not exist in our records."));
            case EXPIRY_MALFORMED ->
                Optional.of(error(403, "AccessDenied", "Invalid date (should be seconds since epoch)"));
            case SIGNATURE_WRONG ->
                Optional.of(error(
                        403,
                        "SignatureDoesNotMatch",
                        "The request signature we calculated does not match the signature you provided."));
        };
    }

    WireAnswer expired() {
        return error(403, "AccessDenied", "Request has expired");
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

    WireAnswer error(int status, String code, String message) {
        var id = requestIds.get();
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Error><Code>" + code
                + "</Code><Message>" + message + "</Message><RequestId>" + id + "</RequestId><HostId>"
                + Digests.md5(id) + "</HostId></Error>";
        return WireAnswer.of(status, "application/xml", Content.text(xml))
                .with("Server", "OBS")
                .with("x-obs-request-id", id)
                .with("x-obs-id-2", Digests.md5(id));
    }
}
