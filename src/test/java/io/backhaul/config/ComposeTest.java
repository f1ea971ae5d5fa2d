package io.backhaul.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.schedule.Cron;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds {@code Dockerfile}, {@code .dockerignore} and {@code config/compose} to each other and to what the reader takes. */
class ComposeTest {
    private static final Path FOLDER = Path.of("config/compose");
    private static final Path CONFIGURATION = Path.of("/etc/backhaul/backhaul.yaml");

    private final JsonNode compose = yaml(FOLDER.resolve("compose.yaml"));
    private final JsonNode daemon = compose.at("/services/backhaul");
    private final String dockerfile = Files.readString(Path.of("Dockerfile"));

    @TempDir
    private Path secrets;

    /** {@code source:target} or {@code source:target:ro} of a service; a source may hold {@code ${NAME:-default}}. */
    private record Mount(String source, Path target) {
        private static final Pattern WRITTEN = Pattern.compile("(\\$\\{[^}]+}|[^:]+):([^:]+)(:ro)?");

        static Mount of(JsonNode volume) {
            var matcher = WRITTEN.matcher(volume.asString());
            assertThat(matcher.matches()).as(volume.asString()).isTrue();
            return new Mount(matcher.group(1), Path.of(matcher.group(2)));
        }
    }

    ComposeTest() throws IOException {}

    @Test
    void theConfigurationIsTakenOnceTheSecretsAreThere() throws IOException {
        var config = configuration();

        assertThat(config.sources()).hasSize(1);
        assertThat(config.stateDir()).isEqualTo(Path.of("/var/lib/backhaul"));
    }

    @Test
    void everySecretThatTheConfigurationReadsIsGivenToTheDaemonAndNoOther() throws IOException {
        var text = Files.readString(FOLDER.resolve("backhaul.yaml"));
        var read = all(text, "\\$\\{file:/run/secrets/([^}]+)}");

        assertThat(strings(daemon.get("secrets"))).containsExactlyInAnyOrderElementsOf(read);
        assertThat(compose.get("secrets").propertyNames()).containsExactlyInAnyOrderElementsOf(read);
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains(FOLDER + "/secrets/");
        assertThat(text).doesNotContain("${env:");
    }

    @Test
    void theVolumesOfTheImageAreMountedAndEverythingThatIsKeptIsInOneOfThem() throws IOException {
        var mounts = mounts(daemon);
        var volumes = all(line("VOLUME"), "\"([^\"]+)\"").stream().map(Path::of).toList();
        var config = configuration();

        assertThat(mounts).extracting(Mount::target).containsAll(volumes).contains(CONFIGURATION);
        assertThat(volumes).contains(config.stateDir());
        assertThat(config.archives())
                .allSatisfy(archive -> assertThat(volumes).contains(((ArchiveConfig.Filesystem) archive).directory()));
    }

    @Test
    void whatIsMountedFromBesideTheFileIsThere() {
        var besides = compose.get("services")
                .valueStream()
                .flatMap(service -> mounts(service).stream())
                .map(Mount::source)
                .filter(source -> source.startsWith("./"))
                .toList();

        assertThat(besides)
                .isNotEmpty()
                .allSatisfy(source -> assertThat(FOLDER.resolve(source)).isRegularFile());
    }

    @Test
    void namedVolumesAreDeclaredAndUsed() {
        var used = compose.get("services")
                .valueStream()
                .flatMap(service -> mounts(service).stream())
                .map(Mount::source)
                .filter(source -> source.matches("[a-z]+"))
                .toList();

        assertThat(compose.get("volumes").propertyNames()).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void theDaemonListensWhereTheImageAndComposeSayAndPrometheusAsksThere() throws IOException {
        var admin = configuration().admin();
        var port = String.valueOf(admin.port());
        var targets = strings(yaml(FOLDER.resolve("prometheus.yml")).at("/scrape_configs/0/static_configs/0/targets"));

        assertThat(admin.host()).isEqualTo("0.0.0.0");
        assertThat(line("EXPOSE")).isEqualTo("EXPOSE " + port);
        assertThat(strings(daemon.get("ports"))).containsExactly("127.0.0.1:" + port + ":" + port);
        assertThat(targets).containsExactly("backhaul:" + port);
    }

    @Test
    void theDaemonAsksTheDatabaseThatIsBesideIt() throws IOException {
        var database = compose.at("/services/database");
        var environment = database.get("environment");
        var config = requireNonNull(configuration().database());

        assertThat(config.url())
                .isEqualTo("jdbc:postgresql://database/"
                        + environment.get("POSTGRES_DB").asString());
        assertThat(config.user()).isEqualTo(environment.get("POSTGRES_USER").asString());
        assertThat(environment.get("POSTGRES_PASSWORD_FILE").asString()).isEqualTo("/run/secrets/database-password");
        assertThat(strings(database.get("secrets"))).containsExactly("database-password");
    }

    @Test
    void theDaemonCanWriteNothingElseAndIsNobodySpecial() {
        assertThat(daemon.get("read_only").asBoolean()).isTrue();
        assertThat(strings(daemon.get("tmpfs"))).containsExactly("/tmp:size=64m");
        assertThat(strings(daemon.get("cap_drop"))).containsExactly("ALL");
        assertThat(line("USER 1")).isEqualTo("USER 10001:10001");
    }

    @Test
    void whatTheImageIsBuiltFromIsInTheCheckoutAndInTheContextOfTheBuild() throws IOException {
        var sources = all(dockerfile, "(?m)^COPY (?!--from)(?:--\\S+ )*(.+) \\S+$").stream()
                .flatMap(words -> Stream.of(words.split(" ")))
                .toList();
        var context = Files.readAllLines(Path.of(".dockerignore"));

        assertThat(sources).contains("pom.xml", "src/main").allSatisfy(source -> {
            assertThat(Path.of(source)).exists();
            assertThat(context).contains("!" + source);
        });
        assertThat(context).contains("*").endsWith(FOLDER + "/secrets");
    }

    /** As the daemon would read it in its container. */
    private BackhaulConfig configuration() throws IOException {
        var text = Files.readString(FOLDER.resolve("backhaul.yaml")).replace("/run/secrets", secrets.toString());
        for (var secret : compose.get("secrets").propertyNames()) {
            Files.writeString(secrets.resolve(secret), "a-secret\n");
        }
        return ConfigFile.read(Files.writeString(secrets.resolve("backhaul.yaml"), text), Map.of(), Cron::fault);
    }

    private String line(String beginning) {
        return dockerfile
                .lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private static List<Mount> mounts(JsonNode service) {
        return service.get("volumes").valueStream().map(Mount::of).toList();
    }

    private static List<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /** The first group of each match. */
    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static JsonNode yaml(Path file) {
        return new YAMLMapper().readTree(file);
    }
}
