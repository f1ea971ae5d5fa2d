package io.backhaul.transfer;

import static io.backhaul.transfer.ScriptedStore.answer;
import static io.backhaul.transfer.ScriptedStore.chunked;
import static io.backhaul.transfer.ScriptedStore.cut;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.Sha256;
import io.backhaul.transfer.FetchOutcome.Complete;
import io.backhaul.transfer.FetchOutcome.Cut;
import io.backhaul.transfer.FetchOutcome.NewGeneration;
import io.backhaul.transfer.FetchOutcome.NotTheFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest extends TransferTestBase {
    private static final String ETAG = "ETag: \"generation-one\"";

    private final byte[] object = bytes(100_000);

    private byte[] from(int first) {
        return Arrays.copyOfRange(object, first, object.length);
    }

    private static ScriptedStore.Reply part(byte[] rest, int first, int total, String... headers) {
        var all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Range: bytes " + first + "-" + (total - 1) + "/" + total;
        return answer("206 Partial Content", rest, all);
    }

    @Test
    void aCutKeepsWhatCameAndTheNextFetchAsksForTheRestOfTheSameObject() throws IOException {
        store.then(cut("200 OK", object.length, Arrays.copyOf(object, 40_000), ETAG));
        store.then(part(from(40_000), 40_000, object.length, ETAG));

        var first = fetch();
        assertThat(first.outcome()).isInstanceOf(Cut.class);
        assertThat(first.fromByte()).isZero();
        assertThat(first.moved().bytes()).isEqualTo(40_000);
        assertThat(first.gained()).isEqualTo(40_000);
        assertThat(staged().kept().bytes()).isEqualTo(40_000);

        var second = fetch();
        assertThat(second.outcome()).isInstanceOf(Complete.class);
        assertThat(second.fromByte()).isEqualTo(40_000);
        assertThat(second.moved().bytes()).isEqualTo(60_000);
        assertThat(second.httpStatus()).isEqualTo(206);
        assertThat(store.last().header("Range")).isEqualTo("bytes=40000-");
        assertThat(store.last().header("If-Match")).isEqualTo("\"generation-one\"");
        assertThat(((Complete) second.outcome()).file().sha256()).isEqualTo(Sha256.of(object));
        assertThat(whole()).hasBinaryContent(object);
        assertThat(moved.stream().mapToLong(Long::longValue).sum()).isEqualTo(object.length);
    }

    @Test
    void whatAStoreSendsAgainFromTheFirstByteIsNoGain() throws IOException {
        stage(object, 40_000, ETAG);
        store.then(cut("200 OK", object.length, Arrays.copyOf(object, 40_000), ETAG));

        var again = fetch();

        assertThat(again.outcome()).isInstanceOf(Cut.class);
        assertThat(again.moved().bytes()).isEqualTo(40_000);
        assertThat(again.gained()).isZero();
    }

    @Test
    void bytesThatNoLaterAnswerCanBeTiedToAreNoGain() throws IOException {
        store.then(cut("200 OK", object.length, Arrays.copyOf(object, 40_000)));

        var report = fetch();

        assertThat(report.moved().bytes()).isEqualTo(40_000);
        assertThat(report.gained()).isZero();
        assertThat(staged().kept().bytes()).isZero();
    }

    @Test
    void whatIsGivenUpForANewGenerationIsALoss() throws IOException {
        stage(object, 40_000, ETAG);
        store.then(answer("412 Precondition Failed", ""));

        assertThat(fetch().gained()).isEqualTo(-40_000);
    }

    @Test
    void whatMakesWayForTheWholeIsRoomForIt() throws IOException {
        stage(object, 40_000, ETAG);
        store.then(answer("200 OK", object, ETAG));
        var request = request();
        var roomForTheRest = new Room() {
            @Override
            public Optional<String> refusal(long bytes) {
                return bytes <= 60_000 ? Optional.empty() : Optional.of("full");
            }
        };

        var report = downloader.fetch(new FetchRequest(
                request.link(), Instant.MAX, request.staged(), request.rules(), null, moved::add, roomForTheRest));

        assertThat(report.outcome()).isInstanceOf(Complete.class);
    }

    @Test
    void bytesBehindTheLastSyncAreNotBelieved() throws IOException {
        stage(object, 40_000, ETAG);
        // more than the object has: what is not overwritten must be cut off
        Files.write(part(), new byte[80_000], StandardOpenOption.APPEND);
        store.then(part(from(40_000), 40_000, object.length, ETAG));

        assertThat(fetch().outcome()).isInstanceOf(Complete.class);

        assertThat(whole()).hasBinaryContent(object);
    }

    @Test
    void aPartThatIsShorterThanItsJournalIsNotContinued() throws IOException {
        stage(object, 40_000, ETAG);
        Files.write(part(), new byte[10]);
        store.then(answer("200 OK", object, ETAG));

        assertThat(fetch().outcome()).isInstanceOf(Complete.class);

        assertThat(store.last().header("Range")).isNull();
    }

    @Test
    void aJournalThatCannotBeReadMeansStartingAgain() throws IOException {
        stage(object, 40_000, ETAG);
        Files.writeString(folder.resolve(".dump.bin.journal"), "format=1\nstate=partial\nsynced=many\\u00zz");
        store.then(answer("200 OK", object, ETAG));

        assertThat(fetch().outcome()).isInstanceOf(Complete.class);

        assertThat(store.last().header("Range")).isNull();
        assertThat(whole()).hasBinaryContent(object);
    }

    @Test
    void aWholeAnswerToARangeStartsAgainWithThatVeryBody() throws IOException {
        stage(object, 40_000, ETAG);
        store.then(answer("200 OK", object, ETAG));

        var report = fetch();

        assertThat(report.outcome()).isInstanceOf(Complete.class);
        assertThat(report.fromByte()).isZero();
        assertThat(report.moved().bytes()).isEqualTo(object.length);
        assertThat(whole()).hasBinaryContent(object);
    }

    @Test
    void aWholeAnswerOfAnotherObjectOfTheSameLengthIsTakenFromItsFirstByte() throws IOException {
        var other = object.clone();
        other[10] ^= 1;
        stage(object, 40_000, ETAG);
        store.then(answer("200 OK", other, "ETag: \"two\""));

        assertThat(fetch().outcome()).isInstanceOf(Complete.class);

        assertThat(whole()).hasBinaryContent(other);
    }

    @Test
    void aRestThatComesAs200IsNotTakenForTheWhole() throws IOException {
        stage(object, 40_000, ETAG);
        store.then(answer("200 OK", from(40_000), ETAG));

        assertThat(fetch().outcome())
                .isEqualTo(new NotTheFile("a whole was announced with 60000 bytes instead of 100000"));

        assertThat(kept()).isEqualTo(Arrays.copyOf(object, 40_000));
    }

    @Test
    void anErrorPageInsteadOfTheRestCostsNothing() throws IOException {
        stage(object, 40_000, ETAG);
        store.then(answer("200 OK", "<html>Please log in</html>", "Content-Type: text/html"));

        assertThat(fetch().outcome()).isInstanceOf(NotTheFile.class);

        assertThat(kept()).hasSize(40_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"412 Precondition Failed", "416 Range Not Satisfiable"})
    void aRefusedConditionOrRangeDiscardsWhatIsKept(String status) {
        stage(object, 40_000, ETAG);
        store.then(answer(status, "<Error><Code>InvalidRange</Code></Error>"));

        assertThat(fetch().outcome()).isInstanceOf(NewGeneration.class);

        assertThat(staged().kept().bytes()).isZero();
        assertThat(part()).doesNotExist();
    }

    @Test
    void anotherEtagOrTotalIsANewGenerationEvenIfTheStoreIgnoresIfMatch() {
        stage(object, 40_000, ETAG);
        store.then(part(from(40_000), 40_000, object.length, "ETag: \"two\""));
        assertThat(fetch().outcome()).isEqualTo(new NewGeneration("the object has changed (ETag, date or total)"));

        stage(object, 40_000, ETAG);
        store.then(part(new byte[60_001], 40_000, object.length + 1, ETAG));
        assertThat(fetch().outcome()).isInstanceOf(NewGeneration.class);
        assertThat(part()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes 0-99999/100000", "bytes 40001-99999/100000", "bytes 40000-99998/100000", "bytes 40000-99999/*",
                "bytes 40000-100000/100000", "40000-99999/100000", "bytes */100000", "",
            })
    void aRangeThatWasNotAskedForIsNotTheFileAndWhatIsKeptStays(String range) throws IOException {
        stage(object, 40_000, ETAG);
        store.then(answer("206 Partial Content", from(40_000), ETAG, "Content-Range: " + range));

        var report = fetch();

        assertThat(report.outcome()).isInstanceOf(NotTheFile.class);
        assertThat(report.moved().bytes()).isZero();
        assertThat(kept()).isEqualTo(Arrays.copyOf(object, 40_000));
    }

    @Test
    void withoutAStrongEtagDateAndTotalMustAgree() throws IOException {
        stage(object, 40_000, "ETag: W/\"weak\"", DATE);
        store.then(part(from(40_000), 40_000, object.length, "ETag: W/\"weak\"", DATE));

        assertThat(fetch().outcome()).isInstanceOf(Complete.class);

        assertThat(store.last().header("If-Match")).isNull();
        assertThat(whole()).hasBinaryContent(object);
    }

    @Test
    void withoutAStrongEtagAnotherDateIsANewGeneration() {
        stage(object, 40_000, DATE);
        store.then(part(from(40_000), 40_000, object.length, "Last-Modified: Thu, 19 Nov 2026 10:00:00 GMT"));

        assertThat(fetch().outcome()).isInstanceOf(NewGeneration.class);
    }

    @Test
    void anObjectThatNothingIdentifiesIsNeverContinued() throws IOException {
        stage(object, 40_000);
        store.then(answer("200 OK", object));

        assertThat(fetch().outcome()).isInstanceOf(Complete.class);

        assertThat(store.last().header("Range")).isNull();
        assertThat(whole()).hasBinaryContent(object);
    }

    @Test
    void aRestThatNamesNoEtagAtAllIsBelievedByDateAndTotalOnly() {
        stage(object, 40_000, ETAG, DATE);
        store.then(part(from(40_000), 40_000, object.length, DATE));
        assertThat(fetch().outcome()).isInstanceOf(Complete.class);

        staged().discard();
        stage(object, 40_000, ETAG);
        store.then(part(from(40_000), 40_000, object.length));
        assertThat(fetch().outcome()).isInstanceOf(NewGeneration.class);
    }

    @Test
    void aFileThatWasKilledBetweenItsLastByteAndTheVerdictNeedsNoRequest() throws IOException {
        var generation = new Generation("\"one\"", null, (long) object.length, null, null);
        try (var part = staged().begin(generation)) {
            part.syncMeanwhile();
            part.write(ByteBuffer.wrap(object), 0);
        }

        var report = fetch();

        assertThat(report.outcome()).isInstanceOf(Complete.class);
        assertThat(report.httpStatus()).isZero();
        assertThat(store.seen()).isEmpty();
        assertThat(whole()).hasBinaryContent(object);
    }

    @Test
    void aLinkThatDiesInTheMiddleLeavesWhatIsKeptForTheNextGrant() {
        stage(object, 40_000, ETAG);
        store.then(answer("403 Forbidden", "<Error><Code>AccessDenied</Code></Error>"));
        store.then(part(from(40_000), 40_000, object.length, ETAG));

        assertThat(fetch().outcome()).isInstanceOf(FetchOutcome.LinkDead.class);
        assertThat(fetch().fromByte()).isEqualTo(40_000);
        assertThat(staged().finished()).isPresent();
    }

    @Test
    void aRestLongerThanAnnouncedIsDamage() {
        stage(object, 40_000, ETAG);
        store.then(chunked("206 Partial Content", new byte[60_001], ETAG, "Content-Range: bytes 40000-99999/100000"));

        assertThat(fetch().outcome())
                .isInstanceOfSatisfying(
                        FetchOutcome.Damaged.class,
                        damaged -> assertThat(damaged.detail()).startsWith("length: "));
        assertThat(part()).doesNotExist();
    }
}
