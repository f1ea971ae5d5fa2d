package io.backhaul.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event taken apart: what happened, and its fields. They are read off the call's own text, where {@code key={}} stands
 * for a field, so that nothing has to be guessed from what was printed.
 *
 * @param message what happened, without the fields
 * @param fields in the order of the text; values are what the call gave
 */
record EventFields(String message, Map<String, @Nullable Object> fields) {
    private static final Pattern PLACE = Pattern.compile("(?: ?(\\w+)=)?\\{\\}");

    static EventFields of(ILoggingEvent event) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        var message = new StringBuilder();
        var arguments = event.getArgumentArray();
        var places = PLACE.matcher(String.valueOf(event.getMessage()));
        for (var next = 0; places.find(); next++) {
            if (arguments == null || next >= arguments.length) {
                break; // a text that has braces of its own
            }
            var key = places.group(1);
            if (key == null) {
                places.appendReplacement(message, Matcher.quoteReplacement(String.valueOf(arguments[next])));
            } else {
                places.appendReplacement(message, "");
                fields.put(key, arguments[next]);
            }
        }
        places.appendTail(message);
        var added = event.getKeyValuePairs();
        if (added != null) {
            added.forEach(pair -> fields.put(pair.key, pair.value));
        }
        return new EventFields(message.toString().strip(), fields);
    }
}
