package io.backhaul.provider.huawei;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.PercentEncoding;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Huawei's SDK-HMAC-SHA256 (huawei.md 3.2). Signs the host and every header that the request carries; Content-Type and
 * User-Agent are left to whoever stands between us and the gateway. Safe for use by several threads.
 */
final class AkSkSigner {
    private static final String ALGORITHM = "SDK-HMAC-SHA256";
    private static final DateTimeFormatter SDK_DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final AccessKey credential;

    AkSkSigner(AccessKey credential) {
        this.credential = credential;
    }

    /** The request with X-Sdk-Date, Authorization and, for a temporary key, X-Security-Token. */
    ApiRequest sign(ApiRequest request, Instant at) {
        var token = credential.token();
        var dated = request.with("X-Sdk-Date", SDK_DATE.format(at));
        var complete = token == null ? dated : dated.with("X-Security-Token", token);
        return complete.with("Authorization", authorization(complete, signedHeaders(complete), SDK_DATE.format(at)));
    }

    /** The Authorization header over exactly these headers, by lower-case name. */
    String authorization(ApiRequest request, SortedMap<String, String> headers, String date) {
        var toSign = String.join("\n", ALGORITHM, date, sha256(canonical(request, headers)));
        var signature = HexFormat.of().formatHex(hmac(toSign));
        return ALGORITHM + " Access=" + credential.id() + ", SignedHeaders=" + String.join(";", headers.keySet())
                + ", Signature=" + signature;
    }

    /** All of the request's headers and its host; a name with an underscore is not signed, as gateways drop those. */
    static SortedMap<String, String> signedHeaders(ApiRequest request) {
        var headers = new TreeMap<String, String>();
        request.headers().forEach((name, value) -> {
            if (!name.contains("_")) {
                headers.put(name.toLowerCase(Locale.ROOT), value);
            }
        });
        headers.put("host", request.host());
        return headers;
    }

    /** The text that is hashed and signed. */
    static String canonical(ApiRequest request, SortedMap<String, String> headers) {
        var lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        var body = request.body() == null ? "" : request.body().text();
        return String.join(
                "\n",
                request.method(),
                canonicalPath(request.rawPath()),
                canonicalQuery(request),
                lines,
                String.join(";", headers.keySet()),
                sha256(body));
    }

    /** Each segment of the raw path encoded (once more, if it was), and one slash at the end, wire or no wire. */
    private static String canonicalPath(String rawPath) {
        var path =
                Arrays.stream(rawPath.split("/")).map(PercentEncoding::encode).collect(Collectors.joining("/"));
        return path + "/";
    }

    private static String canonicalQuery(ApiRequest request) {
        record Pair(String name, String value) {}
        return request.query().stream()
                .map(p -> new Pair(PercentEncoding.encode(p.name()), PercentEncoding.encode(p.value())))
                .sorted(Comparator.comparing(Pair::name))
                .map(pair -> pair.name() + "=" + pair.value())
                .collect(Collectors.joining("&"));
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    private byte[] hmac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            // The secret itself is the key: no derivation (huawei.md 3.2).
            mac.init(new SecretKeySpec(credential.secret().getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HmacSHA256", e);
        }
    }
}
