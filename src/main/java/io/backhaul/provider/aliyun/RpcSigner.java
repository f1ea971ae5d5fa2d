package io.backhaul.provider.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Hmac;
import io.backhaul.provider.PercentEncoding;
import java.time.Instant;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Alibaba's RPC signature 1.0 (tencent-aliyun.md 3.3): over every parameter, those of the query and those of a form in
 * the body alike. Action and signature stand in the query.
 */
final class RpcSigner implements AliyunSigner {
    private final AccessKey key;

    RpcSigner(AccessKey key) {
        this.key = key;
    }

    @Override
    public ApiRequest calling(ApiRequest request, String action, String version) {
        return request.asking("Action", action).asking("Version", version).asking("Format", "json");
    }

    @Override
    public ApiRequest sign(ApiRequest request, Instant at, String nonce) {
        var dated = request.asking("AccessKeyId", key.id())
                .asking("SignatureMethod", "HMAC-SHA1")
                .asking("SignatureVersion", "1.0")
                .asking("SignatureNonce", nonce)
                .asking("Timestamp", TIME.format(at));
        var token = key.token();
        var whole = token == null ? dated : dated.asking("SecurityToken", token);
        return whole.asking("Signature", signature(whole));
    }

    private String signature(ApiRequest request) {
        var secret = (key.secret() + "&").getBytes(UTF_8);
        return Base64.getEncoder().encodeToString(Hmac.SHA1.of(secret, toSign(request)));
    }

    /** The text that is signed, of a request with all its parameters but the signature. */
    static String toSign(ApiRequest request) {
        var canonical = parameters(request).entrySet().stream()
                .map(one -> PercentEncoding.encode(one.getKey()) + "=" + PercentEncoding.encode(one.getValue()))
                .collect(Collectors.joining("&"));
        return request.method() + "&" + PercentEncoding.encode("/") + "&" + PercentEncoding.encode(canonical);
    }

    private static SortedMap<String, String> parameters(ApiRequest request) {
        var parameters = new TreeMap<String, String>();
        var form = request.body() == null ? "" : request.body().text();
        for (var pair : form.split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        PercentEncoding.decode(pair.substring(0, equals)),
                        PercentEncoding.decode(pair.substring(equals + 1)));
            }
        }
        request.query().forEach(one -> parameters.put(one.name(), one.value()));
        return parameters;
    }
}
