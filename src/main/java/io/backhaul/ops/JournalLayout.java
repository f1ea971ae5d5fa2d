package io.backhaul.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pattern whose lines carry their priority as sd-daemon(3) has it ({@code <3>} is an error) when stderr is the journal:
 * {@code journalctl -p warning} then works. Every line of a stack trace has it, since the journal takes each for a message.
 */
public final class JournalLayout extends PatternLayout {
    private final boolean isJournal;

    /** For this process's stderr. */
    public JournalLayout() {
        this(System.getenv("JOURNAL_STREAM"), Path.of("/proc/self/fd/2"));
    }

    /** @param journalStream device and inode of the journal's stream, {@code 9:1234}, or null where there is none */
    JournalLayout(@Nullable String journalStream, Path stderr) {
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
    public String doLayout(ILoggingEvent event) {
        var text = super.doLayout(event);
        if (!isJournal) {
            return text;
        }
        var prefix = "<" + priority(event.getLevel()) + ">";
        return prefix + text.stripTrailing().replace("\n", "\n" + prefix) + "\n";
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
