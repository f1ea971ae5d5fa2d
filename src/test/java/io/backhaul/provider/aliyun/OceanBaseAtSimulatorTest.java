package io.backhaul.provider.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import io.backhaul.config.Network;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.Advice;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.LinksOutcome.Granted;
import io.backhaul.provider.LinksOutcome.Preparing;
import io.backhaul.provider.Provider;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.OceanBaseBackup;
import io.backhaul.simulator.OceanBaseForms;
import io.backhaul.simulator.OceanBaseForms.Created;
import io.backhaul.simulator.OceanBaseForms.Renewal;
import io.backhaul.simulator.OceanBaseForms.Repeat;
import io.backhaul.simulator.OceanBaseForms.Running;
import io.backhaul.simulator.OceanBaseForms.Shape;
import io.backhaul.simulator.OceanBaseInstance;
import io.backhaul.simulator.SimulatedCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The source at the simulated cloud: from a list by way of a task to the bytes behind a link. */
class OceanBaseAtSimulatorTest {
    private static final String CLUSTER = "ob317v4uif0001";
    private static final AccessKey KEY = AccessKey.temporary("LTAISECRET", "KEYSECRET", "TOKENSECRET/+=");

    private final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
    private final Instant made = clock.instant().minus(Duration.ofDays(2));
    private final AtomicLong nanos = new AtomicLong();
    private final SimulatedCloud cloud = new SimulatedCloud(CloudSettings.of(KEY.id(), KEY.secret(), "unused", clock)
            .withSecurityToken("TOKENSECRET/+=")
            .withRegion("cn-hangzhou"));

    @BeforeEach
    void start() {
        cloud.start();
        cloud.oceanbase().add(OceanBaseInstance.online(CLUSTER, "orders", 200));
        cloud.oceanbase().add(CLUSTER, OceanBaseBackup.zipped("s1", made, List.of(Content.text("one"))));
        cloud.oceanbase()
                .add(CLUSTER, OceanBaseBackup.zipped("s2", made, List.of(Content.text("a"), Content.text("b"))));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @ParameterizedTest
    @EnumSource
    void aListLeadsToTheFilesByEitherSignature(AliyunSignature signature) throws Exception {
        try (var source = source(signature, Network.PUBLIC)) {
            var instances = (InstancesOutcome.Listed) source.instances();
            assertThat(instances.instances()).extracting(Instance::id).containsExactly(new InstanceId(CLUSTER));
            var sets =
                    (BackupsOutcome.Listed) source.backups(instances.instances().getFirst());
            assertThat(sets.coverage()).isEqualTo(new Coverage.Complete());
            assertThat(sets.backups()).hasSize(2).allSatisfy(set -> {
                assertThat(set.readiness()).isEqualTo(Readiness.READY);
                assertThat(set.createdAt()).isEqualTo(made);
            });

            assertThat(links(source, "s2")).isInstanceOf(Preparing.class);
            assertThat(links(source, "s2")).isInstanceOf(Preparing.class);
            clock.advance(Duration.ofMinutes(1));

            assertThat(contents(links(source, "s2"))).containsExactly("a", "b");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLAT,   LINKS_ARRAY,  WITH_LINKS,    NEW_TASK",
        "NESTED, LINKS_OBJECT, WITHOUT_LINKS, SAME_TASK",
        "UNSAID, LINKS_ARRAY,  WITH_LINKS,    SAME_TASK"
    })
    void everyFormOfAnAnswerIsUnderstood(Created created, Shape shape, Running running, Repeat repeat)
            throws Exception {
        cloud.oceanbase()
                .answerAs(OceanBaseForms.newest()
                        .with(created)
                        .with(shape)
                        .with(running)
                        .with(repeat));
        try (var source = source(AliyunSignature.ACS3, Network.PUBLIC)) {
            assertThat(links(source, "s1")).isInstanceOf(Preparing.class);
            assertThat(links(source, "s1")).isInstanceOf(Preparing.class);
            clock.advance(Duration.ofMinutes(1));

            assertThat(contents(links(source, "s1"))).containsExactly("one");
        }
    }

    @Test
    void theOlderFormOnlyServesTheInternalNetwork() throws Exception {
        cloud.oceanbase().answerAs(OceanBaseForms.older());
        try (var outside = source(AliyunSignature.ACS3, Network.PUBLIC);
                var inside = source(AliyunSignature.ACS3, Network.INTERNAL)) {
            links(outside, "s1");
            clock.advance(Duration.ofMinutes(1));

            assertThat(links(outside, "s1"))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            why -> assertThat(why.advice()).isEqualTo(Advice.noLinkOn("public", "internal")));
            assertThat(contents(links(inside, "s1"))).containsExactly("one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void deadLinksAreRenewedInWhicheverWayTheProviderHasIt(Renewal renewal) throws Exception {
        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(renewal));
        try (var source = source(AliyunSignature.ACS3, Network.PUBLIC)) {
            links(source, "s1");
            clock.advance(Duration.ofMinutes(1));
            var first = (Granted) links(source, "s1");
            assertThat(first.grant().files().getFirst().expiry().origin()).isEqualTo(Origin.URL);
            clock.advance(Duration.ofHours(13));

            if (links(source, "s1") instanceof Preparing) {
                clock.advance(Duration.ofMinutes(1));
            }
            assertThat(contents(links(source, "s1"))).containsExactly("one");
        }
    }

    @Test
    void tasksThatFailAreReplacedThreeTimesAtMost() {
        cloud.oceanbase().failPreparations("s1", 3);
        try (var source = source(AliyunSignature.ACS3, Network.PUBLIC)) {
            for (var task = 0; task < 3; task++) {
                assertThat(links(source, "s1")).isInstanceOf(Preparing.class);
                clock.advance(Duration.ofMinutes(1));
            }
            assertThat(links(source, "s1")).isInstanceOf(Refused.class);
        }
    }

    @Test
    void aSetThatVanishedIsGone() {
        try (var source = source(AliyunSignature.ACS3, Network.PUBLIC)) {
            links(source, "s1");
            cloud.oceanbase().remove("s1");
            clock.advance(Duration.ofMinutes(6));

            assertThat(links(source, "s1")).isInstanceOf(Gone.class);
        }
    }

    private Provider source(AliyunSignature signature, Network network) {
        var settings = new AliyunOceanBaseSettings(
                new SourceName("prod-ob"),
                cloud.endpoint(),
                "cn-hangzhou",
                KEY,
                signature,
                new InstanceSelection.All(),
                network,
                Duration.ofDays(7));
        var runtime = ProviderRuntime.of(clock, nanos::get, "test")
                .watchedBy((operation, outcome, took) -> nanos.addAndGet(1_000_000_000L));
        return new AliyunOceanBase(settings, runtime);
    }

    private static LinksOutcome links(Provider source, String set) {
        return source.links(new InstanceId(CLUSTER), new BackupId(set), Duration.ZERO);
    }

    private static List<String> contents(LinksOutcome outcome) throws IOException, InterruptedException {
        var contents = new ArrayList<String>();
        try (var client = HttpClient.newHttpClient()) {
            for (var file : ((Granted) outcome).grant().files()) {
                var request =
                        HttpRequest.newBuilder(URI.create(file.link().reveal())).build();
                contents.add(client.send(request, BodyHandlers.ofString()).body());
            }
        }
        return contents;
    }
}
