package io.backhaul.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes each event as one line of text: time, level, thread, logger, message and fields; a stack trace follows it,
 * indented. What others said, and is quoted in either, cannot begin a line that looks like an event. When stderr is the
 * journal, every line carries its priority as sd-daemon(3) has it ({@code <3>} is an error), since the journal takes each
 * for a message: {@code journalctl -p warning} then works.
 */
final class TextLines extends EventLines {
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    private final boolean isJournal;

    /** For this process's stderr. */
    TextLines() {
        this(System.getenv("JOURNAL_STREAM"), Path.of("/proc/self/fd/2"));
    }

    /** @param journalStream device and inode of the journal's stream, {@code 9:1234}, or null where there is none */
    TextLines(@Nullable String journalStream, Path stderr) {
        isJournal = journalStream != null && journalStream.equals(identity(stderr));
    }

    /** A child of a service has the variable as well, though its stderr may be a file. */
    private static String identity(Path file) {
        try {
            Map<String, Object> facts = Files.readAttributes(file, "unix:dev,ino");
            return facts.get("dev") + ":" + facts.get("ino");
        } catch (IOException | UnsupportedOperationException e) {
            return "unknown";
        }
    }

    @Override
    String text(ILoggingEvent event) {
        var logger = event.getLoggerName();
        var text = "%s %-5s [%s] %s %s"
                .formatted(
                        time(event),
                        event.getLevel(),
                        event.getThreadName(),
                        logger.substring(logger.lastIndexOf('.') + 1),
                        message(event));
        if (event.getThrowableProxy() != null) {
            text += "\n" + trace(event.getThrowableProxy());
        }
        if (!isJournal) {
            return text;
        }
        var prefix = "<" + priority(event.getLevel()) + ">";
        return prefix + text.replace("\n", "\n" + prefix);
    }

    private static String trace(IThrowableProxy thrown) {
        return ThrowableProxyUtil.asString(thrown).indent(2).stripTrailing();
    }

    /** What happened, and its fields. */
    static String message(ILoggingEvent event) {
        var line = new StringBuilder(event.getFormattedMessage());
        var added = event.getKeyValuePairs();
        if (added != null) {
            added.forEach(pair -> line.append(' ').append(pair.key).append('=').append(pair.value));
        }
        return CONTROLS.matcher(line).replaceAll(" ");
    }

    private static int priority(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return 3;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return 4;
        }
        return level.isGreaterOrEqual(Level.INFO) ? 6 : 7;
    }
}
