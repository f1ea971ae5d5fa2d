package io.backhaul.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One command run in this process, with what it printed. */
record Cli(int exitCode, String out, String err) {
    /** Only reads the words, as the program does. */
    static void parse(String... arguments) {
        Backhaul.commandLine(arguments).parseArgs(arguments);
    }

    static Cli run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Backhaul.commandLine(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Cli(code, out.toString(), err.toString());
    }
}
