package io.backhaul.config;

import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A section whose form is told by the keys that are there: the one with most of them, and the first of equals. */
record FormsByKeys(Forms forms) implements Shape<Section> {
    @Override
    public @Nullable Section read(Node node, Place place) {
        return form(node).read(node, place);
    }

    private Fields form(Node node) {
        return forms.forms().stream()
                .sorted(Comparator.comparingLong((Fields form) -> -count(form, node)))
                .findFirst()
                .orElseThrow();
    }

    private static long count(Fields form, Node node) {
        return node instanceof Node.Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> form.find(entry.name()).isPresent())
                        .count()
                : 0;
    }

    @Override
    public Map<String, Object> schema() {
        return Shape.object("oneOf", forms.forms().stream().map(Fields::schema).toList());
    }
}
