package io.backhaul.provider.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.ApiRequest.Body;
import io.backhaul.provider.ApiRequest.Parameter;
import io.backhaul.provider.Hmac;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The signature of Tencent's API v2 (tencent-aliyun.md 3.1): over method, host, path and every parameter, as it is and
 * not as it is encoded. A request comes with its parameters in the query and leaves with them in a form body, so that
 * neither key nor signature stands in a URL. Safe for use by several threads.
 */
final class V2Signer {
    private final AccessKey credential;
    private final Hmac hmac;

    V2Signer(AccessKey credential, Hmac hmac) {
        this.credential = credential;
        this.hmac = hmac;
    }

    /**
     * The request with its parameters, the common ones and the signature as a form.
     *
     * @param nonce a positive number; together with the second it tells a request from a replay
     */
    ApiRequest sign(ApiRequest request, Instant at, int nonce) {
        var parameters = new TreeMap<String, String>();
        request.query().forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
        parameters.put("SecretId", credential.id());
        parameters.put("Timestamp", Long.toString(at.getEpochSecond()));
        parameters.put("Nonce", Integer.toString(nonce));
        if (hmac != Hmac.SHA1) {
            // Left out it means HmacSHA1.
            parameters.put("SignatureMethod", hmac.algorithm());
        }
        if (credential.token() != null) {
            parameters.put("Token", credential.token());
        }
        parameters.put("Signature", signature(request.method(), request.host(), request.rawPath(), parameters));
        return new ApiRequest(
                request.method(),
                request.operation(),
                request.subject(),
                request.endpoint(),
                request.path(),
                List.of(),
                request.headers(),
                form(parameters));
    }

    /** In Base64; still to be encoded for transport. */
    String signature(String method, String host, String path, SortedMap<String, String> parameters) {
        var key = credential.secret().getBytes(UTF_8);
        var toSign = toSign(method, host, path, parameters);
        return Base64.getEncoder().encodeToString(hmac.of(key, toSign));
    }

    /** Sorted as ASCII, values raw; an underscore in a name counts as a dot, and a POST leaves out what looks like a file. */
    static String toSign(String method, String host, String path, SortedMap<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals("Signature"))
                .filter(parameter ->
                        !(method.equals("POST") && parameter.getValue().startsWith("@")))
                .map(parameter -> parameter.getKey().replace('_', '.') + "=" + parameter.getValue())
                .collect(Collectors.joining("&", method + host + path + "?", ""));
    }

    private static Body form(SortedMap<String, String> parameters) {
        return Body.form(parameters.entrySet().stream()
                .map(parameter -> new Parameter(parameter.getKey(), parameter.getValue()))
                .toList());
    }
}
