package io.backhaul.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes signed links and judges requests that come with one: the families of contract 2.3; V2 and OBS native, HMAC-SHA1 over the very
 * bytes of path and headers, so that a re-encoded path, another method or an added header breaks it; V4 in
 * {@link LinksV4}. Any thread may call.
 */
final class Links extends SignedLinks {
    /** Parameters that are part of the signed string when they are present (contract 2.3). */
    private static final Pattern SIGNED_PARAMETERS =
            Pattern.compile("response-.*|versionId|attname|x-(obs|amz)-security-token");

    private final String keyId;
    private final LinksV4 v4;
    private LinkFamily family = LinkFamily.V2;

    Links(CloudSettings settings, Clock clock) {
        super(settings, clock, "links");
        this.keyId = "OBS" + secret.substring(0, 17).toUpperCase(Locale.ROOT);
        this.v4 = new LinksV4(keyId, secret, settings.region());
    }

    /** Which family the links to come are of; those that are out stay good. */
    synchronized void issueAs(LinkFamily other) {
        family = other;
    }

    /**
     * Path and query of a link that lives this long, to the second.
     *
     * @param host as the request will name it; part of one family's signature
     */
    synchronized String sign(StoredObject object, Duration life, String host) {
        if (family == LinkFamily.V4) {
            var link = v4.sign(object.encodedPath(), host, clock.instant(), life);
            revive(link.substring(link.lastIndexOf('=') + 1));
            return link;
        }
        var expires = Long.toString(clock.instant().plus(life).getEpochSecond());
        var signature = signature("GET\n\n\n" + expires + "\n" + object.encodedPath());
        revive(signature);
        return object.encodedPath() + "?" + family.keyName() + "=" + keyId + "&Expires=" + expires + "&Signature="
                + Percent.encode(signature);
    }

    @Override
    LinkVerdict judgeSigned(WireRequest request) {
        if (request.parameter(LinksV4.SIGNATURE).isPresent()) {
            return v4.judge(request, clock.instant());
        }
        var expires = request.parameter("Expires").orElse("");
        var signature = signatureOf(request);
        var key = request.parameter(LinkFamily.V2.keyName()).or(() -> request.parameter(LinkFamily.OBS.keyName()));
        if (key.isEmpty() || signature.isEmpty()) {
            return LinkVerdict.MISSING;
        }
        if (!key.get().equals(keyId)) {
            return LinkVerdict.NO_SUCH_KEY_ID;
        }
        if (!expires.matches("\\d{1,12}")) {
            return LinkVerdict.EXPIRY_MALFORMED;
        }
        if (isOver(Instant.ofEpochSecond(Long.parseLong(expires)))) {
            return LinkVerdict.EXPIRED;
        }
        return compared(signature(stringToSign(request, expires)), signature);
    }

    @Override
    String signatureOf(WireRequest request) {
        return request.parameter("Signature")
                .or(() -> request.parameter(LinksV4.SIGNATURE))
                .orElse("");
    }

    private static String stringToSign(WireRequest request, String expires) {
        return request.method() + "\n"
                + request.header("Content-MD5").orElse("") + "\n"
                + request.header("Content-Type").orElse("") + "\n"
                + expires + "\n"
                + signedHeaders(request)
                + request.rawPath()
                + signedParameters(request);
    }

    private static String signedHeaders(WireRequest request) {
        var signed = new TreeMap<String, String>();
        for (var header : request.headers()) {
            var name = header.name().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-obs-") || name.startsWith("x-amz-")) {
                signed.merge(name, header.value(), (first, second) -> first + "," + second);
            }
        }
        return signed.entrySet().stream()
                .map(e -> e.getKey() + ":" + e.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static String signedParameters(WireRequest request) {
        var signed = request.parameters().stream()
                .filter(p -> SIGNED_PARAMETERS.matcher(p.name()).matches())
                .map(p -> p.value().isEmpty() ? p.name() : p.name() + "=" + p.value())
                .sorted()
                .collect(Collectors.joining("&"));
        return signed.isEmpty() ? "" : "?" + signed;
    }

    private String signature(String text) {
        return Base64.getEncoder().encodeToString(Digests.hmac("HmacSHA1", secret, text));
    }
}
