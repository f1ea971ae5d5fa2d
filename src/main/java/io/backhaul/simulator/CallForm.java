package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The parameters of a call, decoded, in whichever of its forms it came (tencent-aliyun.md 1.1, 1.3, 6.2): a query, a
 * form, both of them, or the multipart of Tencent's Java client.
 */
record CallForm(SortedMap<String, String> parameters) implements Question {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
    private static final Pattern PART =
            Pattern.compile("(?s)^(?:.*?)name=\"([^\"]*)\"[^\\r\\n]*\\r\\n(?:[^\\r\\n]+\\r\\n)*\\r\\n(.*?)\\r\\n$");

    CallForm {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    static CallForm of(WireRequest request) {
        var parameters = new TreeMap<>(pairs(request.rawQuery()));
        var type = request.header("Content-Type").orElse("");
        if (request.method().equals("POST")) {
            parameters.putAll(
                    type.startsWith("multipart/form-data")
                            ? parts(type, request.body().copy())
                            : pairs(new String(request.body().copy(), UTF_8)));
        }
        return new CallForm(parameters);
    }

    @Override
    public Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    @Override
    public List<String> texts(String name) {
        return text(name).stream().toList();
    }

    /** The pairs of a query or a form, sorted by name. */
    static SortedMap<String, String> pairs(String text) {
        var pairs = new TreeMap<String, String>();
        for (var pair : text.split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            // A percent sign that starts no escape: whatever it is, its signature will not fit.
            return text;
        }
    }

    /** The client's first boundary comes after an empty line, as a preamble may. */
    private static Map<String, String> parts(String type, byte[] body) {
        var parts = new TreeMap<String, String>();
        var boundary = BOUNDARY.matcher(type);
        if (!boundary.find()) {
            return parts;
        }
        // One character for each byte, so that no value is bent before it is cut out.
        for (var part : new String(body, ISO_8859_1).split(Pattern.quote("--" + boundary.group(1)), -1)) {
            var matcher = PART.matcher(part);
            if (matcher.matches()) {
                parts.put(matcher.group(1), new String(matcher.group(2).getBytes(ISO_8859_1), UTF_8));
            }
        }
        return parts;
    }
}
