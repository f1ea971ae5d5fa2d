package io.backhaul.simulator;

/**
 * A graph (contract 1.4).
 *
 * @param status a code as on the wire: {@code 200} is running
 * @param size the index of its size: {@code 1} for a million edges, and so on
 */
public record GesGraph(String id, String name, String status, String size) {
    /** A running graph of a million edges. */
    public static GesGraph running(String id, String name) {
        return new GesGraph(id, name, "200", "1");
    }

    public GesGraph withStatus(String other) {
        return new GesGraph(id, name, other, size);
    }
}
