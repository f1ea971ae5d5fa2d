package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Links of the V4 family (contract 2.3): AWS4-HMAC-SHA256 over method, path, query and host. */
final class LinksV4 {
    static final String SIGNATURE = "X-Amz-Signature";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String keyId;
    private final String secret;
    private final String region;

    LinksV4(String keyId, String secret, String region) {
        this.keyId = keyId;
        this.secret = secret;
        this.region = region;
    }

    /** Path and query; the signature stands last. */
    String sign(String encodedPath, String host, Instant at, Duration life) {
        var stamp = STAMP.format(at);
        var query = "X-Amz-Algorithm=" + ALGORITHM + "&X-Amz-Credential=" + Percent.encode(keyId + "/" + scope(stamp))
                + "&X-Amz-Date=" + stamp + "&X-Amz-Expires=" + life.toSeconds() + "&X-Amz-SignedHeaders=host";
        return encodedPath + "?" + query + "&" + SIGNATURE + "=" + signature(encodedPath, query, host, stamp);
    }

    LinkVerdict judge(WireRequest request, Instant now) {
        var stamp = request.parameter("X-Amz-Date").orElse("");
        var life = request.parameter("X-Amz-Expires").orElse("");
        if (!request.parameter("X-Amz-Credential").orElse("").startsWith(keyId + "/")) {
            return LinkVerdict.NO_SUCH_KEY_ID;
        }
        if (!life.matches("\\d{1,6}")) {
            return LinkVerdict.EXPIRY_MALFORMED;
        }
        try {
            if (!now.isBefore(STAMP.parse(stamp, Instant::from).plusSeconds(Long.parseLong(life)))) {
                return LinkVerdict.EXPIRED;
            }
        } catch (DateTimeException e) {
            return LinkVerdict.EXPIRY_MALFORMED;
        }
        var query = request.parameters().stream()
                .filter(p -> !p.name().equals(SIGNATURE))
                .sorted(Comparator.comparing(Header::name))
                .map(p -> Percent.encode(p.name()) + "=" + Percent.encode(p.value()))
                .collect(Collectors.joining("&"));
        var expected = "GET".equals(request.method())
                ? signature(request.rawPath(), query, request.header("Host").orElse(""), stamp)
                : "";
        var given = request.parameter(SIGNATURE).orElse("");
        return SignedLinks.compared(expected, given);
    }

    private String signature(String encodedPath, String query, String host, String stamp) {
        var canonical = String.join("\n", "GET", encodedPath, query, "host:" + host, "", "host", "UNSIGNED-PAYLOAD");
        var text = String.join("\n", ALGORITHM, stamp, scope(stamp), Digests.sha256(canonical.getBytes(UTF_8)));
        var key = Digests.hmac("HmacSHA256", ("AWS4" + secret).getBytes(UTF_8), stamp.substring(0, 8));
        for (var part : new String[] {region, "s3", "aws4_request"}) {
            key = Digests.hmac("HmacSHA256", key, part);
        }
        return HexFormat.of().formatHex(Digests.hmac("HmacSHA256", key, text));
    }

    private String scope(String stamp) {
        return stamp.substring(0, 8) + "/" + region + "/s3/aws4_request";
    }
}
