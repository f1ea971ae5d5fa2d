package io.backhaul.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;

/** OSS's error documents, headers and ranges (tencent-aliyun.md 2.4). */
final class OssManners extends XmlManners {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final String host;
    private final OssLinks links;
    private final Clock clock;
    private final Supplier<String> requestIds;

    /** @param host what the store calls itself in its refusals */
    OssManners(String host, OssLinks links, Clock clock, Supplier<String> requestIds) {
        super(new Words(
                "You have no right to access this object because of bucket acl.",
                "Request has expired.",
                "The OSS Access Key Id you provided does not exist in our records.",
                "The request signature we calculated does not match the signature you provided. Check your key and"
                        + " signing method.",
                "At least one of the pre-conditions you specified did not hold.",
                "The requested range cannot be satisfied."));
        this.host = host;
        this.links = links;
        this.clock = clock;
        this.requestIds = requestIds;
    }

    /** With both times, so that a client can tell how far its clock is off. A link that died early ended just now. */
    @Override
    public WireAnswer expired(WireRequest request) {
        var now = clock.instant();
        var ended = links.expiry(request).filter(now::isAfter).orElse(now);
        return error(
                403,
                "AccessDenied",
                "Request has expired.",
                line("Expires", written(ended)) + line("ServerTime", written(now)) + line("EC", "0002-00000069"));
    }

    /** One range only: of several the first counts. */
    @Override
    public ByteRanges ranges(String header, long length) {
        return ByteRanges.whollyInside(header, length);
    }

    /** The sum is the whole object's, on a part of it too. */
    @Override
    public WireAnswer described(StoredObject stored, WireAnswer answer) {
        return answer.with("Server", "AliyunOSS")
                .with("x-oss-request-id", requestIds.get())
                .with("x-oss-object-type", stored.etagStyle() == EtagStyle.MULTIPART ? "Multipart" : "Normal")
                .with("x-oss-storage-class", "Standard")
                .with("x-oss-hash-crc64ecma", sumOf(stored));
    }

    @Override
    WireAnswer error(int status, String code, String message) {
        return error(status, code, message, "");
    }

    private WireAnswer error(int status, String code, String message, String more) {
        var id = requestIds.get();
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n" + line("Code", code)
                + line("Message", message) + line("RequestId", id) + line("HostId", host) + more + "</Error>\n";
        return WireAnswer.of(status, "application/xml", Content.text(xml))
                .with("Server", "AliyunOSS")
                .with("x-oss-request-id", id);
    }

    private static String line(String name, String value) {
        return "  <" + name + ">" + value + "</" + name + ">\n";
    }

    private static String written(Instant instant) {
        return MILLIS.format(instant);
    }
}
