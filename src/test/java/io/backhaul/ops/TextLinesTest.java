package io.backhaul.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

class TextLinesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:55:06.444987Z");
    private static final String LINE = "2026-11-21T03:55:06.444Z WARN  [virtual-82] SetTransfer text\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeStderr() throws IOException {
        Files.createFile(stderr());
    }

    @ParameterizedTest
    @CsvSource({"ERROR, <3>", "WARN, <4>", "INFO, <6>", "DEBUG, <7>", "TRACE, <7>"})
    void inTheJournalALineHasItsPriority(String level, String priority) throws IOException {
        var event = LogEvents.at(Level.valueOf(level), NOW, "text");

        assertThat(lines(journal(), event)).isEqualTo(priority + LINE.replace("WARN ", "%-5s".formatted(level)));
    }

    @Test
    void everyLineOfATraceHasIt() throws IOException {
        assertThat(lines(journal(), broken()).lines())
                .hasSizeGreaterThan(2)
                .allMatch(line -> line.startsWith("<4>"))
                .anyMatch(line -> line.equals("<4>  java.io.IOException: disk"));
    }

    @Test
    void aTraceFollowsItsLine() {
        assertThat(lines(null, broken()))
                .startsWith(LINE + "  java.io.IOException: disk\n  \tat ")
                .endsWith(")\n");
    }

    @Test
    void aStderrThatIsNotTheJournalHasNone() {
        assertThat(lines("9:1234", LogEvents.at(NOW, "text"))).isEqualTo(LINE);
    }

    @Test
    void withoutAJournalThereIsNone() {
        assertThat(lines(null, LogEvents.at(NOW, "text"))).isEqualTo(LINE);
    }

    @Test
    void aTextThatQuotesSeveralLinesIsOneLineOfText() {
        var event = LogEvents.at(NOW, "no links reason={}", "bad\r\n2026 ERROR forged\u001b[2J");
        event.addKeyValuePair(new KeyValuePair("repeated", 2));

        assertThat(lines(null, event))
                .endsWith(" no links reason=bad 2026 ERROR forged [2J repeated=2\n")
                .hasLineCount(1);
    }

    @Test
    void aTraceThatQuotesSeveralLinesBeginsNone() {
        var text = lines(null, broken("disk\n2026 ERROR forged\r2026 ERROR too"));

        assertThat(text.lines().skip(1))
                .anyMatch(line -> line.contains("forged"))
                .allMatch(line -> line.startsWith("  "));
    }

    private static LoggingEvent broken() {
        return broken("disk");
    }

    private static LoggingEvent broken(String reason) {
        var event = LogEvents.at(NOW, "text");
        event.setThrowableProxy(new ThrowableProxy(new IOException(reason)));
        return event;
    }

    private Path stderr() {
        return folder.resolve("stderr");
    }

    private String journal() throws IOException {
        return Files.getAttribute(stderr(), "unix:dev") + ":" + Files.getAttribute(stderr(), "unix:ino");
    }

    private String lines(@Nullable String journalStream, LoggingEvent event) {
        return new String(new TextLines(journalStream, stderr()).encode(event), UTF_8);
    }
}
