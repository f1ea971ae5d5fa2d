package io.backhaul.cli;

import io.backhaul.app.OpenCatalog;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Brings the database's schema to this version. The daemon does the same when it starts.")
final class MigrateCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (var open = OpenCatalog.of(config.readForCatalog())) {
            open.catalog().requireReachable();
            var applied = open.catalog().migrate();
            var out = spec.commandLine().getOut();
            out.println(applied == 0 ? "the schema is up to date" : "migrations applied: " + applied);
            out.flush();
        }
        return ExitCode.DONE.number();
    }
}
