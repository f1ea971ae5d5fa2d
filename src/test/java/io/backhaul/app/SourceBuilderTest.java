package io.backhaul.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.config.ConfigFile;
import io.backhaul.provider.CallObserver;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.ScriptedCloud;
import io.backhaul.provider.ScriptedCloud.Reply;
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

    private final ScriptedCloud scripted = ScriptedCloud.start();

    @BeforeEach
    void start() {
        cloud.start();
        cloud.iam().addUser("backhaul", "s3cret", "acme");
        cloud.ges().add(GesGraph.running("g1", "roads"));
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
        scripted.close();
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
        assertThat(instancesOf(file)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({"acs3, ACS3-HMAC-SHA256 Credential=AK1", "rpc, ''"})
    void anOceanBaseSourceSignsAsItIsTold(String signature, String authorization) throws IOException {
        var file = Files.writeString(folder.resolve("backhaul.yaml"), """
                state-dir: state
                archives: [{name: nas, type: filesystem, directory: archive}]
                sources:
                  - name: prod
                    provider: aliyun-oceanbase
                    endpoint: %s
                    signature: %s
                    credentials: {access-key: AK1, secret-key: SK1}
                """.formatted(scripted.endpoint(), signature));
        scripted.then(Reply.json("{\"TotalCount\":1,\"Instances\":[{\"InstanceId\":\"ob1\",\"State\":\"ONLINE\"}]}"));

        assertThat(instancesOf(file)).isEqualTo(1);
        var asked = scripted.received().getFirst();
        assertThat(asked.header("Authorization")).startsWith(authorization);
        assertThat(asked.target().contains("SignatureMethod=HMAC-SHA1")).isEqualTo(signature.equals("rpc"));
    }

    private int instancesOf(Path file) throws IOException {
        var config = ConfigFile.read(file, Map.of(), cron -> Optional.empty());
        assertThat(Availability.faults(config)).isEmpty();
        var runtime = ProviderRuntime.of(clock, System::nanoTime, "test");
        var builder = new SourceBuilder(
                runtime,
                ArchiveBuilder.build(config.archives(), "test", name -> false),
                source -> CallObserver.NONE,
                config.transfer());
        try (var asked = builder.build(config.sources().getFirst()).provider()) {
            return ((InstancesOutcome.Listed) asked.instances()).instances().size();
        }
    }
}
