package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalBottleneckTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path folder;

    private final AtomicLong ownNanos = new AtomicLong();
    private final AtomicLong diskNanos = new AtomicLong();
    private final AtomicLong nanoTime = new AtomicLong();
    private long busyTicks;
    private long idleTicks;
    private Bottleneck bottleneck;

    @BeforeEach
    void begin() throws IOException {
        pass(0, 0, 0);
        var processors = new ProcessorLoad(folder.resolve("stat"), ownNanos::get, nanoTime::get);
        bottleneck = new LocalBottleneck(processors, diskNanos::get, nanoTime::get);
        diskNanos.addAndGet(100 * SECOND); // before anybody looks
        bottleneck.begin();
    }

    /** A second passes. */
    private void pass(double own, double machine, double atTheDisk) throws IOException {
        nanoTime.addAndGet(SECOND);
        ownNanos.addAndGet((long) (own * SECOND * Runtime.getRuntime().availableProcessors()));
        diskNanos.addAndGet((long) (atTheDisk * SECOND));
        busyTicks += Math.round(1000 * machine);
        idleTicks += Math.round(1000 * (1 - machine));
        Files.writeString(folder.resolve("stat"), "cpu  " + busyTicks + " 0 0 " + idleTicks + " 0 0 0 0 0 0\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0.9, 0.9, true",
        "0.9, 0.1, true", // all that this program may use of a larger machine
        "0.3, 0.9, true", // with somebody else
        "0.1, 1.0, false", // who else uses all of them does not make a store slow
        "0.7, 0.7, false"
    })
    void theProcessorsAreItWhenNothingIsLeftOfThemForWhoeverNeedsMuch(double own, double machine, boolean wasHere)
            throws IOException {
        pass(own, machine, 0);

        assertThat(bottleneck.wasHere(1)).isEqualTo(wasHere);
    }

    @Test
    void theDiskIsItWhenTheStreamsAreThereHalfOfTheirTime() throws IOException {
        pass(0, 0, 0.5);
        assertThat(bottleneck.wasHere(1)).isTrue();

        pass(0, 0, 0.5);
        assertThat(bottleneck.wasHere(2)).isFalse();
    }

    @Test
    void eachQuestionIsAboutTheTimeSinceTheLast() throws IOException {
        pass(0.9, 0.9, 1);
        assertThat(bottleneck.wasHere(1)).isTrue();
        pass(0.1, 0.1, 0);
        assertThat(bottleneck.wasHere(1)).isFalse();

        pass(0.9, 0.9, 1);
        bottleneck.begin();
        pass(0.1, 0.1, 0);
        assertThat(bottleneck.wasHere(1)).isFalse();
    }
}
