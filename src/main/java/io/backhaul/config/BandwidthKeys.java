package io.backhaul.config;

import io.backhaul.backup.ByteCount;
import io.backhaul.config.Bandwidth.Hours;
import io.backhaul.config.Text.Exposure;
import io.backhaul.config.Text.Parsed;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands at a key {@code bandwidth}: a rate, or a list of hours with one each. */
final class BandwidthKeys {
    private static final String LEAST = "1KiB/s";
    private static final String SHAPE = "([01][0-9]|2[0-3]):[0-5][0-9]|24:00";
    private static final Pattern TIME = Pattern.compile(SHAPE);

    private static final Key<LocalTime> FROM = Key.required("from", time(), "\"08:00\"", "When these hours begin.");
    private static final Key<LocalTime> TO =
            Key.required("to", time(), "\"20:00\"", "When they have ended; not after from, it means the next day.");
    private static final Key<ByteCount> RATE =
            Key.required("rate", Texts.rate(LEAST), "50MiB/s", "Bytes per second at these hours.");

    private static final Shape<Bandwidth> SHAPE_OF_BOTH = new Either<>(
            Texts.rate(LEAST).map("a rate such as 200MiB/s, or a list of hours", Bandwidth.Steady::new),
            new Items<Section, Bandwidth>(Fields.of(FROM, TO, RATE), BandwidthKeys::timetable));

    private BandwidthKeys() {}

    /** @param doc what is limited */
    static Key<Bandwidth> key(String doc) {
        return Key.optional(
                "bandwidth",
                SHAPE_OF_BOTH,
                doc + ": a rate such as 200MiB/s, or a timetable such as [{from: \"08:00\", to: \"20:00\", rate:"
                        + " 50MiB/s}] with no limit at other hours.");
    }

    static @Nullable Bandwidth build(Section section, Key<Bandwidth> key, ZoneId zone) {
        var bandwidth = section.find(key);
        return bandwidth == null ? null : bandwidth.in(zone);
    }

    /** By no zone yet. Hours that lack something are a fault already. */
    private static Bandwidth timetable(List<Section> sections) {
        var hours =
                sections.stream().flatMap(section -> hours(section).stream()).toList();
        return new Bandwidth.Timetable(hours, ZoneOffset.UTC);
    }

    private static Optional<Hours> hours(Section section) {
        var from = section.find(FROM);
        var to = section.find(TO);
        var rate = section.find(RATE);
        return from == null || to == null || rate == null ? Optional.empty() : Optional.of(new Hours(from, to, rate));
    }

    /** Hours that would have two rates. */
    static void check(Section section, Key<Bandwidth> key) {
        if (section.find(key) instanceof Bandwidth.Timetable timetable) {
            pairs(timetable.hours())
                    .filter(pair -> pair.getFirst().overlaps(pair.getLast()))
                    .forEach(pair -> section.fault(
                            key,
                            "the hours " + pair.getFirst() + " overlap with " + pair.getLast()
                                    + "; let each hour have one rate (from counts, to does not)"));
        }
    }

    private static Stream<List<Hours>> pairs(List<Hours> hours) {
        return IntStream.range(0, hours.size())
                .boxed()
                .flatMap(i -> hours.subList(i + 1, hours.size()).stream().map(other -> List.of(hours.get(i), other)));
    }

    private static Text<LocalTime> time() {
        return new Text<>(
                "a time of the day such as \"08:00\"",
                "00:00 to 24:00",
                Exposure.PLAIN,
                Texts.pattern("^(" + SHAPE + ")$"),
                BandwidthKeys::parseTime);
    }

    private static Parsed<LocalTime> parseTime(String text) {
        if (!TIME.matcher(text).matches()) {
            return Parsed.refused("is no time of the day; write for example \"08:00\"");
        }
        return new Parsed.Value<>(text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text));
    }
}
