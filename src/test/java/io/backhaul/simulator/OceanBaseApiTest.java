package io.backhaul.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.simulator.OceanBaseForms.Created;
import io.backhaul.simulator.OceanBaseForms.Renewal;
import io.backhaul.simulator.OceanBaseForms.Repeat;
import io.backhaul.simulator.OceanBaseForms.Running;
import io.backhaul.simulator.OceanBaseForms.Shape;
import io.backhaul.simulator.OceanBaseForms.Times;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The OceanBase API from list to task to link, in the forms that its documents leave open. */
class OceanBaseApiTest extends OceanBaseUnderTest {
    @Test
    void aSetIsPreparedBeforeItsLinksCanBeHad() throws IOException {
        assertThat(row("1001").path("DownloadTaskStatus").stringValue()).isEqualTo("not_exist");
        assertThat(row("1001").path("DownloadTaskId").isNull()).isTrue();

        var task = prepare("1001");

        assertThat(Long.parseLong(task)).isGreaterThan(Integer.MAX_VALUE);
        assertThat(look(task).propertyNames())
                .containsExactlyInAnyOrder(
                        "DownloadTaskId",
                        "DownloadTaskStatus",
                        "DownloadTaskCreateTime",
                        "BackupRestorableTime",
                        "BackupSetId");
        assertThat(look(task).path("DownloadTaskStatus").stringValue()).isEqualTo("RUNNING");
        assertThat(row("1001").path("DownloadTaskStatus").stringValue()).isEqualTo("RUNNING");
        clock.advance(TAKEN);
        var done = look(task);
        assertThat(done.path("DownloadTaskStatus").stringValue()).isEqualTo("SUCCESS");
        assertThat(done.path("DownloadTaskCreateTime").stringValue()).isEqualTo("2026-11-21T08:00:00");
        assertThat(done.path("UrlAliveTime").intValue()).isEqualTo(3600);
        assertThat(done.path("UrlExpiredTime").stringValue()).isEqualTo("2026-11-21 09:05:00");
        assertThat(row("1001").path("DownloadTaskId").asString()).isEqualTo(task);
        assertThat(done.path("DownloadLinks")
                        .valueStream()
                        .map(part -> part.path("PartId").intValue()
                                + part.path("FileName").stringValue()))
                .containsExactly("1a.zip", "2b.zip");
        assertThat(caller.fetch("GET", done.at("/DownloadLinks/0/Url").stringValue())
                        .body())
                .isEqualTo(BYTES);
        assertThat(cloud.journal().linksIssued()).isEqualTo(2);
    }

    @Test
    void numbersAreWiderThan32Bits() throws IOException {
        var large = BackupFile.inParts("l.zip", Content.generated(1, 31_457_280_000L));
        addBackup("1002", 1, large);

        assertThat(row("1002").path("DataSize").longValue()).isEqualTo(31_457_280_000L);
        assertThat(row("1002").path("DataVersion").longValue())
                .isEqualTo(STARTED.plusSeconds(1).toEpochMilli());
        assertThat(row("1002").path("SetId").isString()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "MIXED, 2026-11-21T02:00:00, 2026-11-20T18:09:00Z",
        "UTC, 2026-11-20T18:00:00Z, 2026-11-20T18:09:00Z",
        "ZONELESS, 2026-11-21T02:00:00, 2026-11-21T02:09:00"
    })
    void timesComeWithAZoneOrWithout(Times times, String start, String end) throws IOException {
        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(times));

        assertThat(row("1001").path("StartTime").stringValue()).isEqualTo(start);
        assertThat(row("1001").path("EndTime").stringValue()).isEqualTo(end);
    }

    @Test
    void aListHasTenRowsUnlessMoreAreAskedForAndNeverMoreThanAHundred() throws IOException {
        for (var i = 1; i <= 11; i++) {
            addBackup("more-" + i, i);
        }

        assertThat(rows("")).hasSize(10).first().isEqualTo("more-11");
        assertThat(rows("&PageNumber=2")).containsExactly("more-1", "1001");
        assertThat(rows("&PageNumber=3")).isEmpty();
        assertThat(rows("&PageSize=100")).hasSize(12);
        assertThat(caller.json("DescribeDataBackupSet", "InstanceId=ob1&PageNumber=3")
                        .path("TotalCount")
                        .intValue())
                .isEqualTo(12);
    }

    @Test
    void setsAreFoundByStatusAndStart() throws IOException {
        addBackup("1002", 60);
        cloud.oceanbase().changeStatus("1002", "DOING");

        assertThat(rows("&Status=done")).containsExactly("1001");
        assertThat(rows("&StartTime=2026-11-20T18:00:01Z")).containsExactly("1002");
        assertThat(rows("&StartTime=2026-11-20T17:00:00Z&EndTime=2026-11-20T18:00:59Z"))
                .containsExactly("1001");
    }

    @Test
    void instancesAreFoundByIdAndWord() throws IOException {
        cloud.oceanbase().add(OceanBaseInstance.online("ob2", "sessions", 50).withState("deleted"));

        assertThat(instances("")).containsExactly("ob1", "ob2");
        assertThat(instances("InstanceId=ob2")).containsExactly("ob2");
        assertThat(instances("SearchKey=order")).containsExactly("ob1");
        assertThat(instances("PageSize=1&PageNumber=2")).containsExactly("ob2");
        cloud.oceanbase().removeInstance("ob1");
        assertThat(instances("")).containsExactly("ob2");
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeInstances, PageSize=101, 400, InvalidParameter",
        "DescribeInstances, PageNumber=0, 400, InvalidParameter",
        "DescribeDataBackupSet, PageSize=10, 400, MissingParameter",
        "DescribeDataBackupSet, InstanceId=none, 404, Instance.NotFound",
        "DescribeDataBackupSet, InstanceId=ob1&StartTime=2026-11-20, 400, InvalidParameter",
        "CreateBackupSetDownloadLink, InstanceId=ob1, 400, MissingParameter",
        "CreateBackupSetDownloadLink, InstanceId=ob1&BackupSetId=none, 404, BackupSet.NotExist",
        "DescribeBackupSetDownloadLink, InstanceId=ob1&DownloadTaskId=7, 404, DownloadTask.NotExist",
        "DescribeBackupSetDownloadLink, InstanceId=ob1&DownloadTaskId=x, 400, InvalidParameter"
    })
    void aWrongQuestionIsRefusedWithAStatusAndACode(String action, String form, int status, String code)
            throws IOException {
        var answer = caller.call(action, form);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(Caller.json(answer).path("Code").stringValue()).isEqualTo(code);
        assertThat(Caller.json(answer).propertyNames())
                .containsExactlyInAnyOrder("RequestId", "HostId", "Code", "Message", "Recommend");
    }

    @Test
    void aSetThatIsUnfinishedOrInvalidIsNotPrepared() throws IOException {
        cloud.oceanbase().changeValidity("1001", "INVALID");
        assertThat(create().body()).contains("OperationDenied.BackupSetStatus");

        cloud.oceanbase().changeValidity("1001", "VALID");
        cloud.oceanbase().changeStatus("1001", "DOING");
        assertThat(create().body()).contains("OperationDenied.BackupSetStatus");
    }

    @ParameterizedTest
    @CsvSource({"FLAT, /DownloadTaskId", "NESTED, /Data/DownloadTaskId"})
    void theTasksIdStandsInOneOfTwoPlaces(Created created, String place) throws IOException {
        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(created));

        var answer = Caller.json(create());

        assertThat(answer.at(place).longValue()).isEqualTo(1_000_001_234_567L);
        assertThat(answer.has("DownloadTaskId")).isEqualTo(created == Created.FLAT);
        assertThat(answer.has("Data")).isEqualTo(created == Created.NESTED);
    }

    @Test
    void theTasksIdCanBeInTheListAlone() throws IOException {
        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(Created.UNSAID));

        assertThat(Caller.json(create()).propertyNames()).containsExactly("RequestId");
        assertThat(row("1001").path("DownloadTaskId").longValue()).isEqualTo(1_000_001_234_567L);
    }

    @Test
    void aSecondCreateGivesTheSameTaskOrBeginsAnother() throws IOException {
        var first = prepare("1001");
        assertThat(prepare("1001")).isEqualTo(first);

        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(Repeat.NEW_TASK));
        var second = prepare("1001");

        assertThat(second).isNotEqualTo(first);
        assertThat(row("1001").path("DownloadTaskId").asString()).isEqualTo(second);
        assertThat(look(first).path("BackupSetId").stringValue()).isEqualTo("1001");
    }

    @Test
    void aFailedTaskHasNoLinksAndTheNextOneWorks() throws IOException {
        cloud.oceanbase().failPreparations("1001", 1);
        cloud.oceanbase().answerAs(OceanBaseForms.newest().withWords("finished", "EXPORT_ERROR"));
        var failing = prepare("1001");
        assertThat(look(failing).path("DownloadTaskStatus").stringValue()).isEqualTo("RUNNING");

        clock.advance(TAKEN);

        assertThat(look(failing).path("DownloadTaskStatus").stringValue()).isEqualTo("EXPORT_ERROR");
        assertThat(look(failing).has("InternalUrl")).isFalse();
        var next = prepare("1001");
        clock.advance(TAKEN);
        assertThat(next).isNotEqualTo(failing);
        assertThat(look(next).path("DownloadTaskStatus").stringValue()).isEqualTo("finished");
        assertThat(look(next).has("InternalUrl")).isTrue();
    }

    @Test
    void aRunningTasksLinkLeadsNowhereYet() throws IOException {
        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(Running.WITH_LINKS));

        var link = look(prepare("1001")).path("InternalUrl").stringValue();

        assertThat(caller.fetch("GET", link).body()).contains("<Code>NoSuchKey</Code>");
        clock.advance(TAKEN);
        assertThat(caller.fetch("GET", link).body()).isEqualTo(BYTES);
    }

    @Test
    void theSdksKnowTheInternalLinkAlone() throws IOException {
        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(Shape.INTERNAL_URL));

        var link = link();

        assertThat(caller.fetch("GET", link).body()).isEqualTo(BYTES);
        assertThat(look(row("1001").path("DownloadTaskId").asString()).has("DownloadLinks"))
                .isFalse();
    }

    @Test
    void downloadLinksCanBeOneObject() throws IOException {
        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(Shape.LINKS_OBJECT));
        var task = prepare("1001");
        clock.advance(TAKEN);

        var links = look(task).path("DownloadLinks");

        assertThat(links.isObject()).isTrue();
        assertThat(caller.fetch("GET", links.path("Url").stringValue()).body()).isEqualTo(BYTES);
    }

    @Test
    void anotherLookRenewsTheLinks() throws IOException {
        var dead = link();
        clock.advance(Duration.ofHours(1));
        assertThat(caller.fetch("GET", dead).body()).contains("Request has expired.");

        var fresh = look(prepare("1001")).path("InternalUrl").stringValue();

        assertThat(caller.fetch("GET", fresh).body()).isEqualTo(BYTES);
    }

    @Test
    void newLinksCanTakeANewTask() throws IOException {
        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(Renewal.BY_NEW_TASK));
        var dead = link();
        var task = prepare("1001");
        clock.advance(Duration.ofHours(1));

        assertThat(look(task).path("InternalUrl").stringValue()).isEqualTo(dead);
        var next = prepare("1001");
        assertThat(next).isNotEqualTo(task);
        clock.advance(TAKEN);
        assertThat(caller.fetch("GET", look(next).path("InternalUrl").stringValue())
                        .body())
                .isEqualTo(BYTES);
    }

    @Test
    void aTasksOnlyLinkThatDiedEarlyStaysDead() throws IOException {
        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(Renewal.BY_NEW_TASK));
        cloud.faults().inject(Fault.LINK_EXPIRED_EARLY, FaultTarget.file("a.zip"), 1);
        var link = link();
        var task = row("1001").path("DownloadTaskId").asString();

        assertThat(caller.fetch("GET", link).status()).isEqualTo(403);
        assertThat(look(task).path("InternalUrl").stringValue()).isEqualTo(link);
        assertThat(caller.fetch("GET", link).status()).isEqualTo(403);
        assertThat(prepare("1001")).isNotEqualTo(task);
    }

    @Test
    void aVanishedSetTakesItsTaskAndFilesWithIt() throws IOException {
        var link = link();
        var task = row("1001").path("DownloadTaskId").asString();

        cloud.oceanbase().remove("1001");

        assertThat(rows("")).isEmpty();
        assertThat(caller.fetch("GET", link).body()).contains("<Code>NoSuchKey</Code>");
        assertThat(caller.call("DescribeBackupSetDownloadLink", "InstanceId=ob1&DownloadTaskId=" + task)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aSetIsAddedOnceAndToAnInstanceThatIsThere() {
        assertThatThrownBy(() -> addBackup("1001", 0)).hasMessageContaining("set=1001 to instance=ob1");
        assertThatThrownBy(() -> cloud.oceanbase().failPreparations("none", 1)).hasMessage("no such backup set: none");
    }

    private Answer create() throws IOException {
        return caller.call("CreateBackupSetDownloadLink", "InstanceId=ob1&BackupSetId=1001");
    }

    private JsonNode row(String set) throws IOException {
        return caller.json("DescribeDataBackupSet", "InstanceId=ob1&PageSize=100")
                .path("Data")
                .valueStream()
                .filter(row -> row.path("SetId").stringValue().equals(set))
                .findFirst()
                .orElseThrow();
    }

    private List<String> rows(String more) throws IOException {
        return caller.json("DescribeDataBackupSet", "InstanceId=ob1" + more)
                .path("Data")
                .valueStream()
                .map(row -> row.path("SetId").stringValue())
                .toList();
    }

    private List<String> instances(String form) throws IOException {
        return caller.json("DescribeInstances", form)
                .path("Instances")
                .valueStream()
                .map(row -> row.path("InstanceId").stringValue())
                .toList();
    }
}
