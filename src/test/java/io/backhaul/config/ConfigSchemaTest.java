package io.backhaul.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds {@code config/backhaul.schema.json} equal to the definitions. To write it anew:
 * {@code mvn -q test -Dtest=ConfigSchemaTest -Dregenerate=true}
 */
class ConfigSchemaTest {
    private static final Path FILE = Path.of("config/backhaul.schema.json");

    @Test
    void theFileIsWhatTheDefinitionsSay() throws IOException {
        var generated = generated();
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(FILE, generated);
        }

        assertThat(Files.readString(FILE))
                .as("regenerate with: mvn -q test -Dtest=ConfigSchemaTest -Dregenerate=true")
                .isEqualTo(generated);
    }

    @Test
    void theSchemaIsOne() throws IOException {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(Files.readString(FILE), InputFormat.JSON)).isEmpty();
    }

    @Test
    void theExamplesConform() throws IOException {
        assertThat(faults(Files.readString(Path.of("config/backhaul.yaml")))).isEmpty();
        for (var example : ExamplesTest.examples().toList()) {
            assertThat(faults(Files.readString(example))).as(example.toString()).isEmpty();
        }
    }

    @Test
    void whatTheReaderTakesTheSchemaTakes() throws IOException {
        assertThat(faults("admin:\ntransfer: {segments: \"${env:N}\"}\n" + ConfigText.MINIMAL))
                .isEmpty();
    }

    @Test
    void whatTheReaderRefusesTheSchemaRefuses() throws IOException {
        for (var line : List.of(
                "rpo: 30",
                "rpo: 1x",
                "api: v2",
                "nonsense: 1",
                "link-validity: 5y",
                "network: internal",
                "archives: []")) {
            assertThat(faults(ConfigText.MINIMAL + "    " + line + "\n"))
                    .as(line)
                    .isNotEmpty();
        }
        assertThat(faults("transfer: {segments: 33}\n" + ConfigText.MINIMAL)).isNotEmpty();
        assertThat(faults(ConfigText.MINIMAL.replace("huawei-dcs", "tencent-crs")))
                .isNotEmpty();
        assertThat(faults(ConfigText.MINIMAL.replace("secret-key", "user"))).isNotEmpty();
        assertThat(faults("{}")).isNotEmpty();
    }

    private static List<Error> faults(String yaml) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(FILE))
                .validate(yaml, InputFormat.YAML);
    }

    private static String generated() {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(ConfigSchema.document()) + "\n";
    }
}
