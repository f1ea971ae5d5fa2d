package io.backhaul.simulator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Tencent's times: no zone, and China's meant. */
final class CrsTimes {
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private CrsTimes() {}

    static String of(Instant instant) {
        return FORM.format(LocalDateTime.ofInstant(instant, CHINA));
    }

    static Optional<Instant> read(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, FORM).toInstant(CHINA));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
