package io.backhaul.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.Grant;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.Network;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.provider.Setback.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TencentCrsLinksTest {
    private static final BackupId BACKUP = new BackupId("165706342-5832225-1641692389");
    private static final String PLAIN = "https://b.cos.ap-guangzhou.myqcloud.com/s0.rdb?q-sign-algorithm=sha1"
            + "&q-ak=AKIDLINKSECRET&q-sign-time=1795262400%3B1795284060&q-key-time=1795262400%3B1795284060"
            + "&q-header-list=host&q-url-param-list=&q-signature=LINKSECRET";
    private static final String PACKED = "https://b.cos.ap-guangzhou.myqcloud.com/s1.rdb?sign=q-sign-algorithm%3Dsha1"
            + "%26q-ak%3DAKIDLINKSECRET%26q-sign-time%3D1795262400%3B1795284059%26q-key-time%3D1795262400%3B1795284059"
            + "%26q-header-list%3D%26q-url-param-list%3D%26q-signature%3DLINKSECRET";

    private final Crs crs = new Crs();

    @AfterEach
    void stop() throws IOException {
        crs.close();
    }

    @Test
    void everyShardGetsItsLinkWithItsSizeAndTheExpiryThatItSaysItself() {
        crs.says("\"BackupInfos\":[" + info("s0.rdb", "5000000000", PLAIN, "https://inner.example/0") + ","
                + info("s1.rdb", "0", PACKED, "https://inner.example/1")
                + "],\"DownloadUrl\":null,\"InnerDownloadUrl\":null,\"Filenames\":null,\"RequestId\":\"r\"");

        assertThat(links(Network.PUBLIC))
                .isEqualTo(new LinksOutcome.Granted(new Grant(
                        List.of(
                                new OfferedFile(
                                        "s0.rdb",
                                        SignedUrl.of(PLAIN),
                                        new Expiry(Instant.ofEpochSecond(1_795_284_060), Origin.URL),
                                        new ByteCount(5_000_000_000L)),
                                new OfferedFile(
                                        "s1.rdb",
                                        SignedUrl.of(PACKED),
                                        new Expiry(Instant.ofEpochSecond(1_795_284_059), Origin.URL),
                                        null)),
                        crs.clock.instant())));
        assertThat(crs.request(0).header("X-TC-Action")).isEqualTo("DescribeBackupUrl");
        assertThat(crs.question(0)).isEqualTo(Map.of("InstanceId", "crs-aaaaaaaa", "BackupId", BACKUP.value()));
    }

    @Test
    void theInnerLinkIsTakenOnTheInnerNetworkAndLivesAsDocumented() {
        crs.says("\"BackupInfos\":[" + info("s0.rdb", "7", PLAIN, "https://inner.example/dir/0.rdb?x") + "]");

        var file = grant(links(Network.INTERNAL)).files().getFirst();

        assertThat(file.link()).isEqualTo(SignedUrl.of("https://inner.example/dir/0.rdb?x"));
        assertThat(file.expiry()).isEqualTo(new Expiry(Instant.parse("2026-11-21T18:00:00Z"), Origin.POLICY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"BackupInfos\":null,", "\"BackupInfos\":[],", ""})
    void olderAnswersHaveListsSideBySide(String infos) {
        crs.says(infos + "\"DownloadUrl\":[\"" + PLAIN + "\",\"" + PACKED
                + "\"],\"InnerDownloadUrl\":[\"https://i/0\"]," + "\"Filenames\":[\"first.rdb\"]");

        assertThat(grant(links(Network.PUBLIC)).files())
                .extracting(OfferedFile::name)
                .containsExactly("first.rdb", "s1.rdb");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUBLIC   | '' | https://i/0 | write internal as network",
                "INTERNAL | https://i/0 | '' | write public as network"
            })
    void aNetworkWithoutLinksIsForTheOperatorToChange(Network network, String outer, String inner, String advice) {
        crs.says("\"BackupInfos\":[" + info("s0.rdb", "7", outer, inner) + "]");

        assertThat(links(network))
                .isInstanceOfSatisfying(
                        Refused.class, why -> assertThat(why.explained()).contains("operator: " + advice));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"BackupInfos\":[]",
                "\"BackupInfos\":[{}]",
                "\"BackupInfos\":[{\"DownloadUrl\":\"\",\"InnerDownloadUrl\":\"\"}]",
                "\"DownloadUrl\":[],\"InnerDownloadUrl\":[]"
            })
    void noLinksAtAllMeansLater(String response) {
        crs.says(response);

        assertThat(links(Network.PUBLIC)).isInstanceOf(Busy.class);
    }

    @Test
    void aSetWithAHoleIsNoGrant() {
        crs.says("\"BackupInfos\":[" + info("s0.rdb", "7", PLAIN, "") + "," + info("s1.rdb", "7", "", "") + "]");

        assertThat(links(Network.PUBLIC))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        why -> assertThat(why.reason()).endsWith("1 of 2 files have no link on the public network"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"BackupInfos\":{}", "\"BackupInfos\":null", "\"DownloadUrl\":\"https://x/?SECRET\""})
    void anAnswerWithoutLinksIsNoGrant(String response) {
        crs.says(response);

        assertThat(links(Network.PUBLIC))
                .isInstanceOfSatisfying(
                        Unavailable.class, why -> assertThat(why.reason()).doesNotContain("SECRET"));
    }

    @Test
    void aLinkThatIsNoneSpoilsTheGrantAndIsNotRepeated() {
        crs.says(
                "\"BackupInfos\":[" + info("a", "7", PLAIN, "") + "," + info("b", "7", "ftp://x/LINKSECRET", "") + "]");

        assertThat(links(Network.PUBLIC))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        why -> assertThat(why.reason())
                                .endsWith("number 2 of 2")
                                .doesNotContain("SECRET"));
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidParameterValue.BackupNotExists, Gone",
        "ResourceNotFound.InstanceNotExists, Gone",
        "ResourceUnavailable.BackupStatusInvalid, Busy",
        "UnauthorizedOperation.UserNotInWhiteList, Refused",
        "RequestLimitExceeded, Throttled"
    })
    void aRefusalIsTheSetbackAndNothingMoreIsAsked(String code, String expected) {
        crs.refuses(code);

        assertThat(links(Network.PUBLIC).getClass().getSimpleName()).isEqualTo(expected);
        assertThat(crs.calls).hasSize(1);
    }

    private LinksOutcome links(Network network) {
        return crs.newer("ap-guangzhou", network, Duration.ofDays(7)).links(Crs.REDIS, BACKUP, Duration.ofMinutes(30));
    }

    private static Grant grant(LinksOutcome outcome) {
        assertThat(outcome).isInstanceOf(LinksOutcome.Granted.class);
        return ((LinksOutcome.Granted) outcome).grant();
    }

    private static String info(String name, String size, String outer, String inner) {
        return "{\"FileName\":\"" + name + "\",\"FileSize\":" + size + ",\"DownloadUrl\":\"" + outer
                + "\",\"InnerDownloadUrl\":\"" + inner + "\"}";
    }
}
