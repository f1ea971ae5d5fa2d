package io.backhaul.provider.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.CheckResult;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.Grant;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.Network;
import io.backhaul.provider.Advice;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.LinksOutcome.Granted;
import io.backhaul.provider.LinksOutcome.Preparing;
import io.backhaul.provider.Provider;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.provider.Setback.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a set to its links; now is 2026-11-21T12:00:00Z, 1795262400 in seconds. */
class OceanBaseLinksTest {
    private static final String LIST = "DescribeDataBackupSet";
    private static final String CREATE = "CreateBackupSetDownloadLink";
    private static final String LOOK = "DescribeBackupSetDownloadLink";
    private static final String NO_TASK = "\"DownloadTaskStatus\":\"not_exist\"";
    private static final String TASK_17 = "\"DownloadTaskId\":17,\"DownloadTaskStatus\":\"RUNNING\"";
    /** Dies at 13:00. */
    private static final String SIGNED = "?Expires=1795266000&OSSAccessKeyId=ak&Signature=LINKSECRET%2F%2B%3D";
    /** Died at 11:00. */
    private static final String DEAD = "?Expires=1795258800&OSSAccessKeyId=ak&Signature=LINKSECRET";

    private static final String PUBLIC_URL = "https://b.oss-cn-hangzhou.aliyuncs.com/sets/one.zip" + SIGNED;
    private static final String INTERNAL_URL = "http://b.oss-cn-hangzhou-internal.aliyuncs.com/sets/one.zip" + SIGNED;
    private static final Preparing LOOK_AGAIN_17 = new Preparing("17", Instant.parse("2026-11-21T12:00:01Z"));

    private final OceanBase ob = new OceanBase();
    private final Provider source = ob.source();

    @AfterEach
    void stop() throws IOException {
        ob.close();
    }

    @Test
    void aTaskIsMadeOnceLookedAtAndItsLinkHandedOnByteForByte() {
        ob.lists(NO_TASK).says("\"Data\":{\"DownloadTaskId\":17}");
        assertThat(links()).isEqualTo(LOOK_AGAIN_17);
        assertThat(ob.form(1)).isEqualTo(Map.of("InstanceId", "ob317v4uif0001", "BackupSetId", "bak-1"));

        ob.describes("RUNNING", "");
        assertThat(links()).isEqualTo(LOOK_AGAIN_17);
        assertThat(ob.form(2)).isEqualTo(Map.of("InstanceId", "ob317v4uif0001", "DownloadTaskId", "17"));

        ob.describes("SUCCESS", links(one(PUBLIC_URL, INTERNAL_URL)));
        assertThat(links())
                .isEqualTo(new Granted(new Grant(
                        List.of(new OfferedFile(
                                "one.zip",
                                SignedUrl.of(PUBLIC_URL),
                                new Expiry(Instant.parse("2026-11-21T13:00:00Z"), Origin.URL),
                                null)),
                        ob.clock.instant())));
        assertThat(ob.actions()).containsExactly(LIST, CREATE, LOOK, LOOK);
        assertThat(ob.calls).containsExactly("list-backups ok", "create-link ok", "links ok", "links ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"DownloadTaskId\":17", "\"DownloadTaskId\":\"17\"", "\"Data\":{\"DownloadTaskId\":\"17\"}"})
    void theNewTasksIdStandsInEitherForm(String answer) {
        ob.lists("").says(answer);

        assertThat(links()).isEqualTo(LOOK_AGAIN_17);
    }

    @Test
    void anIdBeyondAnIntIsHandedBackAsItCame() {
        ob.lists("\"DownloadTaskId\":1000001234567890123").describes("RUNNING", "");

        assertThat(links()).isInstanceOf(Preparing.class);
        assertThat(ob.form(1)).containsEntry("DownloadTaskId", "1000001234567890123");
    }

    @Test
    void anAnswerWithoutTheIdSendsUsToTheList() {
        ob.lists(NO_TASK).says("\"Data\":{}").lists(TASK_17);

        assertThat(links()).isEqualTo(LOOK_AGAIN_17);
        assertThat(ob.actions()).containsExactly(LIST, CREATE, LIST);
    }

    @Test
    void aTaskThatIsNotListedYetIsWaitedForAndNotMadeAgain() {
        ob.lists(NO_TASK).says("").lists(NO_TASK);
        assertThat(links()).isEqualTo(new Preparing("download", Instant.parse("2026-11-21T12:00:01Z")));

        ob.clock.advance(Duration.ofMinutes(29));
        ob.lists(NO_TASK);
        assertThat(links()).isInstanceOf(Preparing.class);

        ob.clock.advance(Duration.ofMinutes(1));
        ob.lists(NO_TASK).says("\"DownloadTaskId\":17");
        assertThat(links()).isInstanceOf(Preparing.class);
        assertThat(ob.actions()).containsExactly(LIST, CREATE, LIST, LIST, LIST, CREATE);
    }

    @Test
    void theListsTaskIsUsedAfterARestart() {
        ob.lists(TASK_17).describes("DONE", links(one(PUBLIC_URL, "")));

        assertThat(links()).isInstanceOf(Granted.class);
        assertThat(ob.actions()).containsExactly(LIST, LOOK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"DownloadTaskId\":17,\"DownloadTaskStatus\":\"not_exist\"",
                "\"DownloadTaskId\":17,\"DownloadTaskStatus\":\"NOT_EXIST\"",
                "\"DownloadTaskId\":17,\"DownloadTaskStatus\":\"FAILED\"",
                "\"DownloadTaskId\":17,\"DownloadTaskStatus\":\"internal error\"",
                "\"DownloadTaskId\":17,\"DownloadTaskStatus\":\"Canceled\"",
                "\"DownloadTaskId\":-1,\"DownloadTaskStatus\":\"RUNNING\"",
                "\"DownloadTaskId\":0",
                "\"DownloadTaskId\":null",
                ""
            })
    void aListedTaskThatIsNoneIsReplaced(String task) {
        ob.lists(task).says("\"DownloadTaskId\":18");

        assertThat(links()).isEqualTo(new Preparing("18", Instant.parse("2026-11-21T12:00:01Z")));
        assertThat(ob.actions()).containsExactly(LIST, CREATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUNNING", "running", "Doing", "INIT", "WAITING", "CONVERTING", "queued"})
    void aTaskAtWorkIsWaitedForThoughItShowsALink(String status) {
        ob.lists(TASK_17).describes(status, links(one(PUBLIC_URL, INTERNAL_URL)));

        assertThat(links()).isEqualTo(LOOK_AGAIN_17);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCESS", "Finished", "DONE", "whatever", ""})
    void anyOtherWordWithALinkIsTheEndAndWithoutOneIsNot(String status) {
        ob.lists(TASK_17).describes(status, "");
        assertThat(links()).isEqualTo(LOOK_AGAIN_17);

        ob.describes(status, links(one(PUBLIC_URL, INTERNAL_URL)));
        assertThat(links()).isInstanceOf(Granted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "fail", "ERROR", "CANCELED", "TIMEOUT", "EXPIRED", "not_exist"})
    void aTaskThatCameToNothingIsReplacedThoughItIsStillListed(String status) {
        ob.lists(TASK_17)
                .describes(status, links(one(PUBLIC_URL, INTERNAL_URL)))
                .says("\"DownloadTaskId\":18");
        assertThat(links()).isEqualTo(new Preparing("18", Instant.parse("2026-11-21T12:00:01Z")));
        assertThat(ob.actions()).containsExactly(LIST, LOOK, CREATE);
    }

    @Test
    void aSetThatNeitherTheListNorATaskKnowsIsGone() {
        ob.lists("").says("\"DownloadTaskId\":17");
        links();

        ob.describes("FAILED", "").says(OceanBase.sets(0)).refuses(404, "BackupSet.NotFound");
        assertThat(links())
                .isInstanceOfSatisfying(
                        Gone.class, gone -> assertThat(gone.reason()).contains("BackupSet.NotFound"));
        assertThat(ob.actions()).containsExactly(LIST, CREATE, LOOK, LIST, CREATE);
    }

    @Test
    void aSetThatOneListIsWithoutMayStillHaveATask() {
        ob.says(OceanBase.sets(0)).says("\"DownloadTaskId\":17");

        assertThat(links()).isEqualTo(LOOK_AGAIN_17);
    }

    @Test
    void aSetThatIsNotListedIsNotFailedByARefusal() {
        ob.says(OceanBase.sets(0)).refuses(400, "InvalidParameter.BackupSetId");

        assertThat(links())
                .isInstanceOfSatisfying(
                        Busy.class, why -> assertThat(why.reason()).endsWith("; and the set is not listed just now"));
    }

    @Test
    void theSameLostTaskInALaggingListIsNotLookedAtAgain() {
        ob.lists("").says("\"DownloadTaskId\":17");
        links();

        ob.describes("FAILED", "").lists(TASK_17).says("\"DownloadTaskId\":18");
        assertThat(links()).isInstanceOf(Preparing.class);
        assertThat(ob.actions()).containsExactly(LIST, CREATE, LOOK, LIST, CREATE);
    }

    @Test
    void tasksThatComeToNothingEndAfterThreeAndARetryBeginsAnew() {
        ob.lists("").says("\"DownloadTaskId\":17");
        links();
        for (var task = 18; task <= 19; task++) {
            ob.describes("FAILED", "").lists("").says("\"DownloadTaskId\":" + task);
            assertThat(links()).isInstanceOf(Preparing.class);
        }

        ob.describes("FAILED", "").lists("");
        assertThat(links())
                .isInstanceOfSatisfying(
                        Refused.class,
                        why -> assertThat(why.reason())
                                .contains("3 download tasks in a row came to nothing", "console", "then retry")
                                .endsWith("task=19: task is FAILED"));
        assertThat(ob.actions()).filteredOn(CREATE::equals).hasSize(3);

        ob.lists("").says("\"DownloadTaskId\":20");
        assertThat(links()).isInstanceOf(Preparing.class);
    }

    @Test
    void aTaskThatRunsForADayIsReplaced() {
        ob.lists(TASK_17).describes("RUNNING", "");
        links();
        ob.clock.advance(Duration.ofHours(23));
        ob.describes("RUNNING", "");
        assertThat(links()).isInstanceOf(Preparing.class);

        ob.clock.advance(Duration.ofHours(1));
        ob.describes("RUNNING", "").lists(TASK_17).says("\"DownloadTaskId\":18");
        assertThat(links())
                .isInstanceOfSatisfying(
                        Preparing.class,
                        preparing -> assertThat(preparing.task()).isEqualTo("18"));
    }

    @Test
    void aTaskJustMadeMayBeUnknownForAWhile() {
        ob.lists("").says("\"DownloadTaskId\":17");
        links();

        ob.clock.advance(Duration.ofMinutes(4));
        ob.refuses(404, "DownloadTask.NotFound");
        assertThat(links()).isInstanceOf(Preparing.class);
        ob.describes("not_exist", "");
        assertThat(links()).isInstanceOf(Preparing.class);

        ob.clock.advance(Duration.ofMinutes(1));
        ob.refuses(404, "DownloadTask.NotFound").lists("").says("\"DownloadTaskId\":18");
        assertThat(links()).isInstanceOf(Preparing.class);
        assertThat(ob.actions()).filteredOn(CREATE::equals).hasSize(2);
    }

    @Test
    void aTaskThatIsUnknownIsNoProofThatTheSetIsGone() {
        ob.lists(TASK_17).refuses(404, "DownloadTask.NotFound").says("\"DownloadTaskId\":18");

        assertThat(links()).isInstanceOf(Preparing.class);
    }

    @Test
    void aSetThatCannotBePreparedThoughItIsListedIsNotTakenForGone() {
        ob.lists("").refuses(404, "BackupSet.NotFound");

        assertThat(links())
                .isInstanceOfSatisfying(
                        Unavailable.class, why -> assertThat(why.reason()).endsWith("; yet the set is listed"));
    }

    @Test
    void anInstanceThatIsNoMoreIsGone() {
        ob.refuses(404, "InvalidInstanceId.NotFound");

        assertThat(links()).isInstanceOf(Gone.class);
    }

    @Test
    void aSetThatWasNotInThePartOfTheListThatCouldBeReadIsNotGone() {
        ob.says(OceanBase.sets(2, OceanBase.set("\"other\"", "DONE", ""))).refuses(500, "InternalError");

        assertThat(links()).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "DOING,   Busy,    listed as DOING",
        "UNKNOWN, Busy,    listed as UNKNOWN",
        "FAILED,  Refused, listed as FAILED",
        "OVERDUE, Gone,    listed as OVERDUE"
    })
    void aSetThatIsNotReadyIsNotPrepared(String status, String expected, String words) {
        ob.says(OceanBase.sets(1, OceanBase.set("\"bak-1\"", status, "")));

        assertThat(links())
                .isInstanceOfSatisfying(
                        Setback.class, why -> assertThat(why.reason()).endsWith(words))
                .satisfies(outcome ->
                        assertThat(outcome.getClass().getSimpleName()).isEqualTo(expected));
        assertThat(ob.actions()).containsExactly(LIST);
    }

    @Test
    void aSetWhoseIdIsANumberIsFound() {
        ob.says(OceanBase.sets(1, OceanBase.set("42", "DONE", "," + TASK_17))).describes("RUNNING", "");

        assertThat(source.links(OceanBase.CLUSTER, new BackupId("42"), Duration.ofMinutes(5)))
                .isInstanceOf(Preparing.class);
    }

    @ParameterizedTest
    @CsvSource({"400, Throttling.User, Throttled", "403, Forbidden.RAM, Denied", "503, ServiceUnavailable, Unavailable"
    })
    void aRefusalOnTheWayIsTheSetbackAndTheTaskIsKept(int status, String code, String expected) {
        ob.lists("").refuses(status, code);
        assertThat(links().getClass().getSimpleName()).isEqualTo(expected);

        ob.clock.advance(Duration.ofMinutes(10));
        ob.lists("").says("\"DownloadTaskId\":17");
        assertThat(links()).isInstanceOf(Preparing.class);
        ob.refuses(status, code);
        assertThat(links().getClass().getSimpleName()).isEqualTo(expected);

        ob.clock.advance(Duration.ofMinutes(10));
        ob.describes("SUCCESS", links(one(PUBLIC_URL, "")));
        assertThat(links()).isInstanceOf(Granted.class);
    }

    @Test
    void aDeadLinkIsLookedAtAgainAndThenReplacedByANewTask() {
        ob.lists(TASK_17).describes("SUCCESS", links(one(PUBLIC_URL, "")));
        assertThat(links()).isInstanceOf(Granted.class);

        // Still alive: the same task serves.
        ob.lists(TASK_17).describes("SUCCESS", links(one(PUBLIC_URL, "")));
        assertThat(links()).isInstanceOf(Granted.class);

        ob.clock.advance(Duration.ofHours(1));
        ob.lists(TASK_17).describes("SUCCESS", links(one(PUBLIC_URL, ""))).says("\"DownloadTaskId\":18");
        assertThat(links())
                .isInstanceOfSatisfying(
                        Preparing.class,
                        preparing -> assertThat(preparing.task()).isEqualTo("18"));
        assertThat(ob.actions()).containsExactly(LIST, LOOK, LIST, LOOK, LIST, LOOK, CREATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Weeks ago: too far for a link just made, and not for one that was kept.
                "?Expires=1790000000&OSSAccessKeyId=ak&Signature=x",
                "?Expires=1795262400&OSSAccessKeyId=ak&Signature=x",
                "?x-oss-date=20261121T100000Z&x-oss-expires=3600&x-oss-signature=x"
            })
    void aLinkThatDiedIsNotHandedOutWhateverTheAnswerSays(String query) {
        ob.lists(TASK_17)
                .describes(
                        "SUCCESS",
                        links(one("https://b.oss.aliyuncs.com/one.zip" + query, "")) + ",\"UrlAliveTime\":3600")
                .says("\"DownloadTaskId\":18");

        assertThat(links()).isInstanceOf(Preparing.class);
    }

    /** A slow transfer outlives many links. */
    @Test
    void aLinkInBetweenBeginsTheCountOfTasksAnew() {
        for (var renewal = 0; renewal < 5; renewal++) {
            ob.lists(TASK_17)
                    .describes("SUCCESS", links(one("https://b.oss.aliyuncs.com/one.zip" + DEAD, "")))
                    .says("\"DownloadTaskId\":18");
            assertThat(links()).isInstanceOf(Preparing.class);
            ob.describes("SUCCESS", links(one(PUBLIC_URL, "")));
            assertThat(links()).isInstanceOf(Granted.class);
        }
    }

    @Test
    void linksThatAreDeadOnArrivalEndAfterThreeTasks() {
        ob.lists("").says("\"DownloadTaskId\":17");
        links();
        for (var task = 18; task <= 19; task++) {
            ob.describes("SUCCESS", links(one("https://b.oss.aliyuncs.com/one.zip" + DEAD, "")))
                    .lists("")
                    .says("\"DownloadTaskId\":" + task);
            assertThat(links()).isInstanceOf(Preparing.class);
        }
        ob.describes("SUCCESS", links(one("https://b.oss.aliyuncs.com/one.zip" + DEAD, "")))
                .lists("");

        assertThat(links())
                .isInstanceOfSatisfying(
                        Refused.class, why -> assertThat(why.reason()).endsWith("the task's links are dead"));
    }

    @ParameterizedTest
    @CsvSource({
        // The link's own word comes first.
        "'?Expires=1795266000&OSSAccessKeyId=a', '60',  '2026-11-21 20:01:00', 2026-11-21T13:00:00Z, URL",
        "?x-oss-date=20261121T120000Z&x-oss-expires=1800, , ,                 2026-11-21T12:30:00Z, URL",
        // A link that says nothing: the earlier of what the answer says.
        "'', 3600,   ,                     2026-11-21T13:00:00Z, API",
        "'', '7200', 2026-11-21 20:30:00,  2026-11-21T12:30:00Z, API",
        "'', 600,    2026-11-21 20:30:00,  2026-11-21T12:10:00Z, API",
        "'', ,       2026-11-21 20:30:00,  2026-11-21T12:30:00Z, API",
        "'', ,       2026-11-21T12:30:00Z, 2026-11-21T12:30:00Z, API",
        // Read early, it lies in the past: it may be a time in UTC.
        "'', 3600,   2026-11-21 13:00:00,  2026-11-21T13:00:00Z, API",
        // Nonsense is not believed.
        "'', 0,      yyyy-MM-dd HH:mm:ss,  2026-11-21T13:00:00Z, POLICY",
        "'', -5,     ,                     2026-11-21T13:00:00Z, POLICY",
        "'', 999999999999, ,               2026-11-21T13:00:00Z, POLICY",
        "'?Expires=99999999999&OSSAccessKeyId=a', 600, , 2026-11-21T12:10:00Z, API"
    })
    void theExpiryIsReadFromTheBestThatThereIs(
            String query, @Nullable String alive, @Nullable String until, Instant expected, Origin origin) {
        ob.lists(TASK_17)
                .describes(
                        "SUCCESS",
                        links(one("https://b.oss.aliyuncs.com/one.zip" + query, ""))
                                + (alive == null ? "" : ",\"UrlAliveTime\":\"" + alive + "\"")
                                + (until == null ? "" : ",\"UrlExpiredTime\":\"" + until + "\""));

        assertThat(files()).extracting(OfferedFile::expiry).containsExactly(new Expiry(expected, origin));
    }

    @Test
    void aTaskWhoseLinkEndedByTheAnswersWordIsReplaced() {
        ob.lists(TASK_17)
                .describes(
                        "SUCCESS",
                        links(one("https://b.oss.aliyuncs.com/one.zip", ""))
                                + ",\"UrlExpiredTime\":\"2026-11-20 13:00:00\"")
                .says("\"DownloadTaskId\":18");

        assertThat(links()).isInstanceOf(Preparing.class);
    }

    @Test
    void theIssueTimeIsTheProvidersAndNotOurs() {
        ob.lists(TASK_17)
                .says(
                        "\"Data\":{\"DownloadTaskStatus\":\"SUCCESS\",\"UrlAliveTime\":3600,"
                                + "\"InternalUrl\":\"http://b.aliyuncs.com/one.zip\"}",
                        "Date: Sat, 21 Nov 2026 11:50:00 GMT");

        var granted = (Granted) ob.source(Network.INTERNAL).links(OceanBase.CLUSTER, OceanBase.SET, Duration.ZERO);

        assertThat(granted.grant().issuedAt()).isEqualTo("2026-11-21T11:50:00Z");
        assertThat(granted.grant().files().getFirst().expiry().at()).isEqualTo("2026-11-21T12:50:00Z");
    }

    @Test
    void theOlderAnswersOnlyLinkServesTheInternalNetwork() {
        var data = ",\"InternalUrl\":\"" + INTERNAL_URL + "\",\"UrlAliveTime\":3600";
        ob.lists(TASK_17).describes("SUCCESS", data);

        var granted = (Granted) ob.source(Network.INTERNAL).links(OceanBase.CLUSTER, OceanBase.SET, Duration.ZERO);

        assertThat(granted.grant().files())
                .extracting(OfferedFile::name, OfferedFile::link)
                .containsExactly(tuple("one.zip", SignedUrl.of(INTERNAL_URL)));
    }

    @Test
    void aLinkOnTheOtherNetworkOnlyIsRefusedWithTheRemedy() {
        ob.lists(TASK_17).describes("SUCCESS", ",\"InternalUrl\":\"" + INTERNAL_URL + "\"");
        assertThat(links())
                .isEqualTo(new Refused(
                        "links instance=ob317v4uif0001 backup=bak-1 task=17: no link on the public network",
                        Advice.noLinkOn("public", "internal")));

        ob.lists(TASK_17).describes("SUCCESS", links(one(PUBLIC_URL, "")));
        assertThat(ob.source(Network.INTERNAL).links(OceanBase.CLUSTER, OceanBase.SET, Duration.ZERO))
                .isEqualTo(new Refused(
                        "links instance=ob317v4uif0001 backup=bak-1 task=17: no link on the internal network",
                        Advice.noLinkOn("internal", "public")));
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLIC, https://b.oss-cn-hangzhou.aliyuncs.com",
        "INTERNAL, http://b.oss-cn-hangzhou-internal.aliyuncs.com"
    })
    void theNetworkChoosesTheLink(Network network, String start) {
        ob.lists(TASK_17).describes("SUCCESS", links("[" + one(PUBLIC_URL, INTERNAL_URL) + "]"));

        var granted = (Granted) ob.source(network).links(OceanBase.CLUSTER, OceanBase.SET, Duration.ZERO);

        assertThat(granted.grant().files().getFirst().link().withoutQuery()).startsWith(start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "\"\"", "7"})
    void linksThatAreNoneLeaveTheOlderForm(String none) {
        ob.lists(TASK_17).describes("SUCCESS", links(none) + ",\"InternalUrl\":\"" + INTERNAL_URL + "\"");

        assertThat(ob.source(Network.INTERNAL).links(OceanBase.CLUSTER, OceanBase.SET, Duration.ZERO))
                .isInstanceOf(Granted.class);
    }

    /** It may stand for several files: the one link beside it would be a part. */
    @Test
    void linksInAFormThatWeDoNotKnowAreNoLinks() {
        ob.lists(TASK_17).describes("SUCCESS", links("{\"Parts\":[1]}") + ",\"InternalUrl\":\"" + INTERNAL_URL + "\"");

        assertThat(ob.source(Network.INTERNAL).links(OceanBase.CLUSTER, OceanBase.SET, Duration.ZERO))
                .isInstanceOf(Preparing.class);
    }

    @Test
    void partsComeInTheOrderOfTheirNumbers() {
        ob.lists(TASK_17)
                .describes(
                        "SUCCESS", links("[" + part("\"2\"", "b") + "," + part("3", "c") + "," + part("1", "a") + "]"));

        assertThat(files()).extracting(OfferedFile::name).containsExactly("a.zip", "b.zip", "c.zip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2           | 1 with numbers [2]",
                "0           | 1 with numbers [0]",
                "1 3         | 2 with numbers [1, 3]",
                "2 3         | 2 with numbers [2, 3]",
                "1 1         | 2 with numbers [1, 1]",
                "0 1         | 2 with numbers [0, 1]",
                "1 null      | 2 with numbers [1]",
                "null null   | 2 with numbers []",
                "1 \"x\"     | 2 with numbers [1]"
            })
    void partsWithAGapAreNoGrant(String numbers, String words) {
        var parts = Arrays.stream(numbers.split(" ", -1)).map(number -> part(number, "f" + number.length()));
        ob.lists(TASK_17).describes("SUCCESS", links(parts.collect(Collectors.joining(",", "[", "]"))));

        assertThat(links())
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        why -> assertThat(why.reason()).endsWith("the parts are not whole, " + words));
    }

    @Test
    void aPartWithoutItsLinkIsNoGrant() {
        ob.lists(TASK_17).describes("SUCCESS", links("[" + part("1", "a") + ",{\"PartId\":2,\"FileName\":\"b.zip\"}]"));

        assertThat(links())
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        why -> assertThat(why.reason()).endsWith("1 of 2 files have no link on the public network"));
    }

    @Test
    void aLinkThatIsNoneIsNoGrant() {
        ob.lists(TASK_17).describes("SUCCESS", links(one("ftp://b/one.zip?LINKSECRET", "")));

        assertThat(links())
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        why -> assertThat(why.reason())
                                .contains("a link is no absolute http(s) URL")
                                .doesNotContain("SECRET"));
    }

    @ParameterizedTest
    @CsvSource({"../../etc/passwd, ../../etc/passwd", "manifest.json, manifest.json", "' ', one.zip", "'', one.zip"})
    void aNameIsKeptVerbatimAndTakenFromTheLinkWhereThereIsNone(String given, String expected) {
        ob.lists(TASK_17)
                .describes("SUCCESS", links("{\"Url\":\"" + PUBLIC_URL + "\",\"FileName\":\"" + given + "\"}"));

        assertThat(files()).extracting(OfferedFile::name).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"Data\":null", "\"Data\":[]", "\"Data\":\"\""})
    void anAnswerWithoutDataIsTroubleThatPasses(String answer) {
        ob.lists(TASK_17).says(answer);

        assertThat(links()).isInstanceOf(Unavailable.class);
    }

    @Test
    void numberedPartsProveASetAndASingleFileDoesNot() {
        assertThat(source.completeness(List.of("a_part1.zip", "a_part2.zip")))
                .contains(CheckResult.passed("completeness", "the parts are numbered from 1 to 2"));
        assertThat(source.completeness(List.of("a.zip")))
                .contains(CheckResult.unverified("completeness", "one file; the provider does not say of how many"));
    }

    private LinksOutcome links() {
        return source.links(OceanBase.CLUSTER, OceanBase.SET, Duration.ofMinutes(30));
    }

    private List<OfferedFile> files() {
        return ((Granted) links()).grant().files();
    }

    private static String links(String links) {
        return ",\"DownloadLinks\":" + links;
    }

    private static String one(String url, String internalUrl) {
        return "{\"Url\":\"" + url + "\",\"InternalUrl\":\"" + internalUrl + "\",\"CompressedBackupSetSize\":1.5}";
    }

    private static String part(String number, String name) {
        return "{\"PartId\":" + number + ",\"FileName\":\"" + name + ".zip\",\"Url\":\"https://b.aliyuncs.com/" + name
                + SIGNED + "\"}";
    }
}
