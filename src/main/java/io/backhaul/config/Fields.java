package io.backhaul.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A section with fixed keys.
 *
 * @param owner of these keys, where the section has several forms: {@code huawei-dcs}; else empty
 * @param elsewhere keys that only other forms have, with the names of those forms
 */
record Fields(String owner, List<Key<?>> keys, Map<String, String> elsewhere) implements Shape<Section> {
    static Fields of(Key<?>... keys) {
        return named("", List.of(keys));
    }

    static Fields named(String owner, List<Key<?>> keys) {
        return new Fields(owner, List.copyOf(keys), Map.of());
    }

    /** In document order; then what is not there. */
    @Override
    public @Nullable Section read(Node node, Place place) {
        if (!(node instanceof Node.Mapping mapping)) {
            place.fault("want a section of keys, found " + node.kind());
            return null;
        }
        var section = new Section(place);
        var lines = new HashMap<String, Integer>();
        for (var entry : mapping.entries()) {
            var first = lines.putIfAbsent(entry.name(), entry.line());
            if (first == null) {
                readEntry(entry, section, place);
            } else {
                place.key(entry.name())
                        .fault("written in line " + first + " and again in line " + entry.line() + "; keep one");
            }
        }
        var meant = misspelt(lines.keySet());
        for (var key : keys) {
            if (!lines.containsKey(key.name()) && !meant.contains(key.name())) {
                readAbsent(key, section, place);
            }
        }
        return section;
    }

    /** Keys that are there under a wrong spelling, which is one fault already: they are not missing as well. */
    private Set<String> misspelt(Set<String> written) {
        return written.stream()
                .filter(name -> find(name).isEmpty() && !elsewhere.containsKey(name))
                .flatMap(name -> Suggestion.nearest(names(), name).stream())
                .collect(Collectors.toSet());
    }

    private void readEntry(Node.Entry entry, Section section, Place place) {
        var key = find(entry.name());
        if (key.isEmpty()) {
            place.key(entry.name()).fault(complaint(entry.name()));
        } else if (entry.value() instanceof Node.Nothing) {
            readAbsent(key.get(), section, place);
        } else {
            readValue(key.get(), entry.value(), section, place);
        }
    }

    private static void readAbsent(Key<?> key, Section section, Place place) {
        key.absent(place).ifPresent(node -> readValue(key, node, section, place));
    }

    private static <T> void readValue(Key<T> key, Node node, Section section, Place place) {
        section.note(key, node);
        var value = key.shape().read(node, key.in(place));
        if (value != null) {
            section.put(key, value);
        }
    }

    Optional<Key<?>> find(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    private String complaint(String name) {
        var others = elsewhere.get(name);
        if (others != null) {
            return "does not belong to " + owner + ", only to " + others;
        }
        return "unknown key; " + Suggestion.among(names(), name);
    }

    List<String> names() {
        return keys.stream().<String>map(Key::name).toList();
    }

    @Override
    public Map<String, Object> schema() {
        var properties = new LinkedHashMap<String, Object>();
        keys.forEach(key -> properties.put(key.name(), key.schema()));
        var schema = Shape.object("type", "object", "additionalProperties", false, "properties", properties);
        if (!required().isEmpty()) {
            schema.put("required", required());
        }
        return schema;
    }

    List<String> required() {
        return keys.stream().filter(Key::isRequired).<String>map(Key::name).toList();
    }
}
