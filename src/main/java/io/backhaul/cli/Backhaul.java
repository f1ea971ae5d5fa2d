package io.backhaul.cli;

import io.backhaul.app.StateDirectoryException;
import io.backhaul.app.Version;
import io.backhaul.archive.ArchiveFailure;
import io.backhaul.catalog.CatalogException;
import io.backhaul.config.ConfigException;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The program: parses the operator's words, runs one command, and turns what went wrong into a line and an exit code. */
@Command(
        name = "backhaul",
        mixinStandardHelpOptions = true,
        versionProvider = Backhaul.FromJar.class,
        description = "Brings managed-database backups home before their links and the provider's copies die.",
        footer = {
            "",
            "Exit codes: 0 done, 1 usage, 2 configuration, 3 a provider or its credentials, 4 database,",
            "5 archive, 6 something is damaged or lost, 70 a bug of ours."
        })
public final class Backhaul {
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            RunCommand.class,
            CheckCommand.class,
            ListCommand.class,
            ShowCommand.class,
            StatusCommand.class,
            HealthCommand.class,
            RetryCommand.class,
            FetchCommand.class,
            MigrateCommand.class);

    private Backhaul() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(arguments).execute(arguments));
    }

    /**
     * The program for these words: with the command that they begin with, or with every command when they name none. To
     * learn of all of them takes a third of a short command's time.
     */
    public static CommandLine commandLine(String... arguments) {
        var program = new CommandLine(new Backhaul());
        var named = COMMANDS.stream()
                .filter(command -> arguments.length > 0 && arguments[0].equals(name(command)))
                .findFirst();
        if (named.isPresent()) {
            program.addSubcommand(named.get());
        } else {
            COMMANDS.forEach(program::addSubcommand);
            program.addSubcommand(HelpCommand.class);
        }
        return program.setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(Backhaul::exitCode)
                .setExecutionExceptionHandler(Backhaul::explain)
                .setParameterExceptionHandler(Backhaul::correct);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    private static int correct(CommandLine.ParameterException failure, String[] arguments) {
        var command = failure.getCommandLine();
        command.getErr().println("backhaul: " + failure.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.number();
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        var code = exitCode(failure);
        if (code == ExitCode.OUR_BUG.number()) {
            LoggerFactory.getLogger(Backhaul.class).error("this is a bug of ours, please report it", failure);
        } else {
            command.getErr().println(failure.getMessage());
        }
        return code;
    }

    private static int exitCode(Throwable failure) {
        return switch (failure) {
            case CommandLine.ParameterException usage -> ExitCode.USAGE.number();
            case UsageException usage -> ExitCode.USAGE.number();
            case ConfigException config -> ExitCode.CONFIGURATION.number();
            case StateDirectoryException state -> ExitCode.CONFIGURATION.number();
            case CatalogException catalog -> ExitCode.DATABASE.number();
            case ArchiveFailure archive -> ExitCode.ARCHIVE.number();
            default -> ExitCode.OUR_BUG.number();
        };
    }

    /** The version as the jar says it. */
    static final class FromJar implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"backhaul " + Version.current()};
        }
    }
}
