package io.backhaul;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prometheus' own judge of rules and metrics; a test that asks it is skipped where it is not installed. */
public final class Promtool {
    private Promtool() {}

    /** How a run ended. */
    public record Verdict(int exitCode, String said) {}

    /** Runs it with something on its standard input. */
    public static Verdict run(String input, String... arguments) {
        assumeTrue(isInstalled(), "promtool is not installed (apt-get install prometheus)");
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        try {
            var given = Files.createTempFile("promtool", ".txt");
            try {
                Files.writeString(given, input);
                var process = new ProcessBuilder(command)
                        .redirectInput(given.toFile())
                        .redirectErrorStream(true)
                        .start();
                var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Verdict(process.waitFor(), said);
            } finally {
                Files.delete(given);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
