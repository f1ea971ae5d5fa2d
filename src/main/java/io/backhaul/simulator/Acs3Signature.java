package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * ACS3-HMAC-SHA256 (tencent-aliyun.md 3.4), from the raw bytes and the client's own list of headers, which must hold the
 * host and every {@code x-acs-} header that was sent.
 */
final class Acs3Signature {
    private static final Pattern AUTHORIZATION =
            Pattern.compile("ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})");
    private static final List<String> NEEDED = List.of(
            "host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version");

    private final String secret;

    Acs3Signature(String secret) {
        this.secret = secret;
    }

    /** Empty when the request lacks something that is signed, or signs less than it must. */
    Optional<AcsClaim> claim(WireRequest request) {
        var header = AUTHORIZATION.matcher(request.header("Authorization").orElse(""));
        if (!header.matches()) {
            return Optional.empty();
        }
        var signed = Arrays.asList(header.group(2).split(";", -1));
        var needed = new HashSet<>(NEEDED);
        request.headers().stream()
                .map(h -> h.name().toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("x-acs-"))
                .forEach(needed::add);
        if (!signed.containsAll(needed)
                || signed.stream().anyMatch(name -> request.header(name).isEmpty())) {
            return Optional.empty();
        }
        var canonical = canonical(request, signed);
        var text = "ACS3-HMAC-SHA256\n" + Digests.sha256(canonical.getBytes(UTF_8));
        var expected = HexFormat.of().formatHex(Digests.hmac("HmacSHA256", secret, text));
        var isWhole = Digests.sha256(request.body().copy()).equals(value(request, "x-acs-content-sha256"));
        return Optional.of(new AcsClaim(
                header.group(1),
                value(request, "x-acs-security-token"),
                value(request, "x-acs-date"),
                value(request, "x-acs-signature-nonce"),
                text,
                isWhole
                        && MessageDigest.isEqual(
                                expected.getBytes(UTF_8), header.group(3).getBytes(UTF_8))));
    }

    private static String canonical(WireRequest request, List<String> signed) {
        var query = CallForm.pairs(request.rawQuery()).entrySet().stream()
                .map(p -> Percent.encode(p.getKey()) + "=" + Percent.encode(p.getValue()))
                .collect(Collectors.joining("&"));
        var headers = signed.stream()
                .map(name -> name + ":" + value(request, name).strip() + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                request.method(),
                request.rawPath().isEmpty() ? "/" : request.rawPath(),
                query,
                headers,
                String.join(";", signed),
                value(request, "x-acs-content-sha256"));
    }

    private static String value(WireRequest request, String header) {
        return request.header(header).orElse("");
    }
}
