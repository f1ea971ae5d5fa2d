package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorLoadTest {
    @TempDir
    Path folder;

    private void machineSays(String first) throws IOException {
        Files.writeString(folder.resolve("stat"), first + "\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
    }

    private ProcessorLoad load() {
        return new ProcessorLoad(folder.resolve("stat"));
    }

    @Test
    void whateverIsNotIdleIsBusyAlsoWhatTheHostKeeps() throws IOException {
        machineSays("cpu  1000 100 1000 5000 500 10 10 100 77 7");
        var load = load();

        machineSays("cpu  1300 120 1200 5040 560 40 40 420 999 9");
        // idle 40 and waiting 60 of 1,000; this test's own work is far from the rest
        assertThat(load.getAsDouble()).isEqualTo(0.9);
    }

    @Test
    void eachQuestionIsAboutTheTimeSinceTheLast() throws IOException {
        machineSays("cpu  0 0 0 0 0 0 0 0 0 0");
        var load = load();
        machineSays("cpu  50 0 0 0 0 0 0 0 0 0");
        assertThat(load.getAsDouble()).isEqualTo(1);

        machineSays("cpu  50 0 0 100000 0 0 0 0 0 0");
        assertThat(load.getAsDouble()).isLessThan(1);
    }

    @Test
    void aMachineThatDoesNotSayIsJudgedByWhatWeUse() throws IOException {
        for (var text : new String[] {"", "cpu 1 2 3", "cpu  a b c d e f g h i j"}) {
            Files.writeString(folder.resolve("stat"), text);
            var load = load();
            assertThat(load.getAsDouble()).isNotNegative();
        }
        Files.delete(folder.resolve("stat"));
        assertThat(load().getAsDouble()).isNotNegative();
    }
}
