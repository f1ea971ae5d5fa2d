package io.backhaul.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the tables of {@code docs/history.md} equal to the enums. */
class HistoryPageTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)` \\|.*$", Pattern.MULTILINE);

    @Test
    void everyStateOfABackupIsExplained() throws IOException {
        assertThat(wordsUnder("States of a backup"))
                .isEqualTo(
                        Stream.of(BackupState.values()).map(BackupState::label).toList());
    }

    @Test
    void everyStateOfALinkIsExplained() throws IOException {
        assertThat(wordsUnder("States of a link"))
                .isEqualTo(Stream.of(LinkState.values()).map(LinkState::label).toList());
    }

    @Test
    void everyOutcomeOfAnAttemptIsExplained() throws IOException {
        assertThat(wordsUnder("Outcomes of an attempt"))
                .isEqualTo(Stream.of(AttemptOutcome.values())
                        .map(AttemptOutcome::label)
                        .toList());
    }

    private static List<String> wordsUnder(String heading) throws IOException {
        var page = Files.readString(Path.of("docs/history.md"));
        var begin = page.indexOf("## " + heading + "\n");
        assertThat(begin).as(heading).isNotNegative();
        var end = page.indexOf("\n## ", begin);
        return ROW.matcher(page.substring(begin, end < 0 ? page.length() : end))
                .results()
                .map(row -> row.group(1))
                .toList();
    }
}
