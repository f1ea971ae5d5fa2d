package io.backhaul.cli;

import io.backhaul.ops.LogFormat;
import picocli.CommandLine.Option;

/** The {@code --log-format} of every command that runs the daemon. */
final class LogOption {
    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "${env:BACKHAUL_LOG_FORMAT:-text}",
            description = "How the log on stderr is written: text, or json with one object a line (default:"
                    + " $BACKHAUL_LOG_FORMAT, else text).")
    private LogFormat format = LogFormat.TEXT;

    /** From here on the log is written so. */
    void use() {
        format.use();
    }
}
