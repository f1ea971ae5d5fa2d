package io.backhaul.cli;

import io.backhaul.app.Doctor;
import io.backhaul.app.Finding;
import io.backhaul.app.Finding.Area;
import io.backhaul.app.Finding.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Tries configuration, database, archives, every credential with each operation, clocks, stores and the",
            "system: one line each, or a table on a terminal. Changes nothing at a provider."
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var configuration = config.read();
        var findings = new Doctor(configuration, Clock.systemUTC(), System.getenv()).examine();
        var code = exitCode(findings);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(json(findings, code)));
        } else {
            // The launcher tells; the JDK's own console no longer does.
            out.println(
                    System.getenv("BACKHAUL_TERMINAL") == null
                            ? lines(findings)
                            : CheckTable.of(config.file(), findings, code));
        }
        out.flush();
        return code.number();
    }

    private Table lines(List<Finding> findings) {
        var table = new Table("ok", "config", config.file().toString(), "no faults");
        findings.forEach(finding ->
                table.row(word(finding.verdict()), word(finding.area()), finding.subject(), finding.detail()));
        return table;
    }

    private Map<String, @Nullable Object> json(List<Finding> findings, ExitCode code) {
        return Json.object()
                .text("config", config.file())
                .plain("exitCode", code.number())
                .plain("findings", findings.stream().map(CheckCommand::json).toList())
                .asMap();
    }

    private static Map<String, @Nullable Object> json(Finding finding) {
        var remedy = finding.remedy();
        return Json.object()
                .text("verdict", word(finding.verdict()))
                .text("area", word(finding.area()))
                .text("subject", finding.subject())
                .text("what", finding.what())
                .text("problem", remedy == null ? null : remedy.problem())
                .plain("keys", remedy == null ? List.of() : remedy.keys())
                .text("who", remedy == null ? null : remedy.who())
                .text("how", remedy == null ? null : remedy.how())
                .text("said", finding.said().isEmpty() ? null : finding.said())
                .asMap();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The area of the first failure; without a database nothing else matters. */
    private static ExitCode exitCode(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.verdict() == Verdict.FAILED)
                .map(Finding::area)
                .findFirst()
                .map(CheckCommand::exitCode)
                .orElse(ExitCode.DONE);
    }

    private static ExitCode exitCode(Area area) {
        return switch (area) {
            case DATABASE -> ExitCode.DATABASE;
            case ARCHIVE -> ExitCode.ARCHIVE;
            case PROVIDER, CLOCK, STORE -> ExitCode.PROVIDER;
            case SYSTEM -> ExitCode.CONFIGURATION;
        };
    }
}
