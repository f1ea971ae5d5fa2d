package io.backhaul.simulator;

import java.util.List;

/**
 * What came back over a raw connection.
 *
 * @param body byte for byte, as ISO 8859-1
 * @param isTorn whether the connection was reset instead of closed
 */
record Answer(int status, List<Header> headers, String body, boolean isTorn) {
    String header(String name) {
        return headers.stream()
                .filter(h -> h.isCalled(name))
                .map(Header::value)
                .findFirst()
                .orElse("(none)");
    }
}
