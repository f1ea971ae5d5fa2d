package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the simulated cloud that signs as contract 3.2 says; made apart from the verifier that it is held against. */
final class Caller {
    static final String PROJECT = "0123456789abcdef0123456789abcdef";
    static final String ACCESS_KEY = "AKIDEXAMPLE0000000001";
    static final String SECRET_KEY = "SKEXAMPLE/secret+0000000000000000000001";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final URI endpoint;
    private final Clock clock;
    private final String secretKey;

    Caller(URI endpoint, Clock clock) {
        this(endpoint, clock, SECRET_KEY);
    }

    Caller(URI endpoint, Clock clock, String secretKey) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.secretKey = secretKey;
    }

    /** @param path below the project: {@code /instances?limit=3} */
    Answer get(String path) throws IOException {
        return call("GET", "/v2/" + PROJECT + path, "");
    }

    Answer links(String instance, String backup) throws IOException {
        return links(instance, backup, "{\"expiration\":300}");
    }

    Answer links(String instance, String backup, String body) throws IOException {
        return call("POST", "/v2/" + PROJECT + "/instances/" + instance + "/backups/" + backup + "/links", body);
    }

    /** The first link of a backup. */
    String link(String instance, String backup) throws IOException {
        return json(links(instance, backup)).path("links").path(0).path("link").stringValue();
    }

    Answer call(String method, String target, String body) throws IOException {
        try (var exchange = RawExchange.send(endpoint, method, target, signed(method, target, body), body)) {
            return exchange.answer();
        }
    }

    /** Fetches a link as it is, with header lines such as {@code Range: bytes=0-}. */
    Answer download(String link, String... headers) throws IOException {
        return fetch("GET", link, headers);
    }

    Answer fetch(String method, String link, String... headers) throws IOException {
        try (var exchange = open(method, link, headers)) {
            return exchange.answer();
        }
    }

    RawExchange open(String method, String link, String... headers) throws IOException {
        var lines = Arrays.stream(headers)
                .map(line -> line.split(": ", 2))
                .map(pair -> new Header(pair[0], pair[1]))
                .toList();
        return RawExchange.send(
                endpoint, method, link.substring(endpoint.toString().length()), lines, "");
    }

    static JsonNode json(Answer answer) {
        return JSON.readTree(answer.body());
    }

    List<Header> signed(String method, String target, String body) {
        var stamp = STAMP.format(clock.instant());
        var parts = target.split("\\?", 2);
        var query = parts.length < 2
                ? ""
                : Arrays.stream(parts[1].split("&", -1)).sorted().collect(Collectors.joining("&"));
        var canonical = String.join(
                "\n",
                method,
                parts[0] + "/",
                query,
                "host:" + endpoint.getAuthority(),
                "x-sdk-date:" + stamp,
                "",
                "host;x-sdk-date",
                Digests.sha256(body.getBytes(UTF_8)));
        var text = "SDK-HMAC-SHA256\n" + stamp + "\n" + Digests.sha256(canonical.getBytes(UTF_8));
        var signature = HexFormat.of().formatHex(Digests.hmac("HmacSHA256", secretKey, text));
        var headers = new ArrayList<Header>();
        headers.add(new Header("X-Sdk-Date", stamp));
        headers.add(new Header(
                "Authorization",
                "SDK-HMAC-SHA256 Access=" + ACCESS_KEY + ", SignedHeaders=host;x-sdk-date, Signature=" + signature));
        return headers;
    }
}
