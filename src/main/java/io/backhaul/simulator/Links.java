package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes signed links and judges requests that come with one: the families of contract 2.3; V2 and OBS native, HMAC-SHA1 over the very
 * bytes of path and headers, so that a re-encoded path, another method or an added header breaks it; V4 in
 * {@link LinksV4}. Any thread may call.
 */
final class Links implements LinkJudge {
    /** Parameters that are part of the signed string when they are present (contract 2.3). */
    private static final Pattern SIGNED_PARAMETERS =
            Pattern.compile("response-.*|versionId|attname|x-(obs|amz)-security-token");

    private final String keyId;
    private final String secret;
    private final Clock clock;
    private final LinksV4 v4;
    private final LinkTickets tickets;
    private final Set<String> revoked = new HashSet<>();
    private LinkFamily family = LinkFamily.V2;

    /** The store's keys are its own, as the provider signs links itself; they follow from the account's. */
    Links(CloudSettings settings, Clock clock) {
        var mark = Digests.hmac("HmacSHA256", settings.secretKey(), "links of " + settings.accessKey());
        this.secret = HexFormat.of().formatHex(mark);
        this.keyId = "OBS" + secret.substring(0, 17).toUpperCase(Locale.ROOT);
        this.clock = clock;
        this.tickets = new LinkTickets(secret, clock);
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
            revoked.remove(link.substring(link.lastIndexOf('=') + 1));
            return link;
        }
        var expires = Long.toString(clock.instant().plus(life).getEpochSecond());
        var signature = signature("GET\n\n\n" + expires + "\n" + object.encodedPath());
        // The same second gives the same signature, and a link that was just granted must not be born dead.
        revoked.remove(signature);
        return object.encodedPath() + "?" + family.keyName() + "=" + keyId + "&Expires=" + expires + "&Signature="
                + Percent.encode(signature);
    }

    /** Path and query of a link that does not show when it dies. */
    String opaque(StoredObject object, Duration life) {
        return tickets.issue(object, life);
    }

    @Override
    public synchronized void revoke(WireRequest request) {
        tickets.revoke(request);
        revoked.add(signatureOf(request));
    }

    @Override
    public synchronized LinkVerdict judge(WireRequest request) {
        return tickets.judge(request).orElseGet(() -> judgeSigned(request));
    }

    private LinkVerdict judgeSigned(WireRequest request) {
        if (request.parameter(LinksV4.SIGNATURE).isPresent()) {
            var verdict = v4.judge(request, clock.instant());
            return verdict == LinkVerdict.GOOD && revoked.contains(signatureOf(request))
                    ? LinkVerdict.EXPIRED
                    : verdict;
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
        if (!clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(expires)))) {
            return LinkVerdict.EXPIRED;
        }
        if (!sameBytes(signature, signature(stringToSign(request, expires)))) {
            return LinkVerdict.SIGNATURE_WRONG;
        }
        return revoked.contains(signature) ? LinkVerdict.EXPIRED : LinkVerdict.GOOD;
    }

    private static String signatureOf(WireRequest request) {
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

    private static boolean sameBytes(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }
}
