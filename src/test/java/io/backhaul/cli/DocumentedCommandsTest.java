package io.backhaul.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command in a block of code of the README and the docs is one that the program takes. */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```\\w*\\n(.*?)^ *```");
    /** Behind a prompt, a change of user and variables; up to a comment, a pipe or a redirection. */
    private static final Pattern COMMAND = Pattern.compile(
            "(?m)^ *(?:\\$ )?(?:sudo +(?:-u +\\S+ +)?|runuser +-u +\\S+ +-- +(?:env +)?)?(?:\\w+=\\S+ +)*"
                    + "(?:\\./|/usr/bin/)?backhaul +([a-z-][^#|>\\n]*)(?=[#|>]|$)");

    static Stream<Arguments> commands() throws IOException {
        var found = new ArrayList<Arguments>();
        for (var page : pages()) {
            BLOCK.matcher(Files.readString(page))
                    .results()
                    .flatMap(block -> COMMAND.matcher(block.group(1)).results())
                    .forEach(command -> found.add(
                            Arguments.of(page.toString(), command.group(1).strip())));
        }
        assertThat(found).hasSizeGreaterThan(8);
        return found.stream();
    }

    private static List<Path> pages() throws IOException {
        try (var docs = Files.list(Path.of("docs"))) {
            var pages = docs.filter(page -> page.toString().endsWith(".md")).toList();
            return Stream.concat(Stream.of(Path.of("README.md")), pages.stream())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("commands")
    void aDocumentedCommandIsTaken(String page, String command) {
        assertThatCode(() -> Cli.parse(command.split(" +", -1))).as(page).doesNotThrowAnyException();
    }
}
