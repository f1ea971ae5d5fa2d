package io.backhaul.transfer;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the first answer said about the object, and what every later answer is held against, so that bytes of two
 * objects never meet in one file (DESIGN 5, rule 2).
 *
 * @param etag as sent
 * @param lastModified as sent
 * @param total bytes of the whole object, where the answer told
 * @param crc64 the store's CRC-64 of the whole object, in decimal as sent
 * @param noMd5 the header that says that the ETag is no MD5, whatever it looks like: of server-side encryption, or of
 *     an object that was not put in one request
 */
record Generation(
        @Nullable String etag,
        @Nullable String lastModified,
        @Nullable Long total,
        @Nullable String crc64,
        @Nullable String noMd5) {
    private static final Pattern STRONG = Pattern.compile("(?!W/)[!-~]{1,200}");
    private static final Pattern ENCRYPTION =
            Pattern.compile("x-(obs|amz|cos|oss)-server-side-encryption.*", Pattern.CASE_INSENSITIVE);
    /** Only the ETag of a Normal one is an MD5 (contracts/tencent-aliyun.md 2.4); others are Appendable, Multipart. */
    private static final Pattern OBJECT_TYPE = Pattern.compile("x-(obs|cos|oss)-object-type", Pattern.CASE_INSENSITIVE);

    /** Reads what an answer with the whole object says; {@code length} is its Content-Length or -1. */
    static Generation of(Headers headers, long length) {
        var crc = headers.get("x-oss-hash-crc64ecma");
        var noMd5 = headers.names().stream()
                .filter(name -> ENCRYPTION.matcher(name).matches()
                        || (OBJECT_TYPE.matcher(name).matches() && !"normal".equalsIgnoreCase(headers.get(name))));
        return new Generation(
                headers.get("ETag"),
                headers.get("Last-Modified"),
                length < 0 ? null : length,
                crc == null ? headers.get("x-cos-hash-crc64ecma") : crc,
                noMd5.findFirst().orElse(null));
    }

    /** The same, now that all bytes have come. */
    Generation withTotal(long bytes) {
        return new Generation(etag, lastModified, bytes, crc64, noMd5);
    }

    /** The ETag for an If-Match header: strong, and fit to be sent. */
    Optional<String> strongEtag() {
        return Optional.ofNullable(etag).filter(tag -> STRONG.matcher(tag).matches());
    }

    /** Tells whether a later request can be tied to this object at all. */
    boolean canBeContinued() {
        return strongEtag().isPresent() || (lastModified != null && total != null);
    }

    /**
     * Tells whether another answer speaks of the same object. A store that leaves its strong ETag out of a partial
     * answer is believed by date and total.
     */
    boolean isSameObject(Headers headers, @Nullable Long otherTotal) {
        if (total != null && otherTotal != null && !total.equals(otherTotal)) {
            return false;
        }
        var strong = strongEtag();
        var other = headers.get("ETag");
        if (strong.isPresent() && other != null) {
            return strong.get().equals(other);
        }
        return lastModified != null && lastModified.equals(headers.get("Last-Modified")) && total != null;
    }

    /** Tells whether the ETag alone says that it is the same object. */
    boolean hasEtagOf(Headers headers) {
        return strongEtag().isPresent() && Objects.equals(etag, headers.get("ETag"));
    }
}
