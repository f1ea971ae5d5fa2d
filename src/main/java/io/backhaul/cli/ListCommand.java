package io.backhaul.cli;

import io.backhaul.app.OpenCatalog;
import io.backhaul.backup.BackupState;
import io.backhaul.catalog.Histories.BackupRow;
import io.backhaul.catalog.Histories.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the backups that the catalog knows, newest first.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--source", paramLabel = "NAME", description = "Only of this source.")
    private @Nullable String source;

    @Option(names = "--instance", paramLabel = "ID", description = "Only of this instance.")
    private @Nullable String instance;

    @Option(names = "--state", paramLabel = "STATE", description = "Only in this state, such as archived or gone.")
    private @Nullable String state;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        requireKnownState();
        try (var open = OpenCatalog.of(config.readForCatalog())) {
            open.catalog().requireMigrated();
            var rows = open.catalog().histories().list(new Filter(source, instance, state));
            var out = spec.commandLine().getOut();
            out.println(json ? Json.text(rows.stream().map(ListCommand::json).toList()) : table(rows));
            out.flush();
        }
        return ExitCode.DONE.number();
    }

    private void requireKnownState() {
        var known = Arrays.stream(BackupState.values()).map(BackupState::label).toList();
        if (state != null && !known.contains(state)) {
            throw new UsageException("--state: no such state \"" + state + "\"; there are " + String.join(", ", known));
        }
    }

    private static String table(List<BackupRow> rows) {
        if (rows.isEmpty()) {
            return "no backups";
        }
        var table = new Table("SOURCE", "INSTANCE", "BACKUP", "MADE", "SIZE", "STATE", "DEADLINE", "REASON");
        for (var row : rows) {
            table.row(
                    row.backup().source().value(),
                    row.backup().instance().value(),
                    row.backup().backup().value(),
                    Times.text(row.createdAt()),
                    Objects.toString(row.size(), "unknown"),
                    row.state().label(),
                    row.state().isSettled() ? "" : Times.text(row.deadline(), "unknown"),
                    row.reason());
        }
        return table.toString();
    }

    static Map<String, @Nullable Object> json(BackupRow row) {
        return Json.object()
                .text("source", row.backup().source())
                .text("instance", row.backup().instance())
                .text("instanceName", row.instanceName())
                .text("backup", row.backup().backup())
                .text("state", row.state().label())
                .text("stateSince", row.stateSince())
                .text("reason", row.reason())
                .text("providerStatus", row.providerStatus())
                .text("createdAt", row.createdAt())
                .plain("bytes", Json.bytes(row.size()))
                .text("deadline", row.deadline())
                .text("archivedAt", row.archivedAt())
                .text("nextAttemptAt", row.state().isSettled() ? null : row.nextAttemptAt())
                .plain("failures", row.failures())
                .text("node", row.node())
                .asMap();
    }
}
