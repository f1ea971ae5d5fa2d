package io.backhaul.provider;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one JSON object, read by what is meant and not by type: the documented examples print numbers as
 * texts, texts as numbers or booleans, and {@code {}} for nothing (huawei.md 1.1).
 */
public final class Fields {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter();

    /** What lies outside is a slip, and may be more than a database can hold. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final ObjectNode object;

    Fields(ObjectNode object) {
        this.object = object;
    }

    /** A text, number or boolean as text; nothing for null, blank, {@code {}}, a list, or a field that is not there. */
    public Optional<String> text(String name) {
        var node = object.get(name);
        return node != null && node.isValueNode() && !node.isNull()
                ? Optional.of(node.asString()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    /** A whole number, also when it stands as text or with a fraction of zero. */
    public OptionalLong number(String name) {
        try {
            return text(name)
                    .filter(text -> text.length() <= 24)
                    .map(text -> OptionalLong.of(new BigDecimal(text.strip()).longValueExact()))
                    .orElseGet(OptionalLong::empty);
        } catch (ArithmeticException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * An ISO time with T or blank, any fraction, {@code Z}, {@code +08:00}, {@code +0800}, or else in the given zone;
     * nothing when no backup can be of that time.
     */
    public Optional<Instant> time(String name, ZoneOffset zoneWhereNoneIsGiven) {
        try {
            return text(name)
                    .map(text -> TIME.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from))
                    .map(time -> time instanceof OffsetDateTime withOffset
                            ? withOffset.toInstant()
                            : LocalDateTime.from(time).toInstant(zoneWhereNoneIsGiven))
                    .filter(Fields::isLikely);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Milliseconds since 1970, also as text. */
    public Optional<Instant> epochMillis(String name) {
        var millis = number(name);
        return millis.isPresent()
                ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())).filter(Fields::isLikely)
                : Optional.empty();
    }

    private static boolean isLikely(Instant time) {
        return !time.isBefore(EARLIEST) && time.isBefore(LATEST);
    }

    /** An object; nothing when the field is something else. */
    public Optional<Fields> object(String name) {
        return object.get(name) instanceof ObjectNode inner ? Optional.of(new Fields(inner)) : Optional.empty();
    }

    /** A list of objects, an element that is none as one without fields; nothing when the field is no list. */
    public Optional<List<Fields>> list(String name) {
        return object.get(name) instanceof ArrayNode array
                ? Optional.of(array.valueStream().map(Fields::orEmpty).toList())
                : Optional.empty();
    }

    /** A list of texts, an element that is none as an empty one; nothing when the field is no list. */
    public Optional<List<String>> texts(String name) {
        return object.get(name) instanceof ArrayNode array
                ? Optional.of(array.valueStream().map(Fields::textOrEmpty).toList())
                : Optional.empty();
    }

    /** Those of the named fields that have a text, verbatim. */
    public Map<String, String> given(List<String> names) {
        var given = new LinkedHashMap<String, String>();
        names.forEach(name -> text(name).ifPresent(text -> given.put(name, text)));
        return given;
    }

    /** Tells whether there is no field at all. */
    public boolean isEmpty() {
        return object.isEmpty();
    }

    private static String textOrEmpty(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asString() : "";
    }

    private static Fields orEmpty(JsonNode node) {
        return new Fields(node instanceof ObjectNode inner ? inner : JsonNodeFactory.instance.objectNode());
    }

    /** Names only: values may be links. */
    @Override
    public String toString() {
        return "Fields" + object.propertyNames();
    }
}
