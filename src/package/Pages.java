import io.backhaul.cli.Backhaul;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes man pages and shell completions from picocli's model of the commands, so that they cannot differ from --help.
 * Run by build.sh from source, with the product on the class path: {@code java -cp … Pages.java DIR VERSION DATE}.
 * (picocli's own generator makes AsciiDoc, which would need Asciidoctor and a Ruby.)
 */
final class Pages {
    private final String version;
    private final String date;

    private Pages(String version, String date) {
        this.version = version;
        this.date = date;
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var root = Backhaul.commandLine();
        var pages = new Pages(arguments[1], arguments[2]);
        var man = Files.createDirectories(folder.resolve("man"));
        write(man.resolve("backhaul.1"), pages.page(root.getCommandSpec()));
        for (var command : commands(root)) {
            write(man.resolve("backhaul-" + command.name() + ".1"), pages.page(command));
        }
        var completion = Files.createDirectories(folder.resolve("completion"));
        // picocli's script serves bash and zsh (by bashcompinit); it is sourced, never run.
        var script = AutoComplete.bash("backhaul", root).replaceFirst("^#!.*\n", "");
        write(completion.resolve("backhaul.bash"), script);
        write(completion.resolve("_backhaul"), "#compdef backhaul\n" + script);
        write(completion.resolve("backhaul.fish"), fish(root));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    /** The commands but {@code help}, each once, in the order of --help. */
    private static List<CommandSpec> commands(CommandLine root) {
        return root.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(spec -> !spec.helpCommand())
                .distinct()
                .toList();
    }

    // --- man ---

    private String page(CommandSpec command) {
        var name = command.qualifiedName("-");
        var text = new StringBuilder();
        text.append(".TH ").append(roff(name.toUpperCase(java.util.Locale.ROOT))).append(" 1 \"").append(date)
                .append("\" \"Backhaul ").append(version).append("\" \"Backhaul manual\"\n");
        var usage = command.usageMessage();
        section(text, "NAME");
        text.append(roff(name)).append(" \\- ").append(roff(summary(command))).append('\n');
        section(text, "SYNOPSIS");
        text.append(".B ").append(roff(command.qualifiedName())).append('\n').append(roff(synopsis(command)))
                .append('\n');
        section(text, "DESCRIPTION");
        text.append(roff(plain(first(usage.description())))).append('\n');
        if (command.subcommands().isEmpty()) {
            arguments(text, command);
        } else {
            options(text, command);
            section(text, "COMMANDS");
            for (var sub : commands(command.commandLine())) {
                item(text, bold("backhaul " + sub.name()), summary(sub) + ".");
            }
        }
        var footer = Arrays.stream(usage.footer()).filter(line -> !line.isBlank()).toList();
        if (!footer.isEmpty()) {
            section(text, "EXIT STATUS");
            text.append(roff(String.join(" ", footer).replaceFirst("^Exit codes: ", ""))).append('\n');
        }
        section(text, "FILES");
        item(text, italic("/etc/backhaul/backhaul.yaml"), "The configuration, where $BACKHAUL_CONFIG names no other.");
        item(text, italic("/usr/share/doc/backhaul"), "Installing, operating, every key of the configuration.");
        section(text, "SEE ALSO");
        text.append(seeAlso(command)).append('\n');
        return text.toString();
    }

    private static String seeAlso(CommandSpec command) {
        var others = new ArrayList<String>();
        if (command.parent() != null) {
            others.add("backhaul");
        } else {
            commands(command.commandLine()).forEach(sub -> others.add("backhaul-" + sub.name()));
        }
        others.replaceAll(name -> bold(name) + "(1)");
        return String.join(",\n", others);
    }

    private static void arguments(StringBuilder text, CommandSpec command) {
        if (!command.positionalParameters().isEmpty()) {
            section(text, "ARGUMENTS");
            for (var parameter : command.positionalParameters()) {
                item(text, italic(parameter.paramLabel()), description(parameter));
            }
        }
        options(text, command);
    }

    private static void options(StringBuilder text, CommandSpec command) {
        section(text, "OPTIONS");
        for (var option : visible(command)) {
            item(text, bold(String.join(", ", option.names())) + label(option, Pages::italic),
                    String.join(" ", option.description()));
        }
    }

    private static String synopsis(CommandSpec command) {
        var words = new ArrayList<String>();
        for (var option : visible(command)) {
            var word = option.longestName() + label(option, word0 -> word0);
            words.add(option.required() ? word : "[" + word + "]");
        }
        for (var parameter : command.positionalParameters()) {
            var label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
            words.add(parameter.required() ? label : "[" + label + "]");
        }
        if (!command.subcommands().isEmpty()) {
            words.add("COMMAND");
        }
        return String.join(" ", words);
    }

    private static List<OptionSpec> visible(CommandSpec command) {
        return command.options().stream().filter(option -> !option.hidden()).toList();
    }

    private static String label(OptionSpec option, java.util.function.UnaryOperator<String> style) {
        return option.arity().max() == 0 ? "" : " " + style.apply(option.paramLabel());
    }

    private static String description(PositionalParamSpec parameter) {
        return String.join(" ", parameter.description());
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : String.join(" ", lines);
    }

    /** The first clause of a description. */
    private static String summary(CommandSpec command) {
        return plain(first(command.usageMessage().description())).split("[.:;](?= |$)", 2)[0];
    }

    private static void section(StringBuilder text, String title) {
        text.append(".SH ").append(title).append('\n');
    }

    private static void item(StringBuilder text, String term, String description) {
        text.append(".TP\n").append(term).append('\n').append(roff(plain(description))).append('\n');
    }

    /** Without picocli's colours and format specifiers. */
    private static String plain(String text) {
        return Help.Ansi.OFF.string(text.replace("%%", "%").replace("%n", " "));
    }

    private static String bold(String text) {
        return "\\fB" + roff(text) + "\\fR";
    }

    private static String italic(String text) {
        return "\\fI" + roff(text) + "\\fR";
    }

    /** A word that begins like a request, a backslash and a hyphen that must stay one need care. */
    private static String roff(String text) {
        var escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    // --- fish ---

    private static String fish(CommandLine root) {
        var text = new StringBuilder("# Made from the commands themselves.\ncomplete -c backhaul -f\n");
        options(text, root.getCommandSpec(), "__fish_use_subcommand");
        for (var command : commands(root)) {
            text.append("complete -c backhaul -n __fish_use_subcommand -a ").append(command.name()).append(" -d ")
                    .append(quoted(summary(command))).append('\n');
            options(text, command, "'__fish_seen_subcommand_from " + command.name() + "'");
        }
        return text.toString();
    }

    private static void options(StringBuilder text, CommandSpec command, String condition) {
        for (var option : visible(command)) {
            text.append("complete -c backhaul -n ").append(condition);
            for (var name : option.names()) {
                text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            if (option.arity().max() > 0) {
                text.append(takesFile(option) ? " -r -F" : " -x");
            }
            text.append(" -d ").append(quoted(first(option.description()))).append('\n');
        }
    }

    private static boolean takesFile(OptionSpec option) {
        return Path.class.isAssignableFrom(option.type());
    }

    private static String quoted(String text) {
        return "'" + plain(text).replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
