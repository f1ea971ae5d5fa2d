package io.backhaul.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves {@code ${env:NAME}}, {@code ${file:PATH}} and {@code ${credential:NAME}} inside a value; {@code $$} is one
 * {@code $}, and any other {@code $} stands for itself. What comes in is not looked at again. Problems name what was
 * asked for, never what was found.
 */
sealed class References permits References.ForCatalog, References.ForHealth {
    /** In a schema: a text that holds a reference, so that no other pattern can judge it. */
    static final String SHAPE = "\\$\\{(env|file|credential):[^}]+\\}";

    private static final Pattern TOKEN = Pattern.compile("\\$(?:(\\$)|\\{(?:(env|file|credential):([^}]+)\\})?)");

    private final Map<String, String> environment;
    private final Path base;

    /** @param base where relative paths start */
    References(Map<String, String> environment, Path base) {
        this.environment = Map.copyOf(environment);
        this.base = base;
    }

    sealed interface Resolution {
        /** {@code foreign} says that some of it came from outside the file and must not be shown. */
        record Resolved(String text, boolean foreign) implements Resolution {}

        record Unresolved(List<String> problems) implements Resolution {}

        /** It could not be had, and is not used either. */
        record Unneeded() implements Resolution {}
    }

    /**
     * Puts in what a text refers to.
     *
     * @param path of the key that the text stands at
     */
    Resolution resolve(String text, String path) {
        var problems = new ArrayList<String>();
        var resolved = new StringBuilder();
        var foreign = false;
        var token = TOKEN.matcher(text);
        while (token.find()) {
            token.appendReplacement(resolved, "");
            if (token.group(1) != null) {
                resolved.append('$');
                continue;
            }
            foreign = true;
            try {
                resolved.append(target(token));
            } catch (Missing e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        token.appendTail(resolved);
        return problems.isEmpty()
                ? new Resolution.Resolved(resolved.toString(), foreign)
                : new Resolution.Unresolved(List.copyOf(problems));
    }

    /**
     * For reading the catalog only: what sources, archives and the token of the admin endpoint refer to may be out of
     * reach, and is not used then.
     */
    static final class ForCatalog extends References {
        private static final Resolution OUT_OF_REACH = new Resolution.Resolved("out-of-reach", true);

        ForCatalog(Map<String, String> environment, Path base) {
            super(environment, base);
        }

        @Override
        Resolution resolve(String text, String path) {
            var resolution = super.resolve(text, path);
            var elsewhere = path.startsWith("sources[") || path.startsWith("archives[") || path.equals("admin.token");
            return elsewhere && resolution instanceof Resolution.Unresolved ? OUT_OF_REACH : resolution;
        }
    }

    /** For asking the daemon how it is: only where it listens counts. */
    static final class ForHealth extends References {
        private static final Resolution UNNEEDED = new Resolution.Unneeded();

        ForHealth(Map<String, String> environment, Path base) {
            super(environment, base);
        }

        @Override
        Resolution resolve(String text, String path) {
            var resolution = super.resolve(text, path);
            return !path.equals("admin.listen") && resolution instanceof Resolution.Unresolved ? UNNEEDED : resolution;
        }
    }

    private String target(Matcher token) throws Missing {
        var scheme = token.group(2);
        var name = token.group(3);
        if (scheme == null || name == null) {
            throw new Missing("\"${\" starts no reference that is known; write ${env:NAME}, ${file:PATH} or"
                    + " ${credential:NAME}, or $${ where the characters themselves are meant");
        }
        try {
            return lookUp(scheme, name);
        } catch (InvalidPathException e) {
            throw new Missing("${" + scheme + ":…} names no path: " + e.getReason());
        }
    }

    private String lookUp(String scheme, String name) throws Missing {
        return switch (scheme) {
            case "env" -> variable(name);
            case "file" -> content(base.resolve(name), "file " + name, "make it a file that Backhaul's user can read");
            default -> credential(name);
        };
    }

    private String variable(String name) throws Missing {
        var value = environment.get(name);
        if (value == null) {
            throw new Missing("environment variable " + name
                    + " is not set; set it for Backhaul, or use ${file:PATH} or" + " ${credential:NAME}");
        }
        return value;
    }

    private String credential(String name) throws Missing {
        if (name.contains("/") || name.startsWith(".")) {
            throw new Missing("${credential:" + name + "} is no credential's name; for a path write ${file:PATH}");
        }
        var remedy = "add LoadCredential=" + name + ":PATH to the systemd unit";
        var directory = environment.get("CREDENTIALS_DIRECTORY");
        if (directory == null || directory.isEmpty()) {
            throw new Missing("no credential " + name + ": CREDENTIALS_DIRECTORY is not set; " + remedy
                    + "; by hand, as the unit's user: env CREDENTIALS_DIRECTORY=/etc/backhaul/credentials backhaul …");
        }
        return content(Path.of(directory, name), "credential " + name, remedy);
    }

    private static String content(Path file, String what, String remedy) throws Missing {
        try {
            return Files.readString(file).replaceFirst("\\r?\\n\\z", "");
        } catch (IOException e) {
            // Its own text is often the bare path: reason() says what is the matter with it.
            throw new Missing("cannot read " + what + " (" + reason(file, e) + "); " + remedy);
        }
    }

    private static String reason(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file: " + file;
        }
        if (e instanceof CharacterCodingException) {
            return "not UTF-8 text: " + file;
        }
        return (Files.isDirectory(file) ? "a directory: " : "not readable: ") + file;
    }

    private static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        private Missing(String text) {
            super(text);
        }
    }
}
