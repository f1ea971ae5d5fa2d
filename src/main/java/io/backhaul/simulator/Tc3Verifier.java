package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Verifies TC3-HMAC-SHA256 (tencent-aliyun.md 3.2) from the raw bytes and the client's own list of headers. Clients differ
 * in the host they sign (6.1): as sent, without its port, or the product's behind a gateway; and in the service: the
 * host's first word, whatever that is.
 */
final class Tc3Verifier {
    private static final String PRODUCT_HOST = "redis.tencentcloudapi.com";
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "TC3-HMAC-SHA256 Credential=([^/]+)/([0-9-]+)/([^/]+)/tc3_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final CloudSettings settings;
    private final CrsErrors errors;
    private final Clock clock;

    Tc3Verifier(CloudSettings settings, CrsErrors errors, Clock clock) {
        this.settings = settings;
        this.errors = errors;
        this.clock = clock;
    }

    private record Claim(String secretId, String date, String service, List<String> headers, String signature) {
        Claim {
            headers = List.copyOf(headers);
        }
    }

    /** The answer to a request that is not to be believed; empty when it is. */
    Optional<WireAnswer> refusal(WireRequest request) {
        var claim = claim(request);
        if (claim.isEmpty() || !claim.get().headers.containsAll(List.of("content-type", "host"))) {
            return refuse("InvalidAuthorization", "The Authorization header is not in accord with the standard.");
        }
        if (!claim.get().secretId.equals(settings.accessKey())) {
            return refuse(
                    "SecretIdNotFound", "The SecretId is not found, please ensure that your SecretId is correct.");
        }
        var at = timestamp(request);
        if (at.isEmpty() || Duration.between(at.get(), clock.instant()).abs().compareTo(TOLERANCE) > 0) {
            return refuse("SignatureExpire", "The provided credentials timestamp is too far from the server's.");
        }
        if (!request.header("X-TC-Token").equals(Optional.ofNullable(settings.securityToken()))) {
            return refuse("TokenFailure", "The provided token is invalid.");
        }
        return isGenuine(request, claim.get(), at.get())
                ? Optional.empty()
                : refuse("SignatureFailure", "The provided credentials could not be validated.");
    }

    private Optional<WireAnswer> refuse(String what, String message) {
        return Optional.of(errors.error("AuthFailure." + what, message));
    }

    private boolean isGenuine(WireRequest request, Claim claim, Instant at) {
        if (!claim.date.equals(LocalDate.ofInstant(at, ZoneOffset.UTC).toString())) {
            return false;
        }
        var sent = request.header("Host").orElse("").toLowerCase(Locale.ROOT);
        return List.of(sent, sent.replaceFirst(":\\d+$", ""), PRODUCT_HOST).stream()
                .filter(host -> claim.service.equals("redis") || claim.service.equals(host.split("\\.", 2)[0]))
                .map(host -> signature(request, claim, at, host))
                .anyMatch(expected -> MessageDigest.isEqual(expected.getBytes(UTF_8), claim.signature.getBytes(UTF_8)));
    }

    private String signature(WireRequest request, Claim claim, Instant at, String host) {
        var scope = claim.date + "/" + claim.service + "/tc3_request";
        var text = String.join(
                "\n",
                "TC3-HMAC-SHA256",
                Long.toString(at.getEpochSecond()),
                scope,
                Digests.sha256(canonical(request, claim, host).getBytes(UTF_8)));
        var key = Digests.hmac("HmacSHA256", ("TC3" + settings.secretKey()).getBytes(UTF_8), claim.date);
        key = Digests.hmac("HmacSHA256", key, claim.service);
        key = Digests.hmac("HmacSHA256", key, "tc3_request");
        return HexFormat.of().formatHex(Digests.hmac("HmacSHA256", key, text));
    }

    private static String canonical(WireRequest request, Claim claim, String host) {
        var headers = claim.headers.stream()
                .map(name -> name + ":"
                        + (name.equals("host")
                                ? host
                                : request.header(name).orElse("").strip()) + "\n")
                .collect(Collectors.joining());
        var isUnsigned = request.header("X-TC-Content-SHA256").orElse("").equals("UNSIGNED-PAYLOAD");
        var payload =
                isUnsigned ? "UNSIGNED-PAYLOAD".getBytes(UTF_8) : request.body().copy();
        return String.join(
                "\n",
                request.method(),
                request.rawPath().isEmpty() ? "/" : request.rawPath(),
                request.rawQuery(),
                headers,
                String.join(";", claim.headers),
                Digests.sha256(payload));
    }

    private static Optional<Instant> timestamp(WireRequest request) {
        return request.header("X-TC-Timestamp")
                .filter(text -> text.matches("\\d{1,11}"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text)));
    }

    private static Optional<Claim> claim(WireRequest request) {
        var header = AUTHORIZATION.matcher(request.header("Authorization").orElse(""));
        return header.matches()
                ? Optional.of(new Claim(
                        header.group(1),
                        header.group(2),
                        header.group(3),
                        Arrays.asList(header.group(4).split(";", -1)),
                        header.group(5)))
                : Optional.empty();
    }
}
