package io.backhaul.cli;

import io.backhaul.app.Finding;
import io.backhaul.app.Finding.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code check} found, for a terminal: a table, then what is to be done, then the sum. */
final class CheckTable {
    private CheckTable() {}

    static String of(Path config, List<Finding> findings, ExitCode code) {
        var table = new Table("", "CHECK", "OF", "FOUND").row("ok", "config", config.toString(), "no faults");
        findings.forEach(finding -> table.row(
                CheckCommand.word(finding.verdict()),
                CheckCommand.word(finding.area()),
                finding.subject(),
                finding.what()));
        var text = new ArrayList<String>();
        text.add(table.toString());
        findings.stream()
                .filter(finding -> finding.verdict() != Verdict.OK)
                .forEach(finding -> text.add(todo(finding)));
        text.add("");
        text.add(sum(findings, code));
        return String.join("\n", text);
    }

    private static String todo(Finding finding) {
        var remedy = finding.remedy();
        var block = "\n" + CheckCommand.word(finding.area()) + " " + finding.subject() + ": " + finding.what()
                + (remedy == null ? "" : "\n  " + remedy.who() + ": " + remedy.how())
                + (finding.said().isEmpty() ? "" : "\n  it was said: " + finding.said());
        return block.lines().map(Table::harmless).reduce((a, b) -> a + "\n" + b).orElse("");
    }

    private static String sum(List<Finding> findings, ExitCode code) {
        var failed = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.FAILED)
                .count();
        var warnings = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.WARNING)
                .count();
        return (findings.size() + 1) + " checks, " + failed + " failed, " + warnings + " with a warning; exit code "
                + code.number();
    }
}
