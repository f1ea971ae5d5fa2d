package io.backhaul.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the runbook tells people to type is understood. */
class RunbookTest {
    private static final Pattern COMMAND = Pattern.compile("^backhaul (.*)$", Pattern.MULTILINE);

    @Test
    void everyCommandOfOursIsOne() throws IOException {
        var commands = COMMAND.matcher(Files.readString(Path.of("docs/runbook.md")))
                .results()
                .map(command -> command.group(1))
                .toList();

        assertThat(commands).hasSizeGreaterThan(10);
        for (var command : commands) {
            assertThatCode(() -> Cli.parse(command.split(" "))).as(command).doesNotThrowAnyException();
        }
    }
}
