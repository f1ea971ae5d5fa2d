package io.backhaul.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A config file for tests: a text in a folder, and the environment around it. */
final class ConfigText {
    static final String SECRET = "s3cr3t-value";

    private static final String ARCHIVES = """
            archives:
              - {name: nas, type: filesystem, directory: /srv/backups}
            """;

    /** The least that a source needs, without the closing keys. */
    static final String SOURCE = """
            sources:
              - name: prod
                provider: huawei-dcs
                endpoint: https://dcs.example.org
                project-id: 0123456789abcdef0123456789abcdef
                credentials: {access-key: "AK", secret-key: "s3cr3t-value"}
            """;

    static final String MINIMAL = ARCHIVES + SOURCE;

    private final Path file;
    private final Map<String, String> environment = new HashMap<>();

    private ConfigText(Path file) {
        this.file = file;
    }

    static ConfigText in(Path folder, String text) {
        try {
            return new ConfigText(Files.writeString(folder.resolve("backhaul.yaml"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The minimal file with more keys for its source. */
    static ConfigText withSourceKeys(Path folder, String keys) {
        return in(folder, MINIMAL + keys.indent(4));
    }

    /** A file with one tencent source, and nothing optional in it but the given keys. */
    static ConfigText withTencentKeys(Path folder, String keys) {
        return in(folder, ARCHIVES + """
                sources:
                  - name: prod
                    provider: tencent-crs
                    endpoint: https://redis.example.org
                    credentials: {access-key: "AK", secret-key: "s3cr3t-value"}
                """ + keys.indent(4));
    }

    ConfigText env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    BackhaulConfig read() {
        return ConfigFile.read(file, environment, ConfigText::cron);
    }

    BackhaulConfig readForCatalog() {
        return ConfigFile.readForCatalog(file, environment, ConfigText::cron);
    }

    AdminConfig readForHealth() {
        return ConfigFile.readForHealth(file, environment, ConfigText::cron);
    }

    SourceConfig readSource() {
        return read().sources().getFirst();
    }

    /** What reading says, from the second line on. */
    String problems() {
        var thrown = catchThrowableOfType(ConfigException.class, this::read);
        if (thrown == null) {
            return "";
        }
        return String.valueOf(thrown.getMessage()).replace(file.toString(), "backhaul.yaml");
    }

    /** Stands in for Quartz: six or seven fields. */
    private static Optional<String> cron(String expression) {
        var fields = expression.split(" ").length;
        return fields == 6 || fields == 7 ? Optional.empty() : Optional.of("found " + fields + " fields");
    }
}
