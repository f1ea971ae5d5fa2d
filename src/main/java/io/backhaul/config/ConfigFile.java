package io.backhaul.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a config file (DESIGN 6). It reports every fault of the file at once, and shows no value that is a secret or
 * that a reference brought in.
 */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * Reads one file, and the files and variables that it refers to. Relative paths in it start at its own folder.
     *
     * @param environment what {@code ${env:NAME}} and {@code CREDENTIALS_DIRECTORY} are looked up in
     * @param cron what is wrong with a cron expression; empty for a good one
     * @throws ConfigException with all that is wrong
     */
    public static BackhaulConfig read(
            Path file, Map<String, String> environment, Function<String, Optional<String>> cron) {
        return RootKeys.build(root(file, cron, new References(environment, base(file))), base(file));
    }

    /**
     * The same for a command that only reads the catalog: the secrets of sources, archives and the admin endpoint may be
     * out of reach, as those of a systemd unit are for an operator's shell. They must not be used then.
     *
     * @throws ConfigException with all that is wrong besides
     */
    public static BackhaulConfig readForCatalog(
            Path file, Map<String, String> environment, Function<String, Optional<String>> cron) {
        return RootKeys.build(root(file, cron, new References.ForCatalog(environment, base(file))), base(file));
    }

    /**
     * Where the daemon listens. Everything else is looked at too, but no reference in it needs to lead anywhere.
     *
     * @throws ConfigException with all that is wrong besides
     */
    public static AdminConfig readForHealth(
            Path file, Map<String, String> environment, Function<String, Optional<String>> cron) {
        return RootKeys.admin(root(file, cron, new References.ForHealth(environment, base(file))));
    }

    private static Section root(Path file, Function<String, Optional<String>> cron, References references) {
        var faults = new ArrayList<Fault>();
        var root = RootKeys.FIELDS.read(tree(file), Place.root(references, faults));
        if (root != null) {
            new Consistency(cron, base(file)).check(root);
        }
        if (root == null || !faults.isEmpty()) {
            throw new ConfigException(file, faults);
        }
        return root;
    }

    private static Path base(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
    }

    private static Node tree(Path file) {
        try {
            var tree = YamlTree.parse(Files.readString(file));
            if (tree instanceof Node.Nothing) {
                throw refused(file, "the file is empty; config/backhaul.yaml is an example to begin with");
            }
            return tree;
        } catch (YamlTree.Malformed e) {
            throw new ConfigException(file, List.of(e.fault()));
        } catch (IOException e) {
            throw refused(file, reason(file, e));
        }
    }

    private static String reason(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return "this is a directory; name the file in it";
        }
        return switch (e) {
            case NoSuchFileException missing -> "no such file; config/backhaul.yaml is an example to begin with";
            case AccessDeniedException denied -> "this user may not read the file";
            case CharacterCodingException coding -> "the file is not UTF-8 text";
            default -> "cannot read the file: " + e.getMessage();
        };
    }

    private static ConfigException refused(Path file, String text) {
        return new ConfigException(file, List.of(new Fault("", text)));
    }
}
