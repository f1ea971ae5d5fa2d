package io.backhaul.schedule;

/** Quartz cannot do its part. */
public final class ScheduleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScheduleException(String message, Throwable cause) {
        super(message, cause);
    }
}
