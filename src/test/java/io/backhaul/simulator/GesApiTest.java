package io.backhaul.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.simulator.GesAccount.ExpiryStyle;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** GES by contract 1.4, 1.5 and 2.2, and the families of its links (2.3). */
class GesApiTest extends CloudUnderTest {
    @BeforeEach
    void addGraphs() {
        cloud.ges().add(GesGraph.running("g1", "roads"));
        cloud.ges().add(GesGraph.running("g2", "people").withStatus("900"));
        cloud.ges().add("g1", GesBackup.of("gb1", CREATED, List.of(BackupFile.of("graph.data", Content.text(BYTES)))));
    }

    @Test
    void graphsAreListedInTheContractsTypes() throws IOException {
        var body = Caller.json(caller.get("/graphs?offset=0&limit=1"));
        var graph = body.path("graphs").path(0);

        assertThat(body.path("graph_count").intValue()).isEqualTo(2);
        assertThat(body.path("graphs").size()).isEqualTo(1);
        assertThat(graph.path("id").stringValue()).isEqualTo("g1");
        assertThat(graph.path("status").stringValue()).isEqualTo("200");
        assertThat(graph.path("is_multi_az").stringValue()).isEqualTo("false");
        assertThat(graph.path("created").stringValue()).isEqualTo("2018-07-23T04:09:44");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/graphs/g1/backups", "/graphs/backups"})
    void aBackupIsListedInMegabytesAndUtc(String path) throws IOException {
        var body = Caller.json(caller.get(path));
        var backup = body.path("backup_list").path(0);

        assertThat(body.path("backup_count").intValue()).isEqualTo(1);
        assertThat(backup.path("size").longValue()).isEqualTo(1);
        assertThat(backup.path("start_timestamp").longValue()).isEqualTo(CREATED.toEpochMilli());
        assertThat(backup.path("start_time").stringValue()).isEqualTo("2026-11-20T18:00:00");
        assertThat(backup.path("name").stringValue()).isEqualTo("roads_20261121020000_auto");
        assertThat(backup.path("status").stringValue()).isEqualTo("success");
        assertThat(Caller.json(caller.get("/graphs/g2/backups"))
                        .path("backup_count")
                        .intValue())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aLinkOfEveryFamilyServesItsHourAndNoLonger(LinkFamily family) throws IOException {
        cloud.issueLinksAs(family);
        var file = file();
        var link = file.path("download_link").stringValue();

        assertThat(link)
                .startsWith(cloud.endpoint() + "/ges-backup-cn-north-4/g1/gb1/graph.data?"
                        + switch (family) {
                            case V2 -> "AWSAccessKeyId=";
                            case OBS -> "AccessKeyId=";
                            case V4 -> "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=";
                        });
        assertThat(file.path("size").intValue()).isEqualTo(1);
        assertThat(caller.download(link, "Range: bytes=3-").body()).isEqualTo(BYTES.substring(3));
        assertThat(caller.fetch("HEAD", link).status()).isEqualTo(403);
        assertThat(caller.download(link.replace("graph.data", "other")).status())
                .isEqualTo(403);
        clock.advance(Duration.ofSeconds(3599));
        assertThat(caller.download(link).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(caller.download(link).body()).contains("Request has expired");
    }

    @ParameterizedTest
    @EnumSource(names = {"V2", "V4"})
    void aLinkThatWasKilledStaysDead(LinkFamily family) throws IOException {
        cloud.issueLinksAs(family);
        var link = file().path("download_link").stringValue();
        cloud.faults().inject(Fault.LINK_EXPIRED_EARLY, FaultTarget.file("graph.data"), 1);

        assertThat(caller.download(link).status()).isEqualTo(403);
        assertThat(caller.download(link).status()).isEqualTo(403);
        clock.advance(Duration.ofSeconds(1));
        assertThat(caller.download(file().path("download_link").stringValue()).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "OFFSET, 2026-11-21T09:00:00+0800",
        "OFFSET_AND_LONG_DAY, 2026-11-021T09:00:00+0800",
        "UTC, 2026-11-21T01:00:00Z",
        "NO_ZONE, 2026-11-21T01:00:00"
    })
    void anExpiryIsWrittenInTheFormAskedFor(ExpiryStyle style, String written) throws IOException {
        cloud.ges().writeExpiriesAs(style);

        assertThat(file().path("link_expired_time").stringValue()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "/graphs/g9/backups, GES.7000",
        "/graphs/g9/backup-files?backup_id=gb1, GES.7000",
        "/graphs/g2/backup-files?backup_id=gb1, GES.7024",
        "/graphs/g1/backup-files?backup_id=gb9, GES.7024",
        "/graphs/g1/backup-files, GES.0001",
        "/graphs?limit=0, GES.0001"
    })
    void whatCannotBeIsRefusedWith400(String path, String code) throws IOException {
        var answer = caller.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo(code);
        assertThat(Caller.json(answer).has("error_ext_msg")).isFalse();
    }

    @Test
    void aBackupThatIsNotDoneIsRefused() throws IOException {
        cloud.ges().add("g2", GesBackup.of("gb2", CREATED, List.of()).withStatus("backing_up"));

        assertThat(code(caller.get("/graphs/g2/backup-files?backup_id=gb2"))).isEqualTo("GES.7040");
        assertThat(code(caller.call("GET", "/v2/another/graphs", ""))).isEqualTo("GES.0016");
        assertThat(code(caller.call("POST", "/v2/" + Caller.PROJECT + "/graphs", "")))
                .isEqualTo("APIGW.0101");
    }

    @Test
    void faultsStrikeGraphsToo() throws IOException {
        cloud.faults().inject(Fault.INTERNAL_ERROR, FaultTarget.operation(Operation.GES_LINKS), 1);
        cloud.faults().inject(Fault.BACKUP_LOST, FaultTarget.operation(Operation.GES_LINKS), 1);

        assertThat(code(caller.get("/graphs/g1/backup-files?backup_id=gb1"))).isEqualTo("GES.7006");
        assertThat(code(caller.get("/graphs/g1/backup-files?backup_id=gb1"))).isEqualTo("GES.7024");
        assertThat(cloud.journal().requests(FaultTarget.operation(Operation.GES_LINKS)))
                .hasSize(2);
    }

    private JsonNode file() throws IOException {
        return Caller.json(caller.get("/graphs/g1/backup-files?backup_id=gb1"))
                .path("files")
                .path(0);
    }
}
