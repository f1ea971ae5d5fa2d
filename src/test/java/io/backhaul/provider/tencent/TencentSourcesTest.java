package io.backhaul.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.backhaul.ManualClock;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import io.backhaul.config.Network;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.Provider;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.Setback;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.CrsBackup;
import io.backhaul.simulator.CrsInstance;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.Operation;
import io.backhaul.simulator.SimulatedCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both sources at the simulated cloud: from a list to the bytes behind a link. */
class TencentSourcesTest {
    private static final String CLUSTER = "crs-cccccccc";
    private static final String STANDARD = "crs-ssssssss";
    private static final AccessKey KEY = AccessKey.temporary("AKIDSECRET", "KEYSECRET/+", "TOKENSECRET/+=");

    private final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
    private final Instant made = clock.instant().minus(Duration.ofDays(2));
    private final AtomicLong nanos = new AtomicLong();
    private final SimulatedCloud cloud =
            new SimulatedCloud(CloudSettings.of("AKIDSECRET", "KEYSECRET/+", "unused", clock)
                    .withSecurityToken("TOKENSECRET/+=")
                    .withRegion("ap-guangzhou"));

    @BeforeEach
    void start() {
        cloud.start();
        cloud.crs().add(CrsInstance.cluster(CLUSTER, "sessions", 2, 8192));
        cloud.crs().add(CrsInstance.standard(STANDARD, "orders", 1024));
        cloud.crs().add(CLUSTER, CrsBackup.of("c1", made, List.of(file("123456789"), file("two"))));
        cloud.crs()
                .add(STANDARD, CrsBackup.of("s1", made, List.of(file("three"))).encryptedWith("kms-1"));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void theNewerApiLeadsFromListToBytes() throws Exception {
        var source = newer(KEY, Network.PUBLIC);

        assertThat(instances(source)).extracting(one -> one.id().value()).containsExactly(CLUSTER, STANDARD);
        assertThat(backups(source, CLUSTER))
                .extracting(ListedBackup::createdAt, ListedBackup::expiresAt)
                .containsExactly(tuple(made, made.plus(Duration.ofDays(7))));
        var files = files(source, CLUSTER, "c1");

        assertThat(files).extracting(OfferedFile::name).containsExactly("123456789.rdb", "two.rdb");
        assertThat(files.getFirst().expiry())
                .isEqualTo(new Expiry(clock.instant().plus(Duration.ofMinutes(361)), Origin.URL));
        assertThat(files.getFirst().size()).isEqualTo(new ByteCount(9));
        var whole = fetched(files.getFirst());
        assertThat(whole.body()).isEqualTo("123456789");
        assertThat(whole.headers().firstValue("x-cos-hash-crc64ecma")).hasValue("11051210869376104954");
        var part = fetched(files.getFirst(), "Range", "bytes=3-");
        assertThat(part.statusCode() + part.body()).isEqualTo("206456789");
        assertThat(part.headers().firstValue("x-cos-hash-crc64ecma")).hasValue("11051210869376104954");
    }

    @Test
    void theInnerLinkSaysItsExpiryInItsOlderForm() throws Exception {
        var file = files(newer(KEY, Network.INTERNAL), CLUSTER, "c1").getLast();

        assertThat(file.link().rawQuery()).startsWith("sign=");
        assertThat(file.expiry()).isEqualTo(new Expiry(clock.instant().plus(Duration.ofMinutes(361)), Origin.URL));
        assertThat(fetched(file).body()).isEqualTo("two");
    }

    @Test
    void aLinkIsDeadAfterItsTimeAndSaysSoInXml() throws Exception {
        var file = files(newer(KEY, Network.PUBLIC), CLUSTER, "c1").getFirst();
        clock.advance(Duration.ofMinutes(361));

        var refused = fetched(file);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("<Code>AccessDenied</Code>", "<Message>Request has expired<", "<TraceId>");
    }

    @Test
    void theKeysIdOfAnEncryptedBackupIsGivenAndTheKeyIsNot() {
        var backup = backups(newer(KEY, Network.PUBLIC), STANDARD).getFirst();

        assertThat(backup.readiness()).isEqualTo(ListedBackup.Readiness.READY);
        assertThat(backup.given())
                .containsEntry("KmsKeyId", "kms-1")
                .containsEntry("KeyAlgorithm", "AES-256-CBC")
                .doesNotContainValue("the-key-that-nobody-may-keep");
    }

    @ParameterizedTest
    @CsvSource({"-PT20M", "PT20M"})
    void aClockThatIsWrongIsSetRightByTheFirstRefusal(Duration ahead) {
        cloud.setClockAheadBy(ahead);

        assertThat(instances(newer(KEY, Network.PUBLIC))).hasSize(2);
        assertThat(instances(older(KEY))).hasSize(2);
    }

    @Test
    void aListOfManyWindowsAndPagesIsReadWhole() {
        for (var i = 0; i < 250; i++) {
            var at = clock.instant().minus(Duration.ofHours(7L * i + 1));
            cloud.crs().add(CLUSTER, CrsBackup.of("b" + i, at, List.of(file("x"))));
        }

        assertThat(backups(newer(KEY, Network.PUBLIC, Duration.ofDays(80)), CLUSTER))
                .hasSize(251);
        assertThat(backups(older(KEY), CLUSTER)).hasSize(251);
    }

    @Test
    void aRepeatedPageIsNoticedByEitherApi() {
        for (var i = 0; i < 150; i++) {
            cloud.crs().add(CLUSTER, CrsBackup.of("b" + i, made.minusSeconds(i), List.of(file("x"))));
        }
        for (var source : List.of(newer(KEY, Network.PUBLIC), older(KEY))) {
            cloud.faults().inject(Fault.PAGE_REPEATED, FaultTarget.operation(Operation.CRS_BACKUPS), 30);
            var listed = (BackupsOutcome.Listed) source.backups(instance(CLUSTER));
            assertThat(listed.coverage()).isInstanceOf(Coverage.Partial.class);
            cloud.faults().clear();
            assertThat(backups(source, CLUSTER)).hasSize(151);
        }
    }

    @Test
    void whoHasTheWrongKeyTokenOrRegionIsTold() {
        var wrong = AccessKey.temporary("AKIDSECRET", "other", "TOKENSECRET/+=");
        assertThat(newer(wrong, Network.PUBLIC).instances()).isInstanceOf(Setback.Denied.class);
        assertThat(older(wrong).instances()).isInstanceOf(Setback.Denied.class);

        var stranger = AccessKey.temporary("AKIDOTHER", "KEYSECRET/+", "TOKENSECRET/+=");
        assertThat(reason(newer(stranger, Network.PUBLIC).instances())).contains("SecretIdNotFound");
        assertThat(reason(older(stranger).instances())).contains("4104");

        var tokenless = AccessKey.permanent("AKIDSECRET", "KEYSECRET/+");
        assertThat(reason(newer(tokenless, Network.PUBLIC).instances())).contains("TokenFailure");
        assertThat(reason(older(tokenless).instances())).contains("4105");

        assertThat(reason(
                        source(KEY, Network.PUBLIC, Duration.ofDays(7), "mars").instances()))
                .contains("UnsupportedRegion");
    }

    @Test
    void anotherRegionIsEmptyAndNoRefusal() {
        assertThat(instances(source(KEY, Network.PUBLIC, Duration.ofDays(7), "ap-tokyo")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, Throttled", "UNAVAILABLE, Unavailable", "INTERNAL_ERROR, Unavailable", "HTML_502, Unavailable",
        "HTML_PAGE_WITH_200, Unavailable", "XML_ERROR_WITH_200, Unavailable", "NO_ANSWER, Unavailable",
                "BACKUP_LOST, Gone"
    })
    void troubleOnOrderIsTheSetbackThatItMeans(Fault fault, String expected) {
        for (var source : List.of(newer(KEY, Network.PUBLIC), older(KEY))) {
            cloud.faults().inject(fault, FaultTarget.operation(Operation.CRS_LINKS), fault == Fault.NO_ANSWER ? 2 : 1);
            var backup = fault == Fault.BACKUP_LOST && source instanceof TencentCrsV2 ? "s2" : "s1";
            if (backup.equals("s2")) {
                cloud.crs().add(STANDARD, CrsBackup.of("s2", made, List.of(file("x"))));
            }
            assertThat(links(source, STANDARD, backup).getClass().getSimpleName())
                    .isEqualTo(expected);
            cloud.faults().clear();
        }
    }

    @Test
    void aTokenIsSentByteForByteAndAnyOtherSpellingIsRefused() throws Exception {
        var file = files(older(KEY), STANDARD, "s1").getFirst();

        assertThat(file.name()).isEqualTo("dump.rdb");
        assertThat(file.expiry()).isEqualTo(new Expiry(clock.instant().plus(Duration.ofHours(12)), Origin.POLICY));
        assertThat(file.link().rawQuery()).contains("+", "/", "=");
        assertThat(fetched(file).body()).isEqualTo("three");
        assertThat(fetched(URI.create(file.link().reveal().replace("+", "%2B"))).statusCode())
                .isEqualTo(403);
        clock.advance(Duration.ofHours(12));
        assertThat(fetched(file).body()).startsWith("<html>");
        assertThat(cloud.journal().requests().toString())
                .doesNotContain(file.link().rawQuery().substring(0, 12));
    }

    @Test
    void aClustersBackupComesThroughAnExport() throws Exception {
        var source = older(KEY);

        assertThat(links(source, CLUSTER, "c1")).isInstanceOf(LinksOutcome.Preparing.class);
        assertThat(links(source, CLUSTER, "c1")).isInstanceOf(LinksOutcome.Preparing.class);
        clock.advance(Duration.ofMinutes(1));
        assertThat(fetched(files(source, CLUSTER, "c1").getFirst()).body()).isEqualTo("123456789");
        assertThat(cloud.journal().requests(FaultTarget.operation(Operation.CRS_EXPORT)))
                .hasSize(1);
    }

    @Test
    void theOlderApisRequestsHoldNothingInTheirUrl() {
        instances(older(KEY));

        assertThat(cloud.journal().requests().getLast().queryNames()).isEmpty();
    }

    private Provider newer(AccessKey key, Network network) {
        return newer(key, network, Duration.ofDays(7));
    }

    private Provider newer(AccessKey key, Network network, Duration hint) {
        return source(key, network, hint, "ap-guangzhou");
    }

    private Provider source(AccessKey key, Network network, Duration hint, String region) {
        return new TencentCrs(settings(key, network, hint, region), runtime());
    }

    private Provider older(AccessKey key) {
        return new TencentCrsV2(settings(key, Network.PUBLIC, Duration.ofDays(7), "ap-guangzhou"), runtime());
    }

    private TencentCrsSettings settings(AccessKey key, Network network, Duration hint, String region) {
        return new TencentCrsSettings(
                new SourceName("redis"), cloud.endpoint(), region, key, new InstanceSelection.All(), network, hint);
    }

    /** A gate and limits of its own; the limiter sees a second go by with each call. */
    private ProviderRuntime runtime() {
        return ProviderRuntime.of(clock, nanos::get, "1.2.3")
                .watchedBy((operation, outcome, took) -> nanos.addAndGet(1_000_000_000L));
    }

    private static List<Instance> instances(Provider source) {
        assertThat(source.instances()).isInstanceOf(InstancesOutcome.Listed.class);
        return ((InstancesOutcome.Listed) source.instances()).instances();
    }

    private static List<ListedBackup> backups(Provider source, String instance) {
        var listed = (BackupsOutcome.Listed) source.backups(instance(instance));
        assertThat(listed.coverage()).isEqualTo(new Coverage.Complete());
        return listed.backups();
    }

    private static LinksOutcome links(Provider source, String instance, String backup) {
        return source.links(new InstanceId(instance), new BackupId(backup), Duration.ofMinutes(30));
    }

    private static List<OfferedFile> files(Provider source, String instance, String backup) {
        var outcome = links(source, instance, backup);
        assertThat(outcome).isInstanceOf(LinksOutcome.Granted.class);
        return ((LinksOutcome.Granted) outcome).grant().files();
    }

    private static String reason(Object outcome) {
        return ((Setback) outcome).reason();
    }

    private static Instance instance(String id) {
        return new Instance(new InstanceId(id), "", Map.of());
    }

    private static BackupFile file(String word) {
        return BackupFile.of(word + ".rdb", Content.text(word));
    }

    private static HttpResponse<String> fetched(OfferedFile file, String... headers)
            throws IOException, InterruptedException {
        return fetched(URI.create(file.link().reveal()), headers);
    }

    private static HttpResponse<String> fetched(URI link, String... headers) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(link);
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
