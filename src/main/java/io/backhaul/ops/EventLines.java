package io.backhaul.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes each event as text that ends with its line. */
abstract sealed class EventLines extends EncoderBase<ILoggingEvent> permits TextLines, JsonLines {
    private static final byte[] NOTHING = {};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    /** The event without the end of its last line. */
    abstract String text(ILoggingEvent event);

    static String time(ILoggingEvent event) {
        return TIME.format(event.getInstant());
    }

    @Override
    public final byte[] encode(ILoggingEvent event) {
        return (text(event) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public final byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public final byte[] footerBytes() {
        return NOTHING;
    }
}
