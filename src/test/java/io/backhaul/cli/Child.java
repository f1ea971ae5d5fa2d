package io.backhaul.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The program as a process of its own, everything it prints kept. */
final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private Child(Process process) {
        this.process = process;
        reader = Thread.ofVirtual().start(this::read);
    }

    static Child start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                productClasspath(),
                Backhaul.class.getName()));
        command.addAll(List.of(arguments));
        return new Child(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Without our test classes and their logging; the libraries of tests do no harm. */
    private static String productClasspath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read() {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            // whoever ends the process closes its output, perhaps while we read; what was told stands
        }
    }

    /** Waits for a line with this text. */
    Child awaitLine(String text) throws InterruptedException {
        return await(text, () -> lines.stream().anyMatch(line -> line.contains(text)));
    }

    /** Waits until a condition holds; looks whenever the process has printed something. */
    Child await(String what, BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lines) {
            while (!condition.getAsBoolean()) {
                var left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0 || !process.isAlive()) {
                    throw new AssertionError("not seen: " + what + "\n" + String.join("\n", lines));
                }
                lines.wait(Math.min(left, 500));
            }
        }
        return this;
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL, at the latest after a while; it may not end before by itself. */
    void killAfter(Duration delay) throws InterruptedException {
        if (process.waitFor(delay.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("ended by itself\n" + output());
        }
        process.destroyForcibly();
        process.waitFor();
        reader.join();
    }

    /** The exit code, which must come within this time. */
    int exitCode(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + within + "\n" + output());
        }
        reader.join();
        return process.exitValue();
    }

    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
