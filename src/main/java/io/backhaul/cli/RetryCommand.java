package io.backhaul.cli;

import io.backhaul.app.OpenCatalog;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.Claims.Reopening;
import io.backhaul.catalog.Histories.BackupRow;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Has backups tried again that failed, are gone or were skipped.")
final class RetryCommand implements Callable<Integer> {
    private final Clock clock = Clock.systemUTC();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "BACKUP",
            arity = "1..*",
            description = "The provider's backup id, or source/instance/backup.")
    private List<String> backups = List.of();

    @Override
    public Integer call() {
        try (var open = OpenCatalog.of(config.readForCatalog())) {
            open.catalog().requireMigrated();
            var out = spec.commandLine().getOut();
            retry(open.catalog(), out);
            out.flush();
        }
        return ExitCode.DONE.number();
    }

    /** All words are looked up before anything is changed: a typo changes nothing. */
    private void retry(Catalog catalog, PrintWriter out) {
        var rows = backups.stream()
                .map(word -> BackupWord.one(catalog.histories(), word))
                .toList();
        for (var row : rows) {
            out.println(row.backup() + told(row, catalog.claims().reopen(row.id(), clock.instant())));
        }
    }

    private static String told(BackupRow row, Reopening reopening) {
        return switch (reopening) {
            case WAITS -> " waits again";
            case WAITS_FOR_PROVIDER ->
                " waits again, and is tried once the provider lists it as ready, now " + row.providerStatus();
            case NOT_OFFERED ->
                " stays " + row.state().label() + ": the provider does not offer it and lists it as "
                        + row.providerStatus();
            case NOT_WRITTEN_OFF -> " is " + row.state().label() + ", nothing to retry";
        };
    }
}
