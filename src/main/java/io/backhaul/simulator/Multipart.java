package io.backhaul.simulator;

import java.util.ArrayList;
import java.util.List;

/** A {@code multipart/byteranges} body, put together range by range. */
final class Multipart {
    private final String boundary;
    private final List<Content> parts = new ArrayList<>();

    private Multipart(String boundary) {
        this.boundary = boundary;
    }

    static Multipart of(String boundary) {
        return new Multipart(boundary);
    }

    void add(String contentRange, Content bytes) {
        parts.add(Content.text("\r\n--" + boundary + "\r\nContent-Type: binary/octet-stream\r\nContent-Range: "
                + contentRange + "\r\n\r\n"));
        parts.add(bytes);
    }

    Content content() {
        parts.add(Content.text("\r\n--" + boundary + "--\r\n"));
        return new JoinedContent(parts);
    }
}
