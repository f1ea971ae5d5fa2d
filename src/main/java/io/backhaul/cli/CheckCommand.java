package io.backhaul.cli;

import io.backhaul.app.Doctor;
import io.backhaul.app.Doctor.Area;
import io.backhaul.app.Doctor.Finding;
import io.backhaul.app.Doctor.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Tries configuration, database, every credential, every archive and the clocks: one line each.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var configuration = config.read();
        var findings = new Doctor(configuration, Clock.systemUTC()).examine();
        var table = new Table("ok", "config", config.file().toString(), "no faults");
        findings.forEach(finding -> table.row(
                finding.verdict().name().toLowerCase(Locale.ROOT),
                finding.area().name().toLowerCase(Locale.ROOT),
                finding.subject(),
                finding.detail()));
        var out = spec.commandLine().getOut();
        out.println(table);
        out.flush();
        return exitCode(findings).number();
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
            case PROVIDER, CLOCK -> ExitCode.PROVIDER;
        };
    }
}
