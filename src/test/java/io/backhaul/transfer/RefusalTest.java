package io.backhaul.transfer;

import static io.backhaul.transfer.ScriptedStore.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.HostPattern;
import io.backhaul.transfer.FetchOutcome.LinkDead;
import io.backhaul.transfer.FetchOutcome.Throttled;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest extends TransferTestBase {
    @ParameterizedTest
    @CsvSource({
        "400, LINK_DEAD",
        "401, LINK_DEAD",
        "403, LINK_DEAD",
        "405, LINK_DEAD",
        "412, LINK_DEAD",
        "451, LINK_DEAD",
        "300, LINK_DEAD",
        "301, LINK_DEAD",
        "304, NOT_THE_FILE",
        "416, NOT_THE_FILE",
        "404, OBJECT_MISSING",
        "410, OBJECT_MISSING",
        "408, THROTTLED",
        "425, THROTTLED",
        "429, THROTTLED",
        "503, THROTTLED",
        "409, SERVER_FAULT",
        "500, SERVER_FAULT",
        "502, SERVER_FAULT",
        "504, SERVER_FAULT",
        "599, SERVER_FAULT",
        "201, NOT_THE_FILE",
        "203, NOT_THE_FILE",
        "206, NOT_THE_FILE",
    })
    void everyStatusMeansOneThing(int status, AttemptOutcome outcome) {
        store.then(answer(status + " Some", status == 304 ? "" : "no xml"));

        var report = fetch();

        assertThat(report.outcome().asAttempt()).isEqualTo(outcome);
        assertThat(report.httpStatus()).isEqualTo(status);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"408, 1", "408, 0", "503, 0", "503, 00", "503, 2147483648", "421, 0"})
    void oneFetchIsOneRequest(int status, String retryAfter) {
        store.then(answer(status + " Later", "", "Retry-After: " + retryAfter));

        assertThat(fetch().httpStatus()).isEqualTo(status);
        assertThat(store.seen()).hasSize(1);
    }

    @Test
    void theStoresCodeAndMessageAreTheDetail() {
        store.then(answer("403 Forbidden", """
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>AccessDenied</Code><Message>Request has expired.</Message>
                <Expires>2012-12-25T09:47:52.000Z</Expires><HostId>bucket</HostId></Error>""", "Content-Type: application/xml"));

        assertThat(fetch().outcome())
                .isEqualTo(new LinkDead(403, "AccessDenied", "HTTP 403 AccessDenied: Request has expired."));
    }

    @ParameterizedTest
    @CsvSource({"400, TooManyWrongSignature", "400, RequestTimeout", "403, SlowDown"})
    void aCodeThatAsksToWaitCountsMoreThanItsStatus(int status, String code) {
        store.then(answer(status + " No", "<Error><Code>" + code + "</Code></Error>"));

        assertThat(fetch().outcome()).isInstanceOf(Throttled.class);
    }

    @Test
    void retryAfterInSecondsIsTakenByOurClock() {
        store.then(answer("503 Slow Down", "", "Retry-After: 120"));

        assertThat(fetch().outcome()).isEqualTo(new Throttled(clock.instant().plus(Duration.ofMinutes(2)), "HTTP 503"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sat, 21 Nov 2026 00:05:00 GMT | 2026-11-21T00:05:00Z",
                "soon |",
                "-5 |",
                "999999999 | 2026-11-22T00:00:00Z"
            })
    void retryAfterAsADateIsTakenAndNonsenseIsNot(String header, Instant at) {
        store.then(answer("429 Too Many Requests", "", "Retry-After: " + header));

        assertThat(fetch().outcome()).isEqualTo(new Throttled(at, "HTTP 429"));
    }

    @Test
    void retryAfterAsADateIsMeasuredByTheStoresOwnClock() {
        store.then(answer(
                "503 Slow Down",
                "",
                "Date: Sat, 21 Nov 2026 01:00:00 GMT",
                "Retry-After: Sat, 21 Nov 2026 01:05:00 GMT"));

        assertThat(fetch().outcome()).isEqualTo(new Throttled(clock.instant().plus(Duration.ofMinutes(5)), "HTTP 503"));
    }

    @Test
    void whatAStoreRepeatsOfTheLinkNeverGetsIntoADetail() {
        var decoded = URLDecoder.decode(SECRET, StandardCharsets.UTF_8);
        store.then(answer(
                "403 Forbidden",
                "<Error><Code>AKIDEXAMPLE99</Code><Message>no: /bucket/dump.bin" + QUERY + " key AKIDEXAMPLE99, got "
                        + decoded + "</Message><StringToSign>" + SECRET + "</StringToSign></Error>"));

        var report = fetch();

        assertThat(report.toString())
                .contains("no: /bucket/dump.bin?***")
                .doesNotContain(decoded)
                .doesNotContain(SECRET)
                .doesNotContain("AKIDEXAMPLE99")
                .doesNotContain("1795219575");
    }

    @Test
    void aDetailIsShortAndPrintable() {
        store.then(answer(
                "403 Forbidden",
                "<Error><Code>A\u0007B</Code><Message>a\r\nb\u001b[31m" + "x".repeat(900) + "</Message>"));

        assertThat(fetch().outcome().detail())
                .hasSizeLessThan(330)
                .matches("[ -~]+")
                .startsWith("HTTP 403: a b [31mx");
    }

    @Test
    void onlyTheFirst64KiBOfAnErrorAreRead() {
        var body = " ".repeat(64 * 1024) + "<Error><Code>TooLate</Code></Error>";
        store.then(answer("403 Forbidden", body));

        assertThat(fetch().outcome()).isEqualTo(new LinkDead(403, null, "HTTP 403"));
    }

    @Test
    void anUnreachableStoreIsACut() {
        // A port that was closed a moment ago may still answer, or be another test's; nobody serves HTTP on this one.
        var nobody = new TargetRules(List.of(new HostPattern("127.0.0.1:1")));
        var link = SignedUrl.of("http://127.0.0.1:1/bucket/dump.bin" + QUERY);

        var report = downloader.fetch(new FetchRequest(link, Instant.MAX, staged(), nobody, null, moved::add, room()));

        assertThat(report.outcome()).isInstanceOf(FetchOutcome.Cut.class);
        assertThat(report.httpStatus()).isZero();
        assertThat(report.toString()).doesNotContain(SECRET).doesNotContain("AKIDEXAMPLE99");
    }
}
