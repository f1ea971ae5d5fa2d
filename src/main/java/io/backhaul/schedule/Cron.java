package io.backhaul.schedule;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.quartz.CronExpression;

/** Quartz cron expressions, for whoever checks a configuration. */
public final class Cron {
    private Cron() {}

    /** What is wrong with an expression; nothing when Quartz takes it. */
    public static Optional<String> fault(String expression) {
        try {
            var first = new CronExpression(expression).getNextValidTimeAfter(Date.from(Instant.EPOCH));
            return first == null ? Optional.of("names no day that there is") : Optional.empty();
        } catch (ParseException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
