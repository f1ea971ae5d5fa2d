package io.backhaul.simulator;

import java.util.function.Supplier;

/** OBS's error documents, headers and ranges (contract 2.4). If-Range is not mentioned there, so it counts for nothing. */
final class ObsManners extends XmlManners {
    private final ObjectStore store;
    private final Supplier<String> requestIds;

    ObsManners(ObjectStore store, Supplier<String> requestIds) {
        super(new Words(
                "Access Denied",
                "Request has expired",
                "The access key Id you provided does not exist in our records.",
                "The request signature we calculated does not match the signature you provided.",
                "At least one of the preconditions you specified did not hold.",
                "The requested range cannot be satisfied."));
        this.store = store;
        this.requestIds = requestIds;
    }

    /** Its buckets are many, and any of them may be unknown. */
    @Override
    WireAnswer missing(String path) {
        var words = path.split("/", 3);
        return words.length > 1 && store.hasBucket(words[1])
                ? super.missing(path)
                : error(404, "NoSuchBucket", "The specified bucket does not exist.");
    }

    /** The sample in the contract sends the tag without its quotes, so both forms count. */
    @Override
    public boolean isTag(String wanted, String etag) {
        return wanted.equals(etag) || etag.equals('"' + wanted + '"');
    }

    @Override
    public ByteRanges ranges(String header, long length) {
        return ByteRanges.of(header, length);
    }

    @Override
    public String contentType() {
        return "binary/octet-stream";
    }

    @Override
    public WireAnswer described(StoredObject stored, WireAnswer answer) {
        return signed(answer, requestIds.get());
    }

    @Override
    WireAnswer error(int status, String code, String message) {
        var id = requestIds.get();
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Error><Code>" + code
                + "</Code><Message>" + message + "</Message><RequestId>" + id + "</RequestId><HostId>"
                + Digests.md5(id) + "</HostId></Error>";
        return signed(WireAnswer.of(status, "application/xml", Content.text(xml)), id);
    }

    private static WireAnswer signed(WireAnswer answer, String id) {
        return answer.with("Server", "OBS").with("x-obs-request-id", id).with("x-obs-id-2", Digests.md5(id));
    }
}
