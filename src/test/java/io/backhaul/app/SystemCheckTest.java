package io.backhaul.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.backhaul.Site;
import io.backhaul.app.Finding.Verdict;
import io.backhaul.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site's node has three slots of eight segments, so it needs 3 × 14 files and 256 to spare. */
class SystemCheckTest {
    private final Path folder;
    private final Site site;

    SystemCheckTest(@TempDir Path folder) {
        this.folder = folder;
        site = new Site(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void outsideOfSystemdOnlyTheLimitOfFilesIsLookedAt() throws IOException {
        assertThat(examined(Map.of(), 298)).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.OK);
            assertThat(finding.what()).isEqualTo("limit 298, needed at most 298");
        });
    }

    @Test
    void tooFewFilesAreAFaultThatNamesTheLimit() throws IOException {
        assertThat(examined(Map.of(), 297)).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(finding.detail())
                    .isEqualTo("limit 297, needed at most 298; host administrator: raise LimitNOFILE= in the unit,"
                            + " or ulimit -n");
        });
    }

    @Test
    void whatSystemdGivesIsTried() throws IOException {
        var credentials = Files.createDirectory(folder.resolve("credentials"));
        Files.writeString(credentials.resolve("hw-sk"), "secret");
        var socket = Files.createFile(folder.resolve("notify"));
        var given = Map.of(
                "NOTIFY_SOCKET", socket.toString(),
                "STATE_DIRECTORY", folder.resolve("a-state").toString(),
                "CREDENTIALS_DIRECTORY", credentials.toString());

        assertThat(examined(given, 1024))
                .allMatch(finding -> finding.verdict() == Verdict.OK)
                .extracting(Finding::subject)
                .containsExactly("open files", "NOTIFY_SOCKET", "STATE_DIRECTORY", "CREDENTIALS_DIRECTORY");
    }

    @Test
    void whatSystemdGivesAndCannotBeUsedIsNamed() throws IOException {
        var given = Map.of(
                "NOTIFY_SOCKET", folder.resolve("no-socket").toString(),
                "STATE_DIRECTORY", "/var/lib/elsewhere",
                "CREDENTIALS_DIRECTORY", folder.resolve("no-credentials").toString());

        assertThat(examined(given, 1024))
                .extracting(Finding::subject, Finding::verdict)
                .contains(
                        tuple("NOTIFY_SOCKET", Verdict.FAILED),
                        tuple("STATE_DIRECTORY", Verdict.WARNING),
                        tuple("CREDENTIALS_DIRECTORY", Verdict.FAILED));
    }

    @Test
    void anAbstractSocketHasNoFileAndIsBelieved() throws IOException {
        assertThat(examined(Map.of("NOTIFY_SOCKET", "@/org/notify"), 1024))
                .allMatch(finding -> finding.verdict() == Verdict.OK);
    }

    @Test
    void whereTheSystemTellsNoLimitNothingIsSaid() {
        assertThat(check(Map.of(), folder.resolve("no-limits")).examine()).isEmpty();
    }

    private List<Finding> examined(Map<String, String> environment, int openFiles) throws IOException {
        var limits = Files.writeString(folder.resolve("limits"), """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             15000                15000                processes
                Max open files            %d                   1048576              files
                """.formatted(openFiles));
        return check(environment, limits).examine();
    }

    private SystemCheck check(Map<String, String> environment, Path limits) {
        var config = ConfigFile.read(site.config("a"), Map.of(), cron -> Optional.empty());
        return new SystemCheck(config, environment, limits);
    }
}
