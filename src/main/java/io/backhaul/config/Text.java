package io.backhaul.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param want what it should be, to follow "want"
 * @param range bounds for fault texts; empty without any
 * @param json its schema, apart from references
 * @param parser from the resolved text; never sees an empty one
 */
record Text<T>(String want, String range, Exposure exposure, Map<String, Object> json, Parser<T> parser)
        implements Shape<T> {
    private static final int LONGEST_SHOWN = 80;

    /** How much of a value its faults may show. */
    enum Exposure {
        PLAIN,
        /** No user-info and no query: URLs get passwords there. */
        URL,
        SECRET
    }

    @FunctionalInterface
    interface Parser<T> {
        Parsed<T> parse(String text);
    }

    sealed interface Parsed<T> {
        /** The same outcome for what is made of the value. */
        <R> Parsed<R> map(Function<? super T, ? extends R> function);

        record Value<T>(T value) implements Parsed<T> {
            @Override
            public <R> Parsed<R> map(Function<? super T, ? extends R> function) {
                return new Value<>(function.apply(value));
            }
        }

        /** The complaint is to follow the value: {@code has no unit; write "30s"}. */
        record Refused<T>(String complaint) implements Parsed<T> {
            @Override
            public <R> Parsed<R> map(Function<? super T, ? extends R> function) {
                return new Refused<>(complaint);
            }
        }

        static <T> Parsed<T> refused(String complaint) {
            return new Refused<>(complaint);
        }

        /** The value of a constructor that refuses nonsense by exception; the complaint is ours. */
        static <T> Parsed<T> attempt(Function<String, T> constructor, String text, String complaint) {
            try {
                return new Value<>(constructor.apply(text));
            } catch (IllegalArgumentException e) {
                return new Refused<>(complaint);
            }
        }
    }

    /** The same for what is made of the value, where more may be wanted than this. */
    <R> Text<R> map(String other, Function<? super T, ? extends R> function) {
        return new Text<>(
                other, range, exposure, json, text -> parser.parse(text).map(function));
    }

    @Override
    public @Nullable T read(Node node, Place place) {
        if (!(node instanceof Node.Scalar scalar)) {
            place.fault("want " + want + ", found " + node.kind());
            return null;
        }
        return switch (place.references().resolve(scalar.text(), place.path())) {
            case References.Resolution.Unresolved unresolved -> {
                unresolved.problems().forEach(place::fault);
                yield null;
            }
            case References.Resolution.Unneeded unneeded -> null;
            case References.Resolution.Resolved resolved -> parse(scalar, resolved, place);
        };
    }

    private @Nullable T parse(Node.Scalar scalar, References.Resolution.Resolved resolved, Place place) {
        if (resolved.text().isBlank()) {
            place.fault((resolved.foreign() ? shown(scalar.text()) + " is empty" : "is empty") + "; want " + want);
            return null;
        }
        return switch (parser.parse(resolved.text())) {
            case Parsed.Value<T> value -> value.value();
            case Parsed.Refused<T> refused -> {
                place.fault(complaint(scalar, resolved, refused.complaint(), place));
                yield null;
            }
        };
    }

    private String complaint(
            Node.Scalar scalar, References.Resolution.Resolved resolved, String complaint, Place place) {
        if (exposure == Exposure.SECRET) {
            return "not accepted: want " + want;
        }
        if (resolved.foreign()) {
            // Whatever a reference brings in may be a secret put under the wrong key.
            return shown(scalar.text()) + " stands for a value that is not accepted: want " + want + bounds(place);
        }
        return shown(resolved.text()) + " " + complaint + bounds(place);
    }

    private String bounds(Place place) {
        var fallback = place.fallback().isEmpty() ? "" : "default " + place.fallback();
        var separator = range.isEmpty() || fallback.isEmpty() ? "" : ", ";
        var bounds = range + separator + fallback;
        return bounds.isEmpty() ? "" : " (" + bounds + ")";
    }

    private String shown(String text) {
        return switch (exposure) {
            case PLAIN -> quoted(text);
            case URL -> quoted(text.replaceFirst("\\?.*", "?…").replaceFirst("//.*@", "//…@"));
            case SECRET -> "the value";
        };
    }

    /** A value in quotes for a fault. */
    static String quoted(String text) {
        return "\"" + oneLine(text) + "\"";
    }

    /** What a file holds, on one line and not endless. */
    static String oneLine(String text) {
        var line = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line;
    }

    @Override
    public Map<String, Object> schema() {
        if (json.keySet().equals(Set.of("type"))) {
            return json;
        }
        return Shape.object("anyOf", List.of(json, Shape.object("$ref", "#/$defs/" + ConfigSchema.REFERENCE)));
    }
}
