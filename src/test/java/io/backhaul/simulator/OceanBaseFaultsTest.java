package io.backhaul.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.simulator.OceanBaseForms.Shape;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The faults of lists, links and files strike OceanBase and OSS as they strike the others. */
class OceanBaseFaultsTest extends OceanBaseUnderTest {
    private static final FaultTarget LISTS = FaultTarget.operation(Operation.OCEANBASE_BACKUPS);
    private static final FaultTarget LINKS = FaultTarget.operation(Operation.OCEANBASE_LINKS);

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, 400, Throttling.User",
        "UNAVAILABLE, 503, ServiceUnavailable",
        "INTERNAL_ERROR, 500, InternalError"
    })
    void refusalsComeInTheApisOwnWords(Fault fault, int status, String code) throws IOException {
        cloud.faults().inject(fault, FaultTarget.operation(Operation.OCEANBASE_TASK), 1);

        var answer = caller.call("CreateBackupSetDownloadLink", "InstanceId=ob1&BackupSetId=1001");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(Caller.json(answer).path("Code").stringValue()).isEqualTo(code);
        assertThat(prepare("1001")).isNotEmpty();
    }

    @Test
    void aPageCanBeRepeatedOrFail() throws IOException {
        addBackup("1002", 1);
        addBackup("1003", 2);
        cloud.faults().inject(Fault.PAGE_REPEATED, LISTS, 1);
        cloud.faults().inject(Fault.PAGE_FAILS.with(3), LISTS, 1);

        assertThat(page(1)).containsExactly("1003");
        assertThat(page(2)).containsExactly("1003");
        assertThat(caller.call("DescribeDataBackupSet", "InstanceId=ob1&PageSize=1&PageNumber=3")
                        .status())
                .isEqualTo(500);
        assertThat(page(3)).containsExactly("1001");
    }

    @Test
    void aListCanShrinkWhileItIsRead() throws IOException {
        addBackup("1002", 1);
        addBackup("1003", 2);
        cloud.faults().inject(Fault.LIST_SHRINKS, LISTS, 1);

        assertThat(page(1)).containsExactly("1003");
        assertThat(page(2)).containsExactly("1001");
    }

    @Test
    void aSetCanBeLostBeforeItsLinksAreAskedFor() throws IOException {
        var task = prepare("1001");
        cloud.faults().inject(Fault.BACKUP_LOST, LINKS, 1);

        assertThat(caller.call("DescribeBackupSetDownloadLink", "InstanceId=ob1&DownloadTaskId=" + task)
                        .body())
                .contains("DownloadTask.NotExist");
        assertThat(page(1)).isEmpty();
    }

    @Test
    void faultsOfLinksWaitUntilThereAreLinks() throws IOException {
        var task = prepare("1001");
        cloud.faults().inject(Fault.FILE_NAME_HOSTILE.with("../../etc/passwd"), LINKS, 1);
        cloud.faults().inject(Fault.FILE_NAMES_REPEATED, LINKS, 1);
        look(task);
        assertThat(cloud.faults().pending()).isEqualTo(2);

        clock.advance(TAKEN);

        assertThat(names(task)).containsExactly("../../etc/passwd", "b.zip");
        assertThat(names(task)).containsExactly("a.zip", "a.zip");
        assertThat(names(task)).containsExactly("a.zip", "b.zip");
    }

    @Test
    void faultsOfNamesWaitUntilThereAreNames() throws IOException {
        cloud.faults().inject(Fault.FILE_NAMES_REPEATED, LINKS, 1);
        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(Shape.INTERNAL_URL));
        link();
        assertThat(cloud.faults().pending()).isEqualTo(1);

        cloud.oceanbase().answerAs(OceanBaseForms.newest());

        assertThat(names(prepare("1001"))).containsExactly("a.zip", "a.zip");
    }

    @Test
    void opaqueLinksShowNoExpiryAndHaveOne() throws IOException {
        cloud.faults().inject(Fault.LINKS_OPAQUE, LINKS, 1);
        var link = link();

        assertThat(link).matches(".*/a\\.zip\\?ticket=[0-9a-f]{64}");
        assertThat(caller.fetch("GET", link).body()).isEqualTo(BYTES);
        assertThat(caller.fetch("HEAD", link).status()).isEqualTo(403);
        assertThat(caller.fetch("GET", link + "0").status()).isEqualTo(403);
        clock.advance(Duration.ofHours(1));
        assertThat(caller.fetch("GET", link).body()).contains("Request has expired.");
    }

    @Test
    void aLinkCanDieEarlyAndANewOneOfTheSameSecondWorks() throws IOException {
        cloud.faults().inject(Fault.LINK_EXPIRED_EARLY, FaultTarget.anyFile(), 1);
        var link = link();

        assertThat(caller.fetch("GET", link).body())
                .contains("Request has expired.", "<Expires>2026-11-21T00:05:00.000Z</Expires>");
        assertThat(caller.fetch("GET", link).status()).isEqualTo(403);
        assertThat(caller.fetch("GET", look(prepare("1001")).path("InternalUrl").stringValue())
                        .body())
                .isEqualTo(BYTES);
    }

    @Test
    void aSwappedObjectIsAnotherAndItsSumToo() throws IOException {
        var link = link();
        var before = caller.fetch("GET", link);
        cloud.faults().inject(Fault.OBJECT_SWAPPED, FaultTarget.file("a.zip"), 1);

        assertThat(caller.fetch("GET", link, "If-Match: " + before.header("ETag"))
                        .status())
                .isEqualTo(412);
        var after = caller.fetch("GET", link);
        assertThat(after.body()).hasSameSizeAs(BYTES).isNotEqualTo(BYTES);
        assertThat(after.header("x-oss-hash-crc64ecma")).isNotEqualTo(before.header("x-oss-hash-crc64ecma"));
    }

    @Test
    void aFlippedBitLeavesTheSumAsItWas() throws IOException {
        var link = link();
        var sum = caller.fetch("GET", link).header("x-oss-hash-crc64ecma");
        cloud.faults().inject(Fault.BIT_FLIPPED.with(3), FaultTarget.file("a.zip"), 1);

        var spoilt = caller.fetch("GET", link);

        assertThat(spoilt.body()).isNotEqualTo(BYTES);
        assertThat(spoilt.header("x-oss-hash-crc64ecma")).isEqualTo(sum);
    }

    @Test
    void theStoreRefusesInItsOwnWords() throws IOException {
        var link = link();
        cloud.faults().inject(Fault.UNAVAILABLE.with(Duration.ofSeconds(9)), FaultTarget.anyFile(), 1);
        cloud.faults().inject(Fault.CONTENT_RANGE_WRONG.with(3), FaultTarget.anyFile(), 1);

        var later = caller.fetch("GET", link);
        assertThat(later.body()).contains("<Code>SlowDown</Code>", "<HostId>ob-backup-");
        assertThat(later.header("Retry-After")).isEqualTo("9");
        assertThat(caller.fetch("GET", link, "Range: bytes=10-").header("Content-Range"))
                .isEqualTo("bytes 3-19/20");
    }

    private List<String> page(int number) throws IOException {
        return caller.json("DescribeDataBackupSet", "InstanceId=ob1&PageSize=1&PageNumber=" + number)
                .path("Data")
                .valueStream()
                .map(row -> row.path("SetId").stringValue())
                .toList();
    }

    private List<String> names(String task) throws IOException {
        return look(task)
                .path("DownloadLinks")
                .valueStream()
                .map(part -> part.path("FileName").stringValue())
                .toList();
    }
}
