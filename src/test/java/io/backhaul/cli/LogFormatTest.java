package io.backhaul.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Site;
import io.backhaul.catalog.DatabaseAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class LogFormatTest {
    private static final DatabaseAddress NOWHERE =
            new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/nowhere", "u", "the-database-password");

    private final Site site;

    LogFormatTest(@TempDir Path folder) {
        site = new Site(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void everyLineOfTheDaemonIsAnObjectWhereJsonIsAskedFor() throws Exception {
        var config = site.config("a", NOWHERE).toString();
        try (var child = Child.start("run", "--log-format", "json", "--config", config)) {
            child.awaitLine("database away");
            child.terminate();
            assertThat(child.exitCode(Duration.ofSeconds(10))).isZero();

            assertThat(child.output()).doesNotContain("the-database-password");
            assertThat(child.output().lines())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(JsonMapper.shared()
                                    .readTree(line)
                                    .path("message")
                                    .asString())
                            .isNotBlank());
            assertThat(child.output())
                    .contains("\"message\":\"database away, trying again\",\"retryIn\":\"PT5S\",\"reason\":\"");
        }
    }

    @Test
    void anotherFormatIsRefusedWithTheFormatsThatThereAre() {
        var cli = Cli.run("run", "--log-format", "xml");

        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("--log-format", "TEXT", "JSON");
    }
}
