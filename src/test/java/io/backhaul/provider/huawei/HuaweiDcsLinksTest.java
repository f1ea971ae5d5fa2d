package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.CapturedLog;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.CheckResult;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.Grant;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SignedUrl;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.provider.Setback.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuaweiDcsLinksTest {
    private static final BackupId BACKUP = new BackupId("b1");
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final Dcs dcs = new Dcs();
    private final Instant expires = dcs.clock.instant().plusSeconds(1800);

    @AfterEach
    void stop() throws IOException {
        dcs.close();
    }

    @Test
    void everyFileOfABackupGetsItsLinkByteForByte() {
        var first = Dcs.link("b/redis%20a_0-8191.rdb", expires.getEpochSecond());
        var second = Dcs.link("b/redis%20b_8192-16383.rdb", expires.getEpochSecond());
        dcs.then(Dcs.links(first, second));
        var expiry = new Expiry(expires, Origin.URL);
        assertThat(links())
                .isEqualTo(new LinksOutcome.Granted(new Grant(
                        List.of(
                                new OfferedFile("redis_0.rdb", SignedUrl.of(first), expiry, null),
                                new OfferedFile("redis_1.rdb", SignedUrl.of(second), expiry, null)),
                        dcs.clock.instant())));
        var wire = dcs.cloud.received().getFirst();
        assertThat(wire.method()).isEqualTo("POST");
        assertThat(wire.target())
                .isEqualTo("/v2/0123456789abcdef0123456789abcdef/instances/" + Dcs.REDIS + "/backups/b1/links");
        assertThat(wire.body()).isEqualTo("{\"expiration\":1800}");
        assertThat(wire.header("Content-Type")).isEqualTo("application/json");
        assertThat(dcs.calls).containsExactly("links ok");
    }

    @ParameterizedTest
    @CsvSource({"PT1S,300", "PT4M59.999S,300", "PT5M,300", "PT1H0.7S,3600", "PT24H,86400", "P3D,86400"})
    void theValidityIsFittedToWhatTheProviderTakes(Duration asked, long sent) {
        dcs.then(Dcs.links("https://store.example/opaque?token"));
        var grant = grantOf(dcs.source.links(Dcs.REDIS, BACKUP, asked));
        assertThat(dcs.cloud.received().getFirst().body()).isEqualTo("{\"expiration\":" + sent + "}");
        assertThat(grant.files().getFirst().expiry())
                .isEqualTo(new Expiry(dcs.clock.instant().plusSeconds(sent), Origin.POLICY));
    }

    @Test
    void anExpiryByPolicyCountsInTheProvidersTime() {
        dcs.then(Reply.json(
                "{\"links\":[{\"link\":\"https://store.example/dir/dump.rdb?token\"}]}",
                "Date: Sat, 21 Nov 2026 14:00:00 GMT"));
        var grant = grantOf(links());
        assertThat(grant.issuedAt()).isEqualTo("2026-11-21T14:00:00Z");
        assertThat(grant.files().getFirst().expiry().at()).isEqualTo("2026-11-21T14:30:00Z");
        assertThat(grant.files().getFirst().name())
                .as("the link's own, where none is given")
                .isEqualTo("dump.rdb");
        assertThat(dcs.source.clockOffset()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void noLinksYetMeansLater() {
        dcs.then(Reply.json("{\"links\":[]}"));
        assertThat(links()).isInstanceOf(Busy.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"links\":{}}", "{\"links\":null}", "[]", "", "<html>LINKSECRET</html>"})
    void anAnswerWithoutLinksIsNoGrant(String body) {
        dcs.then(Reply.json(body));
        assertThat(links()).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x/SECRET", "/relative?SECRET", "https://b/k?a b SECRET", "https:///SECRET", ""})
    void oneLinkThatIsNoneSpoilsTheGrantAndIsNotRepeated(String link) {
        dcs.then(Dcs.links("https://store.example/ok?SECRET", link));
        assertThat(links())
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        why -> assertThat(why.reason())
                                .startsWith("links instance=" + Dcs.REDIS + " backup=b1: a link is no ")
                                .endsWith(", number 2 of 2")
                                .doesNotContain("SECRET"));
    }

    @Test
    void asManyLinksAsAnAnswerHoldsAreWarnedOf() {
        var link = Dcs.link("k", expires.getEpochSecond());
        dcs.then(Dcs.links(Collections.nCopies(63, link).toArray(String[]::new)))
                .then(Dcs.links(Collections.nCopies(64, link).toArray(String[]::new)));
        try (var log = new CapturedLog()) {
            assertThat(grantOf(links()).files()).hasSize(63);
            assertThat(log.lines()).isEmpty();
            assertThat(grantOf(links()).files()).hasSize(64);
            assertThat(log.lines()).singleElement().asString().startsWith("WARN as many links as an answer can hold");
        }
    }

    @Test
    void asManyLinksAsAnAnswerHoldsAreNotWarnedOfWhenTheirNamesProveThemWhole() {
        dcs.then(shards(IntStream.range(0, 64).mapToObj(i -> 256 * i + "-" + (256 * i + 255))));
        try (var log = new CapturedLog()) {
            assertThat(grantOf(links()).files()).hasSize(64);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void shardsWithAHoleAreNoGrantYet() {
        dcs.then(shards(Stream.of("0-5460", "10923-16383")));
        assertThat(links())
                .isEqualTo(new Unavailable("links instance=" + Dcs.REDIS
                        + " backup=b1: the shards are not whole, 2 files and none with the slots 5461-10922"));
    }

    @Test
    void theManifestSaysWhatTheNamesProve() {
        assertThat(dcs.source.completeness(List.of(shard("0-8191"), shard("8192-16383"))))
                .contains(CheckResult.passed("completeness", "2 files hold the slots 0-16383"));
        assertThat(dcs.source.completeness(List.of(shard("0-8191"))))
                .contains(CheckResult.failed("completeness", "no file holds the slots 8192-16383"));
        assertThat(dcs.source.completeness(List.of("a.rdb", "b.rdb")))
                .contains(CheckResult.unverified("completeness", "the names of the 2 files tell no slots"));
        assertThat(dcs.source.completeness(List.of("20261121170000_redis.rdb"))).isEmpty();
        assertThat(dcs.source.completeness(
                        IntStream.range(0, 64).mapToObj(i -> i + ".rdb").toList()))
                .contains(CheckResult.unverified(
                        "completeness",
                        "as many links came as an answer can hold, 64: the provider may have cut the list"));
    }

    @ParameterizedTest
    @CsvSource({"400,DCS.4031", "404,DCS.9999", "500,DCS.5078", "400,DCS.4026"})
    void aBackupThatItsListingLacksIsGone(int status, String code) {
        dcs.then(Dcs.error(status, code, "Query backup record failed")).then(Reply.of(204, ""));
        assertThat(links())
                .isInstanceOfSatisfying(
                        Gone.class, gone -> assertThat(gone.reason()).contains(code));
        assertThat(dcs.calls).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "deleted"})
    void aBackupThatIsListedAsDeletedIsGone(String status) {
        dcs.then(Dcs.error(500, "DCS.5078", "x")).then(Dcs.backups(1, Dcs.backup("b1", status)));
        assertThat(links()).isInstanceOf(Gone.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, DCS.4031, Unavailable",
        "404, DCS.9999, Unavailable",
        "404, DCS.3022, Unavailable",
        "500, DCS.5078, Unavailable",
        "400, DCS.4096, Busy",
        "400, DCS.4063, Refused"
    })
    void aBackupThatIsStillListedIsTriedAgainUnlessTheRefusalIsClear(int status, String code, String expected) {
        dcs.then(Dcs.error(status, code, "x")).then(Dcs.backups(1, Dcs.backup("b1", "succeed")));
        assertThat(links().getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void aListingThatFailsProvesNothing() {
        dcs.then(Dcs.error(400, "DCS.4031", "x")).then(Dcs.error(500, "DCS.5000", "x"));
        assertThat(links()).isInstanceOf(Unavailable.class);
    }

    @Test
    void anIncompleteListingProvesNothing() {
        dcs.then(Dcs.error(500, "DCS.5078", "x")).then(Dcs.backups(1, "{\"status\":\"succeed\"}"));
        assertThat(links()).isInstanceOf(Unavailable.class);
    }

    @Test
    void aGoneInstanceTakesItsBackupsAlong() {
        dcs.then(Dcs.error(404, "DCS.3022", "x")).then(Dcs.error(404, "DCS.3022", "x"));
        assertThat(links()).isInstanceOf(Gone.class);
    }

    @Test
    void aMissingPermissionIsNotListedAfter() {
        dcs.then(Dcs.error(403, "DCS.2003", "no permission"));
        assertThat(links()).isInstanceOf(Refused.class);
        assertThat(dcs.calls).containsExactly("links refused");
    }

    @Test
    void oddIdsCannotLeaveTheirPlaceInThePath() {
        dcs.then(Dcs.links(Dcs.link("k", expires.getEpochSecond())));
        dcs.source.links(Dcs.REDIS, new BackupId("../../x?y=z#"), HALF_AN_HOUR);
        assertThat(dcs.target(0)).endsWith("/backups/..%2F..%2Fx%3Fy%3Dz%23/links");
    }

    private static String shard(String slots) {
        return "redis_192.168.0.21_6379_" + slots + "_20261121170000.rdb";
    }

    private Reply shards(Stream<String> slots) {
        var link = Dcs.link("k", expires.getEpochSecond());
        return Reply.json(slots.map(range -> "{\"file_name\":\"" + shard(range) + "\",\"link\":\"" + link + "\"}")
                .collect(Collectors.joining(",", "{\"links\":[", "]}")));
    }

    private LinksOutcome links() {
        return dcs.source.links(Dcs.REDIS, BACKUP, HALF_AN_HOUR);
    }

    private static Grant grantOf(LinksOutcome outcome) {
        assertThat(outcome).isInstanceOf(LinksOutcome.Granted.class);
        return ((LinksOutcome.Granted) outcome).grant();
    }
}
