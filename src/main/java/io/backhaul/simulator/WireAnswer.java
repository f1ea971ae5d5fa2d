package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer, header by header: nothing is added on the way out, not even what HTTP demands. */
record WireAnswer(int status, List<Header> headers, Content body, Delivery delivery) {
    private static final Content NOTHING = Content.bytes(new byte[0]);

    WireAnswer {
        headers = List.copyOf(headers);
    }

    /** An answer without a body; 204 carries no length (RFC 9110, 8.6). */
    static WireAnswer empty(int status) {
        var headers = status == 204 ? List.<Header>of() : List.of(new Header("Content-Length", "0"));
        return new WireAnswer(status, headers, NOTHING, Delivery.FAITHFUL);
    }

    static WireAnswer of(int status, String contentType, Content body) {
        return new WireAnswer(status, List.of(), body, Delivery.FAITHFUL)
                .with("Content-Type", contentType)
                .with("Content-Length", Long.toString(body.length()));
    }

    /** With this header, instead of one of the same name. */
    WireAnswer with(String name, String value) {
        var more = new ArrayList<>(without(name).headers);
        more.add(new Header(name, value));
        return new WireAnswer(status, more, body, delivery);
    }

    WireAnswer without(String name) {
        var fewer = headers.stream().filter(h -> !h.isCalled(name)).toList();
        return new WireAnswer(status, fewer, body, delivery);
    }

    WireAnswer withBody(Content other) {
        return new WireAnswer(status, headers, other, delivery);
    }

    WireAnswer delivered(Delivery other) {
        return new WireAnswer(status, headers, body, other);
    }

    Optional<String> header(String name) {
        return headers.stream().filter(h -> h.isCalled(name)).map(Header::value).findFirst();
    }

    byte[] head() {
        var head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason())
                .append("\r\n");
        headers.forEach(
                h -> head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 206 -> "Partial Content";
            case 302 -> "Found";
            default -> status < 400 ? "Fine" : "Refused";
        };
    }
}
