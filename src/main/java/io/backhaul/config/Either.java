package io.backhaul.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One word, or a list. */
record Either<T>(Text<? extends T> word, Items<?, ? extends T> list) implements Shape<T> {
    @Override
    public @Nullable T read(Node node, Place place) {
        return node instanceof Node.Sequence ? list.read(node, place) : word.read(node, place);
    }

    @Override
    public Map<String, Object> schema() {
        return Shape.object("anyOf", List.of(word.schema(), list.schema()));
    }
}
