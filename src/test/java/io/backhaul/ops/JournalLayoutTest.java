package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalLayoutTest {
    private final LoggerContext context = new LoggerContext();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"ERROR, <3>text", "WARN, <4>text", "INFO, <6>text", "DEBUG, <7>text", "TRACE, <7>text"})
    void inTheJournalALineHasItsPriority(String level, String line) throws IOException {
        assertThat(layout(identity(stderr())).doLayout(event(Level.valueOf(level), null)))
                .isEqualTo(line + "\n");
    }

    @Test
    void everyLineOfATraceHasIt() throws IOException {
        var text = layout(identity(stderr())).doLayout(event(Level.ERROR, new IllegalStateException("broken")));

        assertThat(text.lines()).hasSizeGreaterThan(2).allMatch(line -> line.startsWith("<3>"));
    }

    @Test
    void aStderrThatIsNotTheJournalHasNone() throws IOException {
        stderr();

        assertThat(layout("9:1234").doLayout(event(Level.ERROR, null))).isEqualTo("text\n");
    }

    @Test
    void withoutAJournalThereIsNone() throws IOException {
        stderr();

        assertThat(layout(null).doLayout(event(Level.ERROR, null))).isEqualTo("text\n");
    }

    private Path stderr() throws IOException {
        var file = folder.resolve("stderr");
        return Files.exists(file) ? file : Files.createFile(file);
    }

    private static String identity(Path file) throws IOException {
        return Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");
    }

    private JournalLayout layout(@Nullable String journalStream) {
        var layout = new JournalLayout(journalStream, folder.resolve("stderr"));
        layout.setContext(context);
        layout.setPattern("%msg%n%ex");
        layout.start();
        return layout;
    }

    private LoggingEvent event(Level level, @Nullable Throwable failure) {
        return new LoggingEvent("test", context.getLogger("test"), level, "text", failure, null);
    }
}
