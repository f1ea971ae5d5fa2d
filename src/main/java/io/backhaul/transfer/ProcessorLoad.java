package io.backhaul.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * How busy the processors have been since it was last asked, as a share of their time: those of the machine, with all that
 * runs on it, or those that this program may use, where it may not use all; whichever is busier. What the host of a
 * virtual machine has kept for others counts as busy. Not for several threads.
 */
final class ProcessorLoad implements DoubleSupplier {
    /** All processors together: user, nice, system, idle, waiting for a disk, and other work, in ticks (proc_stat(5)). */
    private static final Path STAT = Path.of("/proc/stat");

    private static final int IDLE = 4;
    private static final int WAITING = 5;
    /** Behind these stand parts of what has been counted before. */
    private static final int STOLEN = 8;

    private final Path stat;
    private long ownNanos;
    private long atNanos;
    private Ticks ticks;

    ProcessorLoad() {
        this(STAT);
    }

    ProcessorLoad(Path stat) {
        this.stat = stat;
        this.ownNanos = ownNanos();
        this.atNanos = System.nanoTime();
        this.ticks = ticks();
    }

    /** Ticks since the machine began. */
    private record Ticks(long busy, long all) {
        static final Ticks UNKNOWN = new Ticks(0, 0);
    }

    @Override
    public double getAsDouble() {
        var ownBefore = ownNanos;
        var atBefore = atNanos;
        var ticksBefore = ticks;
        ownNanos = ownNanos();
        atNanos = System.nanoTime();
        ticks = ticks();
        return Math.max(
                share(ownNanos - ownBefore, atNanos - atBefore),
                share(ticks.busy() - ticksBefore.busy(), ticks.all() - ticksBefore.all()));
    }

    private static double share(long part, long all) {
        return all <= 0 ? 0 : (double) part / all;
    }

    private static long ownNanos() {
        var used = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return used.toNanos() / Runtime.getRuntime().availableProcessors();
    }

    private Ticks ticks() {
        try (var lines = Files.newBufferedReader(stat)) {
            var line = lines.readLine();
            var words = line == null ? new String[0] : line.split(" +", -1);
            if (words.length <= STOLEN) {
                return Ticks.UNKNOWN;
            }
            var counts = Arrays.stream(words, 1, STOLEN + 1).mapToLong(Long::parseLong);
            var all = counts.sum();
            return new Ticks(all - Long.parseLong(words[IDLE]) - Long.parseLong(words[WAITING]), all);
        } catch (IOException | NumberFormatException e) {
            return Ticks.UNKNOWN; // another system, or one that hides it: what we use ourselves must do
        }
    }
}
