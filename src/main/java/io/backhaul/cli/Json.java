package io.backhaul.cli;

import io.backhaul.backup.ByteCount;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What {@code --json} prints: camel-case names, instants in ISO 8601, bytes as numbers, null for unknown. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static String text(Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    static @Nullable Long bytes(@Nullable ByteCount count) {
        return count == null ? null : count.bytes();
    }

    /** An object that keeps the order of its fields; values print as their text unless they are numbers or collections. */
    static Fields object() {
        return new Fields();
    }

    /** The fields of one object. */
    static final class Fields {
        private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

        Fields text(String name, @Nullable Object value) {
            fields.put(name, value == null ? null : value.toString());
            return this;
        }

        Fields plain(String name, @Nullable Object value) {
            fields.put(name, value);
            return this;
        }

        Map<String, @Nullable Object> asMap() {
            return fields;
        }
    }
}
