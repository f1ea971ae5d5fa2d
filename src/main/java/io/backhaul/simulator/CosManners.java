package io.backhaul.simulator;

import java.util.function.Supplier;

/** COS's error documents and headers (tencent-aliyun.md 2.4). */
final class CosManners extends XmlManners {
    private final Supplier<String> requestIds;

    CosManners(Supplier<String> requestIds) {
        super(new Words(
                "Access Denied.",
                "Request has expired",
                "The Access Key Id you provided does not exist in our records.",
                "The Signature you specified is invalid.",
                "Precondition Failed",
                "The requested range is not satisfiable"));
        this.requestIds = requestIds;
    }

    /** The sum is the whole object's, on a part of it too. */
    @Override
    public WireAnswer described(StoredObject stored, WireAnswer answer) {
        return answer.with("Server", "tencent-cos")
                .with("x-cos-request-id", requestIds.get())
                .with("x-cos-hash-crc64ecma", sumOf(stored));
    }

    @Override
    WireAnswer error(int status, String code, String message) {
        var id = requestIds.get();
        var xml = "<?xml version='1.0' encoding='utf-8' ?>\n<Error>\n\t<Code>" + code + "</Code>\n\t<Message>" + message
                + "</Message>\n\t<Resource>/backup</Resource>\n\t<RequestId>" + id + "</RequestId>\n\t<TraceId>"
                + Digests.md5(id) + "</TraceId>\n</Error>\n";
        return WireAnswer.of(status, "application/xml", Content.text(xml))
                .with("Server", "tencent-cos")
                .with("x-cos-request-id", id);
    }
}
