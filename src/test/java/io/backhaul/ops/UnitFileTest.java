package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What systemd is told to do with a daemon that ends; {@code src/package/systemd-test.sh} sees it done. */
class UnitFileTest {
    private final List<String> unit;

    UnitFileTest() throws IOException {
        unit = Files.readAllLines(Path.of("systemd/backhaul.service"));
    }

    @Test
    void itIsNeverGivenUpButForAFaultOfTheConfiguration() {
        assertThat(unit)
                .contains("StartLimitIntervalSec=0", "Restart=on-failure", "RestartPreventExitStatus=2")
                .noneMatch(line -> line.startsWith("StartLimitBurst="));
    }

    @Test
    void thePagesSayWhenItIsStartedAgain() throws IOException {
        assertThat(unit).contains("RestartSec=15s");
        assertThat(Path.of("docs/install.md")).content().contains("15 seconds after each end");
        assertThat(Path.of("docs/runbook.md")).content().contains("again after 15 seconds");
    }
}
