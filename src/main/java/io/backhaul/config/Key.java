package io.backhaul.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key of a section: all that reader, schema and suggestions know of it.
 *
 * @param fallback the default as the schema shows it; read like a written value
 * @param example for a key without default; shown when it is missing
 * @param doc one sentence
 */
record Key<T>(
        String name,
        Shape<T> shape,
        Presence presence,
        @Nullable Object fallback,
        @Nullable String example,
        String doc) {
    enum Presence {
        REQUIRED,
        DEFAULTED,
        OPTIONAL
    }

    static <T> Key<T> required(String name, Shape<T> shape, String example, String doc) {
        return new Key<>(name, shape, Presence.REQUIRED, null, example, doc);
    }

    static <T> Key<T> defaulted(String name, Shape<T> shape, Object fallback, String doc) {
        return new Key<>(name, shape, Presence.DEFAULTED, fallback, null, doc);
    }

    static <T> Key<T> optional(String name, Shape<T> shape, String doc) {
        return new Key<>(name, shape, Presence.OPTIONAL, null, null, doc);
    }

    /** The key where it cannot be judged, and so need not be there. */
    Key<T> unjudged() {
        return new Key<>(name, new Shape.Anything<>(), Presence.OPTIONAL, null, null, doc);
    }

    Key<T> optional() {
        return new Key<>(name, shape, Presence.OPTIONAL, null, null, doc);
    }

    boolean isRequired() {
        return presence == Presence.REQUIRED;
    }

    Place in(Place section) {
        return section.key(name).withFallback(fallback == null ? "" : plain(fallback));
    }

    private static String plain(Object fallback) {
        return fallback instanceof List || fallback instanceof Map ? "" : fallback.toString();
    }

    /** What to read where the key is not written: its default, if it has one. A required key is a fault. */
    Optional<Node> absent(Place section) {
        if (isRequired()) {
            section.key(name).fault("missing" + (example == null ? "" : "; write for example " + example));
        }
        return Optional.ofNullable(fallback).map(Node::of);
    }

    Map<String, Object> schema() {
        var schema = Shape.object("description", doc);
        schema.putAll(shape.schema());
        if (shape instanceof Fields && !isRequired()) {
            // All below a key may be commented out.
            schema.put("type", List.of("object", "null"));
        }
        if (fallback != null) {
            schema.put("default", fallback);
        }
        if (example != null && shape instanceof Text) {
            schema.put("examples", List.of(example));
        }
        return schema;
    }
}
