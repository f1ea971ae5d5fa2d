package io.backhaul.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as it was on the wire: nothing is decoded or normalised, because signatures are over these very bytes.
 *
 * @param target path and query as sent
 * @param body with chunks put together
 */
record WireRequest(String method, String target, List<Header> headers, BytesContent body) {
    WireRequest {
        headers = List.copyOf(headers);
    }

    /** Of a proxy's absolute form too, which starts with scheme and host. */
    String rawPath() {
        var question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        return path.startsWith("/") ? path : path.replaceFirst("^(?i:https?)://[^/]*", "");
    }

    String rawQuery() {
        var question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    Optional<String> header(String name) {
        return headers.stream().filter(h -> h.isCalled(name)).map(Header::value).findFirst();
    }

    /** The query in its order on the wire, names and values decoded. */
    List<Header> parameters() {
        if (rawQuery().isEmpty()) {
            return List.of();
        }
        return Arrays.stream(rawQuery().split("&", -1)).map(WireRequest::split).toList();
    }

    Optional<String> parameter(String name) {
        return parameters().stream()
                .filter(p -> p.name().equals(name))
                .map(Header::value)
                .findFirst();
    }

    boolean keepsConnection() {
        return !header("Connection").orElse("").toLowerCase(Locale.ROOT).contains("close");
    }

    private static Header split(String pair) {
        var equals = pair.indexOf('=');
        return equals < 0
                ? new Header(Percent.decode(pair), "")
                : new Header(Percent.decode(pair.substring(0, equals)), Percent.decode(pair.substring(equals + 1)));
    }
}
