package io.backhaul.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults of the API's calls; the backups here are b5 (newest), b4 … b1, b. */
class ApiFaultsTest extends CloudUnderTest {
    private static final FaultTarget LISTS = FaultTarget.operation(Operation.DCS_BACKUPS);
    private static final FaultTarget LINKS = FaultTarget.operation(Operation.DCS_LINKS);

    @BeforeEach
    void addMore() {
        for (var i = 1; i <= 5; i++) {
            addBackup("b" + i, i, BackupFile.of("1.rdb", Content.text("x")), BackupFile.of("2.rdb", Content.text("y")));
        }
    }

    @AfterEach
    void everyOrderWasUsed() {
        assertThat(cloud.faults().pending()).isZero();
    }

    @Test
    void refusalsComeInTheApisOwnWords() throws IOException {
        cloud.faults().inject(Fault.THROTTLED.with(Duration.ofSeconds(3)), LISTS, 1);
        cloud.faults().inject(Fault.UNAVAILABLE, LISTS, 1);
        cloud.faults().inject(Fault.INTERNAL_ERROR, LISTS, 1);
        cloud.faults().inject(Fault.FORBIDDEN, LISTS, 1);
        cloud.faults().inject(Fault.HTML_502, LISTS, 1);
        cloud.faults().inject(Fault.HTML_PAGE_WITH_200, LISTS, 1);

        var throttled = caller.get("/instances/i/backups");
        var unavailable = caller.get("/instances/i/backups");
        var broken = caller.get("/instances/i/backups");

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.header("Retry-After")).isEqualTo("3");
        assertThat(code(throttled)).isEqualTo("APIGW.0308");
        assertThat(unavailable.status()).isEqualTo(503);
        assertThat(unavailable.header("Retry-After")).isEqualTo("(none)");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(code(broken)).isEqualTo("DCS.5000");
        assertThat(code(caller.get("/instances/i/backups"))).isEqualTo("DCS.2007");
        assertThat(caller.get("/instances/i/backups").status()).isEqualTo(502);
        assertThat(caller.get("/instances/i/backups").body()).startsWith("<html>");
        assertThat(page(0)).containsExactly("b5", "b4");
    }

    @Test
    void theConnectionCanBreakHereToo() throws IOException {
        cloud.faults().inject(Fault.NO_ANSWER, FaultTarget.anyOperation(), 1);
        cloud.faults().inject(Fault.BODY_TRUNCATED.with(10), LISTS, 1);
        cloud.faults().inject(Fault.DATE_MISSING, LISTS, 1);

        assertThat(caller.get("/instances").isTorn()).isTrue();
        assertThat(caller.get("/instances/i/backups").body()).hasSize(10);
        assertThat(caller.get("/instances/i/backups").header("Date")).isEqualTo("(none)");
    }

    @Test
    void aPageCanBeRepeated() throws IOException {
        cloud.faults().inject(Fault.PAGE_REPEATED, LISTS, 1);

        assertThat(page(0)).containsExactly("b5", "b4");
        assertThat(page(2)).containsExactly("b5", "b4");
        assertThat(page(4)).containsExactly("b1", "b");
    }

    @Test
    void aListCanShrinkWhileItIsRead() throws IOException {
        cloud.faults().inject(Fault.LIST_SHRINKS, LISTS, 1);

        assertThat(page(0)).containsExactly("b5", "b4");
        // b5 is deleted now, and b3 has moved to the page that was read already.
        assertThat(page(2)).containsExactly("b2", "b1");
        assertThat(page(4)).containsExactly("b");
        assertThat(page(0)).containsExactly("b4", "b3");
    }

    @Test
    void onePageOfAListCanFail() throws IOException {
        cloud.faults().inject(Fault.PAGE_FAILS.with(2), LISTS, 1);

        assertThat(page(0)).hasSize(2);
        assertThat(caller.get("/instances/i/backups?limit=2&offset=2").status()).isEqualTo(500);
        assertThat(page(2)).containsExactly("b3", "b2");
    }

    @Test
    void aBackupCanBeLostBetweenListAndLink() throws IOException {
        cloud.faults().inject(Fault.BACKUP_LOST, LINKS, 1);

        assertThat(page(4)).contains("b");
        assertThat(code(caller.links("i", "b"))).isEqualTo("DCS.4031");
        assertThat(page(4)).doesNotContain("b");
    }

    @Test
    void aFileCanHaveAHostileName() throws IOException {
        cloud.faults().inject(Fault.FILE_NAME_HOSTILE.with("../../etc/passwd"), LINKS, 1);

        assertThat(names("b1")).containsExactly("../../etc/passwd", "2.rdb");
        assertThat(names("b1")).containsExactly("1.rdb", "2.rdb");
    }

    @Test
    void filesOfASetCanHaveOneName() throws IOException {
        cloud.faults().inject(Fault.FILE_NAMES_REPEATED, LINKS, 1);

        assertThat(names("b1")).containsExactly("1.rdb", "1.rdb");
    }

    @Test
    void opaqueLinksShowNoExpiryAndHaveOne() throws IOException {
        cloud.faults().inject(Fault.LINKS_OPAQUE, LINKS, 1);
        var link = caller.link("i", "b");

        assertThat(link).matches(".*/a\\.rdb\\?ticket=[0-9a-f]{64}");
        assertThat(caller.download(link).body()).isEqualTo(BYTES);
        assertThat(caller.fetch("HEAD", link).status()).isEqualTo(403);
        assertThat(caller.download(link + "0").status()).isEqualTo(403);
        clock.advance(Duration.ofMinutes(5));
        assertThat(caller.download(link).body()).contains("Request has expired");
    }

    @Test
    void opaqueLinksCanDieEarlyToo() throws IOException {
        cloud.faults().inject(Fault.LINKS_OPAQUE, LINKS, 1);
        cloud.faults().inject(Fault.LINK_EXPIRED_EARLY, FaultTarget.anyFile(), 1);
        var link = caller.link("i", "b");

        assertThat(caller.download(link).status()).isEqualTo(403);
        assertThat(caller.download(link).status()).isEqualTo(403);
    }

    @Test
    void aFaultWaitsUntilTheCallIsAllowedAtAll() throws IOException {
        cloud.faults().inject(Fault.THROTTLED, LISTS, 1);

        var stranger = new Caller(cloud.endpoint(), clock, "wrong");
        assertThat(stranger.get("/instances/i/backups").status()).isEqualTo(401);
        assertThat(caller.get("/instances/i/backups").status()).isEqualTo(429);
    }

    private List<String> page(int offset) throws IOException {
        return Caller.json(caller.get("/instances/i/backups?limit=2&offset=" + offset))
                .path("backup_record_response")
                .valueStream()
                .map(b -> b.path("backup_id").stringValue())
                .toList();
    }

    private List<String> names(String backup) throws IOException {
        return Caller.json(caller.links("i", backup))
                .path("links")
                .valueStream()
                .map(l -> l.path("file_name").stringValue())
                .toList();
    }
}
