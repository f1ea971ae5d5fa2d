package io.backhaul.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one section: the typed value of every key that had one. Checks that span keys look at it while
 * some may be missing; records are built from it only when nothing was wrong.
 */
final class Section {
    private final Place place;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Node> written = new HashMap<>();

    Section(Place place) {
        this.place = place;
    }

    /** Notes what stands at a key, be it right or wrong. */
    void note(Key<?> key, Node node) {
        written.put(key.name(), node);
    }

    <T> void put(Key<T> key, T value) {
        values.put(key.name(), value);
    }

    /** Tells whether anything stands at a key; what is absent need not be what is wrong. */
    boolean has(Key<?> key) {
        return written.containsKey(key.name());
    }

    /** The text of a single value as it stands in the file, with its references: what a fault may show. */
    String asWritten(Key<?> key) {
        return written.get(key.name()) instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    /** Tells whether a list holds this very text, not a reference to it: what a fault may show. */
    boolean listsAsWritten(Key<?> key, String text) {
        return written.get(key.name()) instanceof Node.Sequence list
                && list.items().contains(new Node.Scalar(text));
    }

    /** The value, or null for a key that is optional, or faulty. */
    // Only put() writes, and keys of one name in one section have one type.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <T> @Nullable T find(Key<T> key) {
        return (T) values.get(key.name());
    }

    /** The value of a key that is required or has a default, once the whole file is known to be right. */
    <T> T value(Key<T> key) {
        var value = find(key);
        if (value == null) {
            throw new IllegalStateException(
                    "no value at " + place.key(key.name()).path());
        }
        return value;
    }

    void fault(Key<?> key, String text) {
        place.key(key.name()).fault(text);
    }
}
