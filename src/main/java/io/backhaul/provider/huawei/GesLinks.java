package io.backhaul.provider.huawei;

import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.SignedUrl;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LinkExpiry;
import io.backhaul.provider.LinksOutcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answer of GES's backup-files call (huawei.md 2.2). Sizes are in KB, of which base and how rounded nobody says, so
 * no file has an exact size here.
 */
final class GesLinks {
    /** Fixed: nobody can choose it. */
    static final Duration VALIDITY = Duration.ofHours(1);

    /** What a rounding, or a clock of another of their machines, may add. */
    private static final Duration ROUNDING = Duration.ofMinutes(1);

    /** A day of three digits, {@code 2018-08-016}, stands in every example; the zone in some forms only. */
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4})-(\\d{1,2})-(\\d{1,3})[T ](\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.\\d{1,9})?(Z|[+-]\\d{2}:?\\d{2})?");

    private GesLinks() {}

    static LinksOutcome read(Fields answer, String asked, Instant issuedAt) {
        return new HuaweiLinks("files", "name", "download_link", (file, link) -> expiry(file, link, issuedAt))
                .read(answer, asked, issuedAt);
    }

    /** The link's own, or the field's where that is earlier or alone; else the documented hour. */
    static Expiry expiry(Fields file, SignedUrl link, Instant issuedAt) {
        var ofUrl = LinkExpiry.ofUrl(link, issuedAt);
        var ofField = file.text("link_expired_time")
                .flatMap(text -> time(text, issuedAt))
                .map(at -> new Expiry(at, Origin.API));
        return Stream.of(ofUrl, ofField)
                .flatMap(Optional::stream)
                // The first of equals: the URL.
                .min((one, other) -> one.at().compareTo(other.at()))
                .orElseGet(() -> new Expiry(issuedAt.plus(VALIDITY), Origin.POLICY));
    }

    /** Nothing for what is no time, and for a time that no link of this answer can have. */
    static Optional<Instant> time(String text, Instant issuedAt) {
        var parts = TIME.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            var local = local(parts);
            return zones(parts.group(7))
                    .map(local::toInstant)
                    .filter(at -> isOfThisAnswer(at, issuedAt))
                    .findFirst();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime local(Matcher parts) {
        return LocalDateTime.of(
                number(parts, 1),
                number(parts, 2),
                number(parts, 3),
                number(parts, 4),
                number(parts, 5),
                number(parts, 6));
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    /** A time without a zone: in UTC as in GES's lists, or in the region's as in its names; the hour tells which. */
    private static Stream<ZoneOffset> zones(@Nullable String zone) {
        return zone == null ? Stream.of(ZoneOffset.UTC, ZoneOffset.ofHours(8)) : Stream.of(ZoneOffset.of(zone));
    }

    /** The examples' dates are years away from their answers; a link lives an hour. */
    private static boolean isOfThisAnswer(Instant at, Instant issuedAt) {
        return !at.isBefore(issuedAt.minus(ROUNDING))
                && !at.isAfter(issuedAt.plus(VALIDITY).plus(ROUNDING));
    }
}
