package io.backhaul.config;

import java.util.List;
import java.util.Map;

/** One value of a YAML file as it stands there: no types guessed, double keys kept, so that faults can name them. */
sealed interface Node {
    /** What it is, for a fault that wanted something else. */
    String kind();

    /** Text or number: which of them it should be is for the key to say. */
    record Scalar(String text) implements Node {
        @Override
        public String kind() {
            return "a single value";
        }
    }

    record Sequence(List<Node> items) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    record Mapping(List<Entry> entries) implements Node {
        @Override
        public String kind() {
            return "a section of keys";
        }
    }

    /** A key with nothing after it, as remains when all below it is commented out. */
    record Nothing() implements Node {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    record Entry(String name, int line, Node value) {}

    /** A default, from the Java value that the schema shows, so that it is read like a written one. */
    static Node of(Object value) {
        return switch (value) {
            case List<?> list -> new Sequence(list.stream().map(Node::of).toList());
            case Map<?, ?> map ->
                new Mapping(map.entrySet().stream()
                        .map(entry -> new Entry(entry.getKey().toString(), 0, of(entry.getValue())))
                        .toList());
            default -> new Scalar(value.toString());
        };
    }
}
