package io.backhaul.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.schedule.Cron;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code config/examples} to what the reader takes: with the secrets given, each file is a configuration. */
class ExamplesTest {
    private static final Path FOLDER = Path.of("config/examples");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|credential):([^}]+)}");

    @TempDir
    private Path credentials;

    static Stream<Path> examples() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsTakenOnceItsSecretsAreGiven(Path example) throws IOException {
        assertThat(read(example).sources()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsCalledLikeItsProviderAndForm(Path example) throws IOException {
        var source = read(example).sources().getFirst();
        var form = "v2".equals(source.api()) ? "-v2" : "";

        assertThat(example).hasFileName(source.provider().word() + form + ".yaml");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void noExampleHasASecretWrittenIntoIt(Path example) throws IOException {
        var secrets = Files.readAllLines(example).stream()
                .filter(line -> line.matches("\\s*(access-key|secret-key|password|session-token):.*"))
                .toList();

        assertThat(secrets)
                .isNotEmpty()
                .allMatch(line -> REFERENCE.matcher(line).find());
    }

    @Test
    void everyProviderHasAnExampleAndSoHasEveryFormOfIt() throws IOException {
        var sources = new ArrayList<SourceConfig>();
        for (var example : examples().toList()) {
            sources.addAll(read(example).sources());
        }

        assertThat(sources).extracting(SourceConfig::provider).contains(ProviderKind.values());
        assertThat(sources).extracting(SourceConfig::api).contains("2018-04-12", "v2");
        assertThat(sources)
                .extracting(source -> source.credentials().getClass().getSimpleName())
                .contains("AccessKey", "Password");
    }

    /** As an operator would with everything set that the file refers to. */
    private BackhaulConfig read(Path example) throws IOException {
        var environment = new HashMap<String, String>();
        environment.put("CREDENTIALS_DIRECTORY", credentials.toString());
        var reference = REFERENCE.matcher(withoutComments(Files.readAllLines(example)));
        while (reference.find()) {
            if (reference.group(1).equals("env")) {
                environment.put(reference.group(2), "a-secret");
            } else {
                Files.writeString(credentials.resolve(reference.group(2)), "a-secret\n");
            }
        }
        return ConfigFile.read(example, environment, Cron::fault);
    }

    private static String withoutComments(List<String> lines) {
        return String.join(
                "\n",
                lines.stream().filter(line -> !line.strip().startsWith("#")).toList());
    }
}
