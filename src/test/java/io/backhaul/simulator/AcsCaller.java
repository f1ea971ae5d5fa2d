package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A client of Alibaba's APIs that signs in both of their ways; made apart from the verifier that it is held against. */
final class AcsCaller {
    static final String ID = "LTAItest";
    static final String SECRET = "secret+/=";

    private final URI endpoint;
    private final Clock clock;
    private int nonces;

    AcsCaller(URI endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** Posts a form under ACS3; {@code form} as {@code Name=value&Name=value}. */
    Answer call(String action, String form) throws IOException {
        return send("POST", "/", acs3("POST", "", action, form, Map.of()), form);
    }

    JsonNode json(String action, String form) throws IOException {
        return Caller.json(call(action, form));
    }

    /** The headers of a call under ACS3, those that are changed or added included; all of them are signed. */
    List<Header> acs3(String method, String query, String action, String body, Map<String, String> changed) {
        var headers = new TreeMap<String, String>();
        headers.put("content-type", "application/x-www-form-urlencoded");
        headers.put("host", endpoint.getAuthority());
        headers.put("x-acs-action", action);
        headers.put("x-acs-content-sha256", Digests.sha256(body.getBytes(UTF_8)));
        headers.put("x-acs-credentials-provider", "static_ak");
        headers.put("x-acs-date", now());
        headers.put("x-acs-signature-nonce", nonce());
        headers.put("x-acs-version", "2019-09-01");
        headers.putAll(changed);
        var names = String.join(";", headers.keySet());
        var lines = headers.entrySet().stream()
                .map(e -> e.getKey() + ":" + e.getValue() + "\n")
                .collect(Collectors.joining());
        var canonical =
                String.join("\n", method, "/", query, lines, names, headers.getOrDefault("x-acs-content-sha256", ""));
        var text = "ACS3-HMAC-SHA256\n" + Digests.sha256(canonical.getBytes(UTF_8));
        var signature = HexFormat.of().formatHex(Digests.hmac("HmacSHA256", SECRET, text));
        var sent = new ArrayList<Header>();
        headers.remove("host");
        headers.forEach((name, value) -> sent.add(new Header(name, value)));
        sent.add(new Header(
                "Authorization",
                "ACS3-HMAC-SHA256 Credential=" + ID + ",SignedHeaders=" + names + ",Signature=" + signature));
        return sent;
    }

    /** The query of a call under the RPC signature, which covers the form too. */
    String rpc(String method, String action, String form, Map<String, String> changed) {
        var query = new TreeMap<>(Map.of(
                "AccessKeyId",
                ID,
                "Action",
                action,
                "Format",
                "json",
                "SignatureMethod",
                "HMAC-SHA1",
                "SignatureNonce",
                nonce(),
                "SignatureVersion",
                "1.0",
                "Timestamp",
                now(),
                "Version",
                "2019-09-01"));
        query.putAll(changed);
        var all = new TreeMap<>(query);
        if (!form.isEmpty()) {
            Arrays.stream(form.split("&", -1))
                    .map(pair -> pair.split("=", 2))
                    .forEach(pair -> all.put(pair[0], pair[1]));
        }
        var text = method + "&%2F&" + Percent.encode(encoded(all));
        var signature = Base64.getEncoder().encodeToString(Digests.hmac("HmacSHA1", SECRET + "&", text));
        return encoded(query) + "&Signature=" + Percent.encode(signature);
    }

    Answer send(String method, String target, List<Header> headers, String body) throws IOException {
        try (var exchange = RawExchange.send(endpoint, method, target, headers, body)) {
            return exchange.answer();
        }
    }

    /** Fetches a link as it is, with header lines such as {@code Range: bytes=0-}. */
    Answer fetch(String method, String link, String... lines) throws IOException {
        var headers = Arrays.stream(lines)
                .map(line -> line.split(": ", 2))
                .map(pair -> new Header(pair[0], pair[1]))
                .toList();
        return send(method, link.substring(endpoint.toString().length()), headers, "");
    }

    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private String nonce() {
        nonces++;
        return "nonce-" + nonces;
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(p -> Percent.encode(p.getKey()) + "=" + Percent.encode(p.getValue()))
                .collect(Collectors.joining("&"));
    }
}
