package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorLoadTest {
    @TempDir
    Path folder;

    private final AtomicLong ownNanos = new AtomicLong();
    private final AtomicLong nanoTime = new AtomicLong();

    private void machineSays(String first) throws IOException {
        Files.writeString(folder.resolve("stat"), first + "\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
    }

    private ProcessorLoad load() {
        var load = new ProcessorLoad(folder.resolve("stat"), ownNanos::get, nanoTime::get);
        load.look();
        return load;
    }

    @Test
    void whateverIsNotIdleAndMakesNoWayIsBusyAlsoWhatTheHostKeeps() throws IOException {
        machineSays("cpu  1000 100 1000 5000 500 10 10 100 77 7");
        var load = load();

        machineSays("cpu  1200 200 1200 5040 560 40 40 440 999 9");
        load.look();

        // nice 100, idle 40 and waiting 60 of 1,000 since
        assertThat(load.machine()).isEqualTo(0.8);
    }

    @Test
    void eachLookIsAboutTheTimeSinceTheLast() throws IOException {
        machineSays("cpu  0 0 0 0 0 0 0 0 0 0");
        var load = load();
        machineSays("cpu  50 0 0 0 0 0 0 0 0 0");
        load.look();
        assertThat(load.machine()).isEqualTo(1);

        machineSays("cpu  50 0 0 1000 0 0 0 0 0 0");
        load.look();
        assertThat(load.machine()).isZero();
    }

    @Test
    void ownIsTheShareOfAllProcessorsThatMayBeUsed() throws IOException {
        machineSays("cpu  0 0 0 0 0 0 0 0 0 0");
        var load = load();

        nanoTime.addAndGet(1_000_000);
        ownNanos.addAndGet(250_000L * Runtime.getRuntime().availableProcessors());
        load.look();

        assertThat(load.own()).isEqualTo(0.25);
    }

    @Test
    void aMachineThatDoesNotSayIsNotBusyNorIsOneThatBeginsTo() throws IOException {
        for (var text : new String[] {"", "cpu 1 2 3", "cpu  a b c d e f g h i j"}) {
            Files.writeString(folder.resolve("stat"), text);
            var load = load();
            load.look();
            assertThat(load.machine()).isZero();

            machineSays("cpu  50 0 0 0 0 0 0 0 0 0");
            load.look();
            assertThat(load.machine()).isZero();
        }
    }
}
