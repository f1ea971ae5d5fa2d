package io.backhaul.provider.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backhaul.backup.Sha256;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Hmac;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Tencent's TC3-HMAC-SHA256 for requests with a body (tencent-aliyun.md 3.2). Content type, host and body are signed;
 * the token is not. Safe for use by several threads.
 */
final class Tc3Signer {
    private static final String ALGORITHM = "TC3-HMAC-SHA256";
    private static final String SIGNED_HEADERS = "content-type;host";
    /** The product's, whatever host stands in front of it. Clients take it from the host, which is the same at Tencent's own. */
    private static final String SERVICE = "redis";

    private final AccessKey credential;

    Tc3Signer(AccessKey credential) {
        this.credential = credential;
    }

    /** The request with X-TC-Timestamp, Authorization and, for a temporary key, X-TC-Token. */
    ApiRequest sign(ApiRequest request, Instant at) {
        var signed = request.with("X-TC-Timestamp", Long.toString(at.getEpochSecond()))
                .with("Authorization", authorization(request, at));
        var token = credential.token();
        return token == null ? signed : signed.with("X-TC-Token", token);
    }

    private String authorization(ApiRequest request, Instant at) {
        var date = LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
        var scope = date + "/" + SERVICE + "/tc3_request";
        var toSign =
                String.join("\n", ALGORITHM, Long.toString(at.getEpochSecond()), scope, sha256(canonical(request)));
        var key = Hmac.SHA256.of(("TC3" + credential.secret()).getBytes(UTF_8), date);
        key = Hmac.SHA256.of(key, SERVICE);
        key = Hmac.SHA256.of(key, "tc3_request");
        var signature = HexFormat.of().formatHex(Hmac.SHA256.of(key, toSign));
        return ALGORITHM + " Credential=" + credential.id() + "/" + scope + ", SignedHeaders=" + SIGNED_HEADERS
                + ", Signature=" + signature;
    }

    /** The text that is hashed and signed. */
    static String canonical(ApiRequest request) {
        var body = Objects.requireNonNull(request.body(), "a request to sign has no body");
        return String.join(
                "\n",
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                "content-type:" + body.contentType() + "\nhost:" + request.host() + "\n",
                SIGNED_HEADERS,
                sha256(body.text()));
    }

    private static String sha256(String text) {
        return Sha256.of(text.getBytes(UTF_8));
    }
}
