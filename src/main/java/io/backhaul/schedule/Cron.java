package io.backhaul.schedule;

import java.text.ParseException;
import java.util.Optional;
import org.quartz.CronExpression;

/** Quartz cron expressions, for whoever checks a configuration. */
public final class Cron {
    private Cron() {}

    /** What is wrong with an expression; nothing when Quartz takes it. */
    public static Optional<String> fault(String expression) {
        try {
            return new CronExpression(expression).getExpressionSummary().isEmpty()
                    ? Optional.of("says nothing")
                    : Optional.empty();
        } catch (ParseException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
