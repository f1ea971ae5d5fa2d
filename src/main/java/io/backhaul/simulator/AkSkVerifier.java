package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks SDK-HMAC-SHA256 signatures over the request as it was on the wire (contract 3.2), in the words of Huawei's
 * gateway (4.4). Any thread may call.
 */
final class AkSkVerifier {
    private static final String ALGORITHM = "SDK-HMAC-SHA256";
    private static final Pattern AUTHORIZATION =
            Pattern.compile(ALGORITHM + " Access=([^,\\s]+), SignedHeaders=([^,\\s]+), Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration TOLERANCE = Duration.ofMinutes(15);
    private static final String MISMATCH = "verify aksk signature fail";

    private final CloudSettings settings;
    private final Clock clock;

    AkSkVerifier(CloudSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whose request this claims to be; empty when it does not say so properly. */
    static Optional<String> accessKey(WireRequest request) {
        return authorization(request).map(Authorization::accessKey);
    }

    /** Why the request is not to be believed; empty when it is. */
    Optional<String> refusal(WireRequest request) {
        var claim = authorization(request);
        if (claim.isEmpty()) {
            return Optional.of(MISMATCH);
        }
        if (!claim.get().accessKey.equals(settings.accessKey())) {
            return Optional.of("Get secretKey failed,ak:" + claim.get().accessKey + ",err:ak not exist");
        }
        return staleness(request)
                .or(() -> tokenRefusal(request, claim.get()))
                .or(() -> isGenuine(request, claim.get()) ? Optional.empty() : Optional.of(MISMATCH));
    }

    private Optional<String> staleness(WireRequest request) {
        var stamp = request.header("X-Sdk-Date").orElse("");
        try {
            var apart = Duration.between(STAMP.parse(stamp, Instant::from), clock.instant());
            return apart.abs().compareTo(TOLERANCE) <= 0
                    ? Optional.empty()
                    : Optional.of("calc aksk signature fail:signature expired, signature time:" + stamp
                            + ",server time:" + STAMP.format(clock.instant()));
        } catch (DateTimeParseException e) {
            return Optional.of(MISMATCH);
        }
    }

    private Optional<String> tokenRefusal(WireRequest request, Authorization claim) {
        var wanted = Optional.ofNullable(settings.securityToken());
        var sent = request.header("X-Security-Token");
        var isSigned = claim.signedHeaders.contains("x-security-token");
        return sent.equals(wanted) && (sent.isEmpty() || isSigned)
                ? Optional.empty()
                : Optional.of("decrypt token fail");
    }

    private boolean isGenuine(WireRequest request, Authorization claim) {
        var names = claim.signedHeaders;
        if (!names.contains("x-sdk-date") || !isTidy(names) || !isBodyAsHashed(request)) {
            return false;
        }
        var canonical = canonicalRequest(request, names);
        var text = ALGORITHM + "\n" + request.header("X-Sdk-Date").orElse("") + "\n"
                + Digests.sha256(canonical.getBytes(UTF_8));
        var expected = HexFormat.of().formatHex(Digests.hmac("HmacSHA256", settings.secretKey(), text));
        return MessageDigest.isEqual(expected.getBytes(UTF_8), claim.signature.getBytes(UTF_8));
    }

    /** Lower case, sorted, none twice: a gateway may be lenient here, but a client should not count on that. */
    private static boolean isTidy(List<String> names) {
        return names.equals(names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList());
    }

    /** A hash in a header is signed in the body's place, so it must be the body's, or openly none. */
    private static boolean isBodyAsHashed(WireRequest request) {
        var hash = request.header("X-Sdk-Content-Sha256").orElse("UNSIGNED-PAYLOAD");
        return hash.equals("UNSIGNED-PAYLOAD")
                || hash.equals(Digests.sha256(request.body().copy()));
    }

    static String canonicalRequest(WireRequest request, List<String> signedHeaders) {
        var headers = signedHeaders.stream()
                .map(name -> name + ":" + request.header(name).orElse("").strip() + "\n")
                .collect(Collectors.joining());
        var hash = request.header("X-Sdk-Content-Sha256")
                .orElseGet(() -> Digests.sha256(request.body().copy()));
        return request.method() + "\n"
                + canonicalPath(request.rawPath()) + "\n"
                + canonicalQuery(request) + "\n"
                + headers + "\n"
                + String.join(";", signedHeaders) + "\n"
                + hash;
    }

    /** Each segment of the raw path encoded once more, with one slash at the end. */
    private static String canonicalPath(String rawPath) {
        return Percent.encodePath(rawPath.replaceAll("/+$", "")) + "/";
    }

    /** Sorted by name; where a name comes twice, in the order on the wire. */
    private static String canonicalQuery(WireRequest request) {
        return request.parameters().stream()
                .map(p -> new Header(Percent.encode(p.name()), Percent.encode(p.value())))
                .sorted(Comparator.comparing(Header::name))
                .map(p -> p.name() + "=" + p.value())
                .collect(Collectors.joining("&"));
    }

    private static Optional<Authorization> authorization(WireRequest request) {
        var header = AUTHORIZATION.matcher(request.header("Authorization").orElse(""));
        return header.matches()
                ? Optional.of(new Authorization(
                        header.group(1), Arrays.asList(header.group(2).split(";", -1)), header.group(3)))
                : Optional.empty();
    }

    private record Authorization(String accessKey, List<String> signedHeaders, String signature) {
        Authorization {
            signedHeaders = List.copyOf(signedHeaders);
        }
    }
}
