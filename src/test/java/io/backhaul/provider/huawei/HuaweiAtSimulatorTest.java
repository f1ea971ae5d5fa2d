package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.Provider;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.GesAccount.ExpiryStyle;
import io.backhaul.simulator.GesBackup;
import io.backhaul.simulator.GesGraph;
import io.backhaul.simulator.LinkFamily;
import io.backhaul.simulator.Operation;
import io.backhaul.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our clients from list to link at the simulator, whatever they prove themselves with. */
class HuaweiAtSimulatorTest {
    private static final String PROJECT = "0123456789abcdef0123456789abcdef";
    private static final HuaweiProject KNOWN = new HuaweiProject.Known(PROJECT);
    private static final HuaweiProject OF_REGION = new HuaweiProject.OfRegion("cn-north-4");
    private static final HuaweiCredential KEY = new HuaweiCredential.Signing(AccessKey.permanent("AK1", "SK1"));
    private static final IamUser USER = new IamUser("backhaul", "s3cret", "acme");

    private final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
    private final SimulatedCloud cloud = new SimulatedCloud(CloudSettings.of("AK1", "SK1", PROJECT, clock));

    @BeforeEach
    void start() {
        cloud.start();
        cloud.iam().addUser("backhaul", "s3cret", "acme");
        cloud.dcs().add(DcsInstance.masterStandby("i1", "orders", "5.0", 4));
        cloud.dcs().add("i1", DcsBackup.single("b1", clock.instant(), Content.text("redis")));
        cloud.ges().add(GesGraph.running("g1", "roads"));
        cloud.ges().add("g1", GesBackup.of("gb1", clock.instant(), List.of(BackupFile.of("f", Content.text("graph")))));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void everyCredentialAndScopeOpensBothServices(boolean withKey, boolean isKnown) {
        var settings = settings(withKey ? KEY : USER, isKnown ? KNOWN : OF_REGION);
        try (var dcs = new HuaweiDcs(settings, runtime());
                var ges = new HuaweiGes(settings, runtime())) {
            assertThat(linksOf(dcs, "i1", "b1")).isInstanceOf(LinksOutcome.Granted.class);
            assertThat(linksOf(ges, "g1", "gb1")).isInstanceOf(LinksOutcome.Granted.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V2, OFFSET, URL",
        "OBS, OFFSET_AND_LONG_DAY, URL",
        "V4, UTC, URL",
        "V4, NO_ZONE, URL",
        "OBS, NONE, URL",
    })
    void anExpiryIsTheHourWhateverTheForms(LinkFamily family, ExpiryStyle style, Origin origin) {
        cloud.issueLinksAs(family);
        cloud.ges().writeExpiriesAs(style);
        assertThat(expiry()).isEqualTo(new Expiry(clock.instant().plusSeconds(3600), origin));
    }

    @ParameterizedTest
    @CsvSource({"OFFSET, API", "OFFSET_AND_LONG_DAY, API", "UTC, API", "NO_ZONE, API", "NONE, POLICY"})
    void whereALinkIsOpaqueTheFieldCounts(ExpiryStyle style, Origin origin) {
        cloud.faults().inject(Fault.LINKS_OPAQUE, FaultTarget.operation(Operation.GES_LINKS), 1);
        cloud.ges().writeExpiriesAs(style);
        assertThat(expiry()).isEqualTo(new Expiry(clock.instant().plusSeconds(3600), origin));
    }

    @Test
    void aVanishedBackupIsGone() {
        try (var ges = new HuaweiGes(settings(KEY, KNOWN), runtime())) {
            cloud.faults().inject(Fault.BACKUP_LOST, FaultTarget.operation(Operation.GES_LINKS), 1);
            assertThat(linksOf(ges, "g1", "gb1")).isInstanceOf(Gone.class);
        }
    }

    @Test
    void tokensThatEndEarlyCostNoListing() {
        try (var ges = new HuaweiGes(settings(USER, OF_REGION), runtime())) {
            ges.instances();
            cloud.iam().endTokens();
            assertThat(ges.instances()).isInstanceOf(InstancesOutcome.Listed.class);
            assertThat(cloud.journal().requests(FaultTarget.operation(Operation.IAM_TOKENS)))
                    .hasSize(2);
        }
    }

    @Test
    void aWrongPasswordNeverLocksTheUser() {
        try (var ges = new HuaweiGes(settings(new IamUser("backhaul", "wrong", "acme"), KNOWN), runtime())) {
            for (var minute = 0; minute < 20; minute++) {
                assertThat(ges.instances()).isInstanceOf(Denied.class);
                clock.advance(Duration.ofMinutes(1));
            }
        }
        assertThat(cloud.journal().requests(FaultTarget.operation(Operation.IAM_TOKENS)))
                .hasSize(4);
    }

    @Test
    void aWrongRegionAndAWrongProjectAreNamed() {
        try (var region = new HuaweiGes(settings(KEY, new HuaweiProject.OfRegion("mars")), runtime());
                var project = new HuaweiGes(settings(KEY, new HuaweiProject.Known("nobodys")), runtime())) {
            assertThat(((Refused) region.instances()).explained()).contains("region=mars", "operator: correct region");
            assertThat(((Refused) project.instances()).reason()).contains("GES.0016");
        }
    }

    private Expiry expiry() {
        try (var ges = new HuaweiGes(settings(KEY, KNOWN), runtime())) {
            var granted = (LinksOutcome.Granted) linksOf(ges, "g1", "gb1");
            return granted.grant().files().getFirst().expiry();
        }
    }

    private static LinksOutcome linksOf(Provider provider, String instance, String backup) {
        var listed = (InstancesOutcome.Listed) provider.instances();
        var backups =
                (BackupsOutcome.Listed) provider.backups(listed.instances().getFirst());
        assertThat(backups.backups())
                .singleElement()
                .satisfies(one -> assertThat(one.id().value()).isEqualTo(backup));
        return provider.links(new InstanceId(instance), new BackupId(backup), Duration.ofHours(1));
    }

    private HuaweiSettings settings(HuaweiCredential credential, HuaweiProject project) {
        return new HuaweiSettings(
                new SourceName("prod"),
                cloud.endpoint(),
                project,
                credential,
                cloud.endpoint(),
                new InstanceSelection.All(),
                Duration.ofDays(7));
    }

    private ProviderRuntime runtime() {
        return ProviderRuntime.of(clock, System::nanoTime, "test");
    }
}
