package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes OSS's signed links and judges requests that come with one (tencent-aliyun.md 2.4). Both forms sign the method,
 * the decoded path, a Content-Type and every {@code x-oss-} header of the request, so that one that was added breaks
 * them; neither signs the host. Any thread may call.
 */
final class OssLinks extends SignedLinks {
    private static final String V4_SIGNATURE = "x-oss-signature";
    private static final String ALGORITHM = "OSS4-HMAC-SHA256";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    /** Parameters that V1 signs when they are present. */
    private static final Pattern SIGNED_PARAMETERS = Pattern.compile("response-.*|security-token|versionId|x-oss-.*");

    private final String keyId;
    private final String region;

    OssLinks(CloudSettings settings, Clock clock) {
        super(settings, clock, "oss links");
        this.keyId = "LTAI" + secret.substring(0, 20);
        this.region = settings.region();
    }

    /** Path and query of a link that lives this long, to the second. */
    String sign(StoredObject object, Duration life, OssLinkForm form) {
        var link = object.encodedPath() + "?"
                + switch (form) {
                    case V1 -> signedV1(object, clock.instant().plus(life));
                    case V4 -> signedV4(object, clock.instant(), life);
                };
        revive(signatureOf(asked(link)));
        return link;
    }

    /** Whether a link would be served now. */
    boolean isAlive(String link) {
        return judge(asked(link)) == LinkVerdict.GOOD;
    }

    @Override
    LinkVerdict judgeSigned(WireRequest request) {
        var isV4 = request.parameter(V4_SIGNATURE).isPresent();
        var key = request.parameter(isV4 ? "x-oss-credential" : "OSSAccessKeyId");
        var signature = signatureOf(request);
        if (key.isEmpty() || signature.isEmpty()) {
            return LinkVerdict.MISSING;
        }
        if (!key.get().split("/", 2)[0].equals(keyId)) {
            return LinkVerdict.NO_SUCH_KEY_ID;
        }
        var dies = expiry(request);
        if (dies.isEmpty()) {
            return LinkVerdict.EXPIRY_MALFORMED;
        }
        if (isOver(dies.get())) {
            return LinkVerdict.EXPIRED;
        }
        return compared(isV4 ? signatureV4(request) : signatureV1(request), signature);
    }

    /** When the link of this request dies by what it says itself; empty when it says nothing sensible. */
    Optional<Instant> expiry(WireRequest request) {
        var begin = request.parameter("x-oss-date").orElse("19700101T000000Z");
        var seconds = request.parameter("x-oss-expires")
                .or(() -> request.parameter("Expires"))
                .orElse("");
        try {
            return Optional.of(STAMP.parse(begin, Instant::from))
                    .filter(at -> seconds.matches("\\d{1,11}"))
                    .map(at -> at.plusSeconds(Long.parseLong(seconds)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private String signedV1(StoredObject object, Instant end) {
        var expires = Long.toString(end.getEpochSecond());
        var unsigned = "Expires=" + expires + "&OSSAccessKeyId=" + keyId;
        var signature = signatureV1(asked(object.encodedPath() + "?" + unsigned));
        return unsigned + "&Signature=" + Percent.encode(signature);
    }

    private String signedV4(StoredObject object, Instant at, Duration life) {
        var stamp = STAMP.format(at);
        var unsigned = "x-oss-date=" + stamp + "&x-oss-expires=" + life.toSeconds() + "&x-oss-signature-version="
                + ALGORITHM + "&x-oss-credential=" + Percent.encode(keyId + "/" + scope(stamp));
        var signature = signatureV4(asked(object.encodedPath() + "?" + unsigned));
        return unsigned + "&" + V4_SIGNATURE + "=" + signature;
    }

    private String signatureV1(WireRequest request) {
        var resource = request.parameters().stream()
                .filter(p -> SIGNED_PARAMETERS.matcher(p.name()).matches())
                .map(p -> p.value().isEmpty() ? p.name() : p.name() + "=" + p.value())
                .sorted()
                .collect(Collectors.joining("&"));
        var text = request.method() + "\n"
                + request.header("Content-MD5").orElse("") + "\n"
                + request.header("Content-Type").orElse("") + "\n"
                + request.parameter("Expires").orElse("") + "\n"
                + signedHeaders(request, "x-oss-")
                + Percent.decode(request.rawPath())
                + (resource.isEmpty() ? "" : "?" + resource);
        return Base64.getEncoder().encodeToString(Digests.hmac("HmacSHA1", secret, text));
    }

    private String signatureV4(WireRequest request) {
        var stamp = request.parameter("x-oss-date").orElse("");
        var query = request.parameters().stream()
                .filter(p -> !p.name().equals(V4_SIGNATURE))
                .sorted(Comparator.comparing(Header::name))
                .map(p -> Percent.encode(p.name()) + "=" + Percent.encode(p.value()))
                .collect(Collectors.joining("&"));
        var canonical = String.join(
                "\n",
                request.method(),
                Percent.encodePath(Percent.decode(request.rawPath())),
                query,
                signedHeaders(request, "x-oss-", "content-type", "content-md5"),
                "",
                "UNSIGNED-PAYLOAD");
        var text = String.join("\n", ALGORITHM, stamp, scope(stamp), Digests.sha256(canonical.getBytes(UTF_8)));
        var key = Digests.hmac("HmacSHA256", ("aliyun_v4" + secret).getBytes(UTF_8), stamp.substring(0, 8));
        for (var part : new String[] {region, "oss", "aliyun_v4_request"}) {
            key = Digests.hmac("HmacSHA256", key, part);
        }
        return HexFormat.of().formatHex(Digests.hmac("HmacSHA256", key, text));
    }

    private String scope(String stamp) {
        return stamp.substring(0, 8) + "/" + region + "/oss/aliyun_v4_request";
    }

    private static String signedHeaders(WireRequest request, String... prefixes) {
        var signed = new TreeMap<String, String>();
        for (var header : request.headers()) {
            var name = header.name().toLowerCase(Locale.ROOT);
            for (var prefix : prefixes) {
                if (name.startsWith(prefix)) {
                    signed.put(name, header.value());
                }
            }
        }
        return signed.entrySet().stream()
                .map(e -> e.getKey() + ":" + e.getValue() + "\n")
                .collect(Collectors.joining());
    }

    @Override
    String signatureOf(WireRequest request) {
        return request.parameter(V4_SIGNATURE)
                .or(() -> request.parameter("Signature"))
                .orElse("");
    }

    /** The plain request that a link makes. */
    private static WireRequest asked(String link) {
        return new WireRequest("GET", link, List.of(), new BytesContent(new byte[0]));
    }
}
