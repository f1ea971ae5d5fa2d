package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.Grant;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SignedUrl;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Unavailable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links of a graph's backup, and when they die: huawei.md 2.2. All are issued at noon, UTC. */
class HuaweiGesLinksTest {
    private static final String OPAQUE = "https://obs.domainname.com/rdsbucket.username.1/k?token";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant ONE = NOON.plusSeconds(3600);

    private final Ges ges = Ges.withKey();

    @AfterEach
    void stop() throws IOException {
        ges.close();
    }

    @Test
    void everyFileGetsItsLinkAndNoSize() {
        var first = "https://obs.x.com:443/b/a%20b?AccessKeyId=LINKSECRET04&Expires=" + ONE.getEpochSecond()
                + "&Signature=x%3D";
        ges.then(Ges.files(
                Ges.file("a b", first, "2026-11-21T21:00:00+0800"), Ges.file("c", OPAQUE, "2026-11-21T20:30:00+0800")));
        assertThat(ges.links())
                .isEqualTo(new LinksOutcome.Granted(new Grant(
                        List.of(
                                new OfferedFile("a b", SignedUrl.of(first), new Expiry(ONE, Origin.URL), null),
                                new OfferedFile(
                                        "c",
                                        SignedUrl.of(OPAQUE),
                                        new Expiry(NOON.plusSeconds(1800), Origin.API),
                                        null)),
                        NOON)));
        var wire = ges.cloud.received().getFirst();
        assertThat(wire.method()).isEqualTo("GET");
        assertThat(wire.target())
                .isEqualTo("/v2/" + Ges.PROJECT + "/graphs/" + Ges.GRAPH + "/backup-files?backup_id=b1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T20:30:00+0800",
                "2026-11-21T20:30:00+08:00",
                "2026-11-021T20:30:00+0800",
                "2026-11-021T12:30:00Z",
                "2026-11-21T12:30:00Z",
                "2026-11-21 12:30:00.000Z",
                "2026-11-21T12:30:00",
                "2026-11-21T20:30:00"
            })
    void everyFormOfTheFieldIsRead(String written) {
        assertThat(expiry(OPAQUE, written)).isEqualTo(new Expiry(NOON.plusSeconds(1800), Origin.API));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "yyyy-mm-ddThh:mm:ssZ",
                "2018-08-016T10:15:14+0800",
                "2026-11-321T12:30:00Z",
                "2026-13-21T12:30:00Z",
                "2026-11-21T12:30:00+9900",
                "2026-11-21T23:30:00",
                "2026-11-22T12:30:00Z",
                "1795264200"
            })
    void nonsenseInTheFieldLeavesTheDocumentedHour(String written) {
        assertThat(expiry(OPAQUE, written)).isEqualTo(new Expiry(ONE, Origin.POLICY));
    }

    @ParameterizedTest
    @CsvSource({
        "12:45:00, 2026-11-21T12:30:00Z, 12:30:00, API",
        "12:30:00, 2026-11-21T12:45:00Z, 12:30:00, URL",
        "12:30:00, 2026-11-21T12:30:00Z, 12:30:00, URL",
        "12:30:00, nonsense, 12:30:00, URL"
    })
    void ofUrlAndFieldTheEarlierCounts(String ofUrl, String field, String expected, Origin origin) {
        var seconds = Instant.parse("2026-11-21T" + ofUrl + "Z").getEpochSecond();
        var link = "https://obs.x.com/b/k?AWSAccessKeyId=AK&Expires=" + seconds + "&Signature=x";
        assertThat(expiry(link, field)).isEqualTo(new Expiry(Instant.parse("2026-11-21T" + expected + "Z"), origin));
    }

    @Test
    void theHourCountsFromTheProvidersNoon() {
        ges.then(Reply.json(
                "{\"files\":[{\"download_link\":\"" + OPAQUE + "\"}]}", "Date: Sat, 21 Nov 2026 14:00:00 GMT"));
        assertThat(ges.links()).isInstanceOfSatisfying(LinksOutcome.Granted.class, granted -> {
            var file = granted.grant().files().getFirst();
            assertThat(file.name()).isEqualTo("k");
            assertThat(file.expiry()).isEqualTo(new Expiry(Instant.parse("2026-11-21T15:00:00Z"), Origin.POLICY));
        });
    }

    @Test
    void aBackupThatGesCallsGoneIsGoneWithoutAskingFurther() {
        ges.then(Dcs.error(400, "GES.7024", "The graph backup does not exist or has been deleted."));
        assertThat(ges.links()).isInstanceOf(Gone.class);
        assertThat(ges.calls).containsExactly("links gone");
    }

    @Test
    void anInternalErrorHidesAVanishedBackupOrPasses() {
        ges.then(Dcs.error(400, "GES.7006", "internal engine error")).then(Ges.backups(1, Ges.backup("b1", "success")));
        assertThat(ges.links()).isInstanceOf(Unavailable.class);
        ges.then(Dcs.error(400, "GES.7006", "internal engine error")).then(Ges.backups(0));
        assertThat(ges.links()).isInstanceOf(Gone.class);
    }

    @Test
    void aGraphThatIsBusyMeansLater() {
        ges.then(Dcs.error(400, "GES.7002", "x")).then(Ges.backups(1, Ges.backup("b1", "success")));
        assertThat(ges.links()).isInstanceOf(Busy.class);
        ges.then(Ges.files());
        assertThat(ges.links()).isInstanceOf(Busy.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"files\":{}}", "[]", "", "{\"files\":[{}]}", "{\"files\":[1]}"})
    void anAnswerWithoutLinksIsNoGrant(String body) {
        ges.then(Reply.json(body));
        assertThat(ges.links()).isInstanceOf(Unavailable.class);
    }

    private Expiry expiry(String link, String written) {
        ges.then(Ges.files(Ges.file("f", link, written)));
        var outcome = ges.links();
        assertThat(outcome).isInstanceOf(LinksOutcome.Granted.class);
        return ((LinksOutcome.Granted) outcome).grant().files().getFirst().expiry();
    }
}
