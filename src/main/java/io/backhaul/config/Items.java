package io.backhaul.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of one up, no single value twice.
 *
 * @param whole what the items are together
 */
record Items<E, T>(Shape<E> each, Function<List<E>, T> whole) implements Shape<T> {
    static <E> Items<E, List<E>> of(Shape<E> each) {
        return new Items<>(each, Function.identity());
    }

    @Override
    public @Nullable T read(Node node, Place place) {
        if (!(node instanceof Node.Sequence sequence)) {
            place.fault("want a list, found " + node.kind());
            return null;
        }
        if (sequence.items().isEmpty()) {
            place.fault("is empty; write at least one, or leave the key out where it has a default");
            return null;
        }
        var items = new ArrayList<E>();
        var seen = new HashSet<Node>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            if (item instanceof Node.Scalar scalar && !seen.add(item)) {
                place.item(i).fault(Text.quoted(scalar.text()) + " is listed twice; keep one");
            }
            var value = each.read(item, place.item(i));
            if (value != null) {
                items.add(value);
            }
        }
        return whole.apply(List.copyOf(items));
    }

    @Override
    public Map<String, Object> schema() {
        var schema = Shape.object("type", "array", "items", each.schema(), "minItems", 1);
        if (each instanceof Text) {
            schema.put("uniqueItems", true);
        }
        return schema;
    }
}
