package io.backhaul.ops;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.regex.Pattern;

/** An event and its fields as one line of text: what others said, and is quoted in it, cannot begin a line of its own. */
public final class EventText extends ClassicConverter {
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    @Override
    public String convert(ILoggingEvent event) {
        var line = new StringBuilder(event.getFormattedMessage());
        var added = event.getKeyValuePairs();
        if (added != null) {
            added.forEach(pair -> line.append(' ').append(pair.key).append('=').append(pair.value));
        }
        return CONTROLS.matcher(line).replaceAll(" ");
    }
}
