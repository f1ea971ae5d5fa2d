package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes COS's signed links and judges requests that come with one (tencent-aliyun.md 2.4): the signature is over method,
 * path and the Host header, so that a re-encoded path or another host breaks it. Any thread may call.
 */
final class CosLinks extends SignedLinks {
    /** How a link carries its signature. */
    enum Form {
        /** As parameters of its own. */
        PLAIN,
        /** The older one: all within {@code sign}. */
        PACKED
    }

    private final String keyId;

    CosLinks(CloudSettings settings, Clock clock) {
        super(settings, clock, "cos links");
        this.keyId = "AKID" + secret.substring(0, 32);
    }

    /**
     * Path and query of a link that lives this long, to the second.
     *
     * @param host with its port, as the Host header will have it
     */
    String sign(StoredObject object, Duration life, Form form, String host) {
        var now = clock.instant();
        var window = now.getEpochSecond() + ";" + now.plus(life).getEpochSecond();
        var signature = signature("get", object.path(), host, window);
        revive(signature);
        var encodedWindow = window.replace(";", "%3B");
        var query = "q-sign-algorithm=sha1&q-ak=" + keyId + "&q-sign-time=" + encodedWindow + "&q-key-time="
                + encodedWindow + "&q-header-list=host&q-url-param-list=&q-signature=" + signature;
        return object.encodedPath() + "?"
                + (form == Form.PLAIN ? query : "sign=" + Percent.encode(query.replace("%3B", ";")));
    }

    @Override
    LinkVerdict judgeSigned(WireRequest request) {
        var given = parameters(request);
        var window = given.getOrDefault("q-sign-time", "");
        if (!window.matches("\\d{1,11};\\d{1,11}") || !given.containsKey("q-signature")) {
            return LinkVerdict.MISSING;
        }
        if (!given.getOrDefault("q-ak", "").equals(keyId)) {
            return LinkVerdict.NO_SUCH_KEY_ID;
        }
        if (isOver(Instant.ofEpochSecond(Long.parseLong(window.substring(window.indexOf(';') + 1))))) {
            return LinkVerdict.EXPIRED;
        }
        var path = Percent.decode(request.rawPath());
        var host = request.header("Host").orElse("");
        var expected = signature(request.method().toLowerCase(Locale.ROOT), path, host, window);
        return compared(expected, signatureOf(request));
    }

    @Override
    String signatureOf(WireRequest request) {
        return parameters(request).getOrDefault("q-signature", "");
    }

    private String signature(String method, String path, String host, String window) {
        var http = method + "\n" + path + "\n\nhost=" + Percent.encode(host.toLowerCase(Locale.ROOT)) + "\n";
        var text = "sha1\n" + window + "\n" + Digests.sha1(http.getBytes(UTF_8)) + "\n";
        var key = HexFormat.of().formatHex(Digests.hmac("HmacSHA1", secret, window));
        return HexFormat.of().formatHex(Digests.hmac("HmacSHA1", key, text));
    }

    /** Of either form. */
    private static Map<String, String> parameters(WireRequest request) {
        var packed = request.parameter("sign").map(CosLinks::split).orElse(List.of());
        return (packed.isEmpty() ? request.parameters() : packed)
                .stream().collect(Collectors.toMap(Header::name, Header::value, (first, second) -> first));
    }

    private static List<Header> split(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .map(pair -> new Header(pair[0], pair[1]))
                .toList();
    }
}
