package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Alibaba's RPC signature 1.0, HMAC-SHA1 (tencent-aliyun.md 3.3), over the parameters of query and form together. */
final class RpcSignature {
    private static final List<String> NEEDED =
            List.of("AccessKeyId", "Action", "Signature", "SignatureNonce", "Timestamp", "Version");

    private final String secret;

    RpcSignature(String secret) {
        this.secret = secret;
    }

    /** Empty when the request lacks something that must be said, or wants to be signed in another way. */
    Optional<AcsClaim> claim(WireRequest request, CallForm form) {
        var isComplete = NEEDED.stream().noneMatch(name -> value(form, name).isEmpty());
        if (!isComplete
                || !value(form, "SignatureMethod").equals("HMAC-SHA1")
                || !value(form, "SignatureVersion").equals("1.0")) {
            return Optional.empty();
        }
        var canonical = form.parameters().entrySet().stream()
                .filter(p -> !p.getKey().equals("Signature"))
                .map(p -> Percent.encode(p.getKey()) + "=" + Percent.encode(p.getValue()))
                .collect(Collectors.joining("&"));
        var text = request.method() + "&%2F&" + Percent.encode(canonical);
        var expected = Base64.getEncoder().encodeToString(Digests.hmac("HmacSHA1", secret + "&", text));
        return Optional.of(new AcsClaim(
                value(form, "AccessKeyId"),
                value(form, "SecurityToken"),
                value(form, "Timestamp"),
                value(form, "SignatureNonce"),
                text,
                MessageDigest.isEqual(
                        expected.getBytes(UTF_8), value(form, "Signature").getBytes(UTF_8))));
    }

    private static String value(CallForm form, String name) {
        return form.text(name).orElse("");
    }
}
