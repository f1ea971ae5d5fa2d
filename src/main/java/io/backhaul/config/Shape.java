package io.backhaul.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may stand at a key. A shape reads a node, reporting all faults at its place, and describes itself as JSON Schema:
 * both from the same data.
 */
sealed interface Shape<T> permits Text, Items, Either, Fields, FormsByWord, FormsByKeys, Shape.Anything {
    /** The value, whole or what could be read of it; null when there is none. Every reason for less is a fault. */
    @Nullable
    T read(Node node, Place place);

    /** This shape in JSON Schema 2020-12. */
    Map<String, Object> schema();

    /** A value that cannot be judged before another key is right. */
    record Anything<T>() implements Shape<T> {
        @Override
        public @Nullable T read(Node node, Place place) {
            return null;
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of();
        }
    }

    /** A JSON object with keys in the given order, which the schema file keeps. */
    static Map<String, Object> object(Object... keysAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }
}
