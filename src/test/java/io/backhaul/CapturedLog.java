package io.backhaul;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What a test logs while this is open, at every level that logback-test.xml shows, stack traces included. */
public final class CapturedLog implements AutoCloseable {
    private final PrintStream console = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    public CapturedLog() {
        // The appender there looks up System.err with each line.
        System.setErr(new PrintStream(written, true, UTF_8));
    }

    /** Level and message; the time and the thread are left out. */
    public List<String> lines() {
        return written.toString(UTF_8)
                .lines()
                .map(line -> line.replaceFirst("^\\S+ (\\w+) +\\[[^]]*] \\S+ ", "$1 "))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(console);
    }
}
