package io.backhaul.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.config.ConfigFile;
import io.backhaul.provider.CallObserver;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.GesGraph;
import io.backhaul.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration names is really asked, with what it proves itself with. */
class SourceBuilderTest {
    private static final String PROJECT = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private final Clock clock = Clock.systemUTC();
    private final SimulatedCloud cloud = new SimulatedCloud(CloudSettings.of("AK1", "SK1", PROJECT, clock));

    @BeforeEach
    void start() {
        cloud.start();
        cloud.iam().addUser("backhaul", "s3cret", "acme");
        cloud.ges().add(GesGraph.running("g1", "roads"));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "huawei-ges | project-id: " + PROJECT + " | {access-key: AK1, secret-key: SK1} | 1",
                "huawei-ges | region: cn-north-4 | {access-key: AK1, secret-key: SK1, iam-endpoint: IAM} | 1",
                "huawei-ges | project-id: " + PROJECT
                        + " | {user: backhaul, password: s3cret, domain: acme, iam-endpoint: IAM} | 1",
                "huawei-dcs | region: cn-north-4 | {user: backhaul, password: s3cret, domain: acme, iam-endpoint: IAM} | 0"
            })
    void aHuaweiSourceListsItsInstances(String provider, String scope, String credentials, int found)
            throws IOException {
        var file = Files.writeString(folder.resolve("backhaul.yaml"), """
                state-dir: state
                archives: [{name: nas, type: filesystem, directory: archive}]
                sources:
                  - name: prod
                    provider: %s
                    endpoint: %s
                    %s
                    credentials: %s
                """.formatted(
                        provider,
                        cloud.endpoint(),
                        scope,
                        credentials.replace("IAM", '"' + cloud.endpoint().toString() + '"')));
        var config = ConfigFile.read(file, Map.of(), cron -> Optional.empty());
        assertThat(Availability.faults(config)).isEmpty();
        var runtime = ProviderRuntime.of(clock, System::nanoTime, "test");
        var builder = new SourceBuilder(
                runtime, ArchiveBuilder.build(config.archives(), "test"), source -> CallObserver.NONE);
        var built = builder.build(config.sources().getFirst());
        try (var asked = built.provider()) {
            assertThat(asked.instances())
                    .isInstanceOfSatisfying(
                            InstancesOutcome.Listed.class,
                            listed -> assertThat(listed.instances()).hasSize(found));
        }
    }
}
