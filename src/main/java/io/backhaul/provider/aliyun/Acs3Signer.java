package io.backhaul.provider.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backhaul.backup.Sha256;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.ApiRequest.Parameter;
import io.backhaul.provider.Hmac;
import io.backhaul.provider.PercentEncoding;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Alibaba's ACS3-HMAC-SHA256 (tencent-aliyun.md 3.4): host, content type and every {@code x-acs-} header are signed, and
 * the very bytes of the body, whose fields may stand in any order.
 */
final class Acs3Signer implements AliyunSigner {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final String OURS = "x-acs-";

    private final AccessKey key;

    Acs3Signer(AccessKey key) {
        this.key = key;
    }

    /** Unasked, products of the old style answer with XML. */
    @Override
    public ApiRequest calling(ApiRequest request, String action, String version) {
        return request.with("x-acs-action", action)
                .with("x-acs-version", version)
                .with("Accept", "application/json");
    }

    @Override
    public ApiRequest sign(ApiRequest request, Instant at, String nonce) {
        var dated = request.with("x-acs-date", TIME.format(at))
                .with("x-acs-signature-nonce", nonce)
                .with(
                        "x-acs-content-sha256",
                        sha256(request.body() == null ? "" : request.body().text()));
        var token = key.token();
        var whole = token == null
                ? dated
                : dated.with("x-acs-accesskey-id", key.id()).with("x-acs-security-token", token);
        return whole.with("Authorization", authorization(whole));
    }

    private String authorization(ApiRequest request) {
        var toSign = ALGORITHM + "\n" + sha256(canonical(request));
        var signature = HexFormat.of().formatHex(Hmac.SHA256.of(key.secret().getBytes(UTF_8), toSign));
        // Without blanks between them.
        return ALGORITHM + " Credential=" + key.id() + ",SignedHeaders="
                + String.join(";", signedHeaders(request).keySet()) + ",Signature=" + signature;
    }

    /** The text that is hashed and signed, of a request with all its headers but the signature's. */
    static String canonical(ApiRequest request) {
        var headers = signedHeaders(request);
        var lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                request.method(),
                request.rawPath(),
                query(request),
                lines,
                String.join(";", headers.keySet()),
                headers.getOrDefault("x-acs-content-sha256", ""));
    }

    private static SortedMap<String, String> signedHeaders(ApiRequest request) {
        var signed = new TreeMap<String, String>();
        signed.put("host", request.host());
        if (request.body() != null) {
            signed.put("content-type", request.body().contentType());
        }
        request.headers().forEach((name, value) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(OURS)) {
                signed.put(lower, value);
            }
        });
        return signed;
    }

    private static String query(ApiRequest request) {
        return request.query().stream()
                .sorted(Comparator.comparing(Parameter::name))
                .map(one -> PercentEncoding.encode(one.name()) + "=" + PercentEncoding.encode(one.value()))
                .collect(Collectors.joining("&"));
    }

    private static String sha256(String text) {
        return Sha256.of(text.getBytes(UTF_8));
    }
}
