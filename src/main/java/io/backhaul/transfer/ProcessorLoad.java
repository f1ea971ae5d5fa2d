package io.backhaul.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How much of the processors' time was used between two looks. Not for several threads. */
final class ProcessorLoad {
    /** Its first line is about all processors, in ticks since the machine began (proc_stat(5)). */
    private static final Path STAT = Path.of("/proc/stat");

    /** Word of that line: what makes way for others. */
    private static final int NICE = 2;
    /** What nobody used. */
    private static final int IDLE = 4;
    /** What nobody used while the disk was waited for. */
    private static final int WAITING = 5;
    /** Time that a host has kept from its virtual machine; behind it stand parts of what has been counted before. */
    private static final int STOLEN = 8;

    private final Path stat;
    private final LongSupplier ownNanos;
    private final LongSupplier nanoTime;
    private long ownAt;
    private long at;
    private @Nullable Ticks ticks;
    private double own;
    private double machine;

    ProcessorLoad() {
        this(STAT, ProcessorLoad::ownNanos, System::nanoTime);
    }

    /** @param ownNanos that this program has used so far, on all processors together */
    ProcessorLoad(Path stat, LongSupplier ownNanos, LongSupplier nanoTime) {
        this.stat = stat;
        this.ownNanos = ownNanos;
        this.nanoTime = nanoTime;
    }

    /** Since the machine began. */
    private record Ticks(long busy, long all) {}

    /** What came before belongs to the shares from here on; what comes after, to those of the next look. */
    void look() {
        var ownBefore = ownAt;
        var before = at;
        var ticksBefore = ticks;
        ownAt = ownNanos.getAsLong();
        at = nanoTime.getAsLong();
        ticks = ticks();
        own = share(ownAt - ownBefore, (at - before) * Runtime.getRuntime().availableProcessors());
        machine = ticks == null || ticksBefore == null
                ? 0
                : share(ticks.busy() - ticksBefore.busy(), ticks.all() - ticksBefore.all());
    }

    /** This program's share of the time of those that it may use, before the last look and after the one before. */
    double own() {
        return own;
    }

    /**
     * The share of the machine's processors that somebody used, this program or others, and what their host has kept; 0
     * where the system does not say.
     */
    double machine() {
        return machine;
    }

    private static double share(long part, long all) {
        return all <= 0 ? 0 : (double) part / all;
    }

    private static long ownNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    private @Nullable Ticks ticks() {
        try (var lines = Files.newBufferedReader(stat)) {
            var line = lines.readLine();
            var words = line == null ? new String[0] : line.split(" +", -1);
            if (words.length <= STOLEN) {
                return null;
            }
            var counts = Arrays.stream(words, 1, STOLEN + 1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            var all = Arrays.stream(counts).sum();
            return new Ticks(all - counts[NICE - 1] - counts[IDLE - 1] - counts[WAITING - 1], all);
        } catch (IOException | NumberFormatException e) {
            return null; // another system, or one that hides it
        }
    }
}
