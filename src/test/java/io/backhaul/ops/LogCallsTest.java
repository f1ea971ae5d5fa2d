package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line that the product can log says what happened and then its fields, and docs/logs.md has every field. */
class LogCallsTest {
    private static final Path SOURCES = Path.of("src/main/java/io/backhaul");
    /** The demo's clouds are no product. */
    private static final Path SIMULATOR = SOURCES.resolve("simulator");

    private static final Pattern CALL = Pattern.compile(
            "\\blog\\s*\\.(?:(?:info|warn|error)|atLevel\\([^;]*?\\)\\s*\\.log)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern FORM = Pattern.compile("[^{}=]*[^{}= .:](?: \\w+=\\{\\})*");
    private static final Pattern FIELD = Pattern.compile("(\\w+)=\\{\\}");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    @Test
    void everyLineIsAnEventAndThenItsFields() throws IOException {
        assertThat(texts())
                .hasSizeGreaterThan(40)
                .allMatch(text -> FORM.matcher(text).matches());
    }

    @Test
    void everyFieldIsDocumentedAndNoneIsCalledLikeThoseOfEveryLine() throws IOException {
        var used = found(FIELD, String.join("\n", texts()));
        assertThat(used).doesNotContainAnyElementsOf(JsonLines.OWN);

        var expected = new TreeSet<>(used);
        expected.addAll(JsonLines.OWN);
        // said in a sentence of its own
        expected.remove("error");
        expected.addAll(Set.of("repeated", "INFO", "WARN", "ERROR"));
        assertThat(found(DOCUMENTED, Files.readString(Path.of("docs/logs.md")))).isEqualTo(expected);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return new TreeSet<>(
                pattern.matcher(text).results().map(found -> found.group(1)).toList());
    }

    private static List<String> texts() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.startsWith(SIMULATOR))
                    .map(LogCallsTest::read)
                    .flatMap(source -> CALL.matcher(source).results())
                    .map(call -> call.group(1))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
