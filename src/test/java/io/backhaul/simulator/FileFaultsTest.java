package io.backhaul.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each fault of a download strikes as often as ordered, and the download after it is sound. */
class FileFaultsTest extends CloudUnderTest {
    @AfterEach
    void everyOrderWasUsed() {
        assertThat(cloud.faults().pending()).isZero();
    }

    @Test
    void noAnswerTearsTheConnection() throws IOException {
        strikeFile(Fault.NO_ANSWER.plain());

        var answer = caller.download(link());

        assertThat(answer.status()).isZero();
        assertThat(answer.isTorn()).isTrue();
        soundAgain();
    }

    @Test
    void aCutTearsTheConnectionOnTheWay() throws IOException {
        strikeFile(Fault.CONNECTION_CUT.with(7));

        var answer = caller.download(link());

        assertThat(answer.isTorn()).isTrue();
        assertThat(BYTES.substring(0, 7)).startsWith(answer.body());
        soundAgain();
    }

    @Test
    void aTruncatedBodyIsShorterThanItsHonestLength() throws IOException {
        strikeFile(Fault.BODY_TRUNCATED.with(7));

        var answer = caller.download(link());

        assertThat(answer.header("Content-Length")).isEqualTo("20");
        assertThat(answer.body()).isEqualTo(BYTES.substring(0, 7));
        assertThat(answer.isTorn()).isFalse();
        soundAgain();
    }

    @Test
    void aShortLengthAgreesWithItsShortBody() throws IOException {
        strikeFile(Fault.LENGTH_SHORT.with(7));

        var answer = caller.download(link(), "Range: bytes=2-");

        assertThat(answer.header("Content-Length")).isEqualTo("7");
        assertThat(answer.header("Content-Range")).isEqualTo("bytes 2-19/20");
        assertThat(answer.body()).isEqualTo(BYTES.substring(2, 9));
        soundAgain();
    }

    @Test
    void aMissingLengthLeavesNothingToTellAShortBodyBy() throws IOException {
        strikeFile(Fault.LENGTH_MISSING.with(7));

        var answer = caller.download(link());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("(none)");
        assertThat(answer.body()).isEqualTo(BYTES.substring(0, 7));
        assertThat(answer.isTorn()).isFalse();
        soundAgain();
    }

    @Test
    void aStallHoldsTheBodyUntilReleased() throws IOException {
        strikeFile(Fault.BODY_STALLED.with(7));

        try (var exchange = caller.open("GET", link())) {
            assertThat(exchange.bodyStart(7)).isEqualTo(BYTES.substring(0, 7));
            assertThat(exchange.hasMoreWithin(Duration.ofMillis(50))).isFalse();
            cloud.releaseStalls();
            assertThat(exchange.bodyRest()).isEqualTo(BYTES.substring(7));
        }
        soundAgain();
    }

    @Test
    void aSlowBodyTakesItsTime() throws IOException {
        strikeFile(Fault.BODY_SLOW.with(100));
        var link = link();
        var begun = System.nanoTime();

        assertThat(caller.download(link).body()).isEqualTo(BYTES);

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(200_000_000L);
        soundAgain();
    }

    @Test
    void allDownloadsCanBeSlow() throws IOException {
        cloud.limitDownloadsTo(100);
        var link = link();
        var begun = System.nanoTime();

        assertThat(caller.download(link).body()).isEqualTo(BYTES);

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(200_000_000L);
    }

    @Test
    void aLateAnswerComesLate() throws IOException {
        strikeFile(Fault.ANSWER_LATE.with(Duration.ofMillis(100)));
        var link = link();
        var begun = System.nanoTime();

        assertThat(caller.download(link).status()).isEqualTo(200);

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(100_000_000L);
    }

    @Test
    void theDateCanBeMissing() throws IOException {
        strikeFile(Fault.DATE_MISSING.plain());

        assertThat(caller.download(link()).header("Date")).isEqualTo("(none)");
        soundAgain();
    }

    @Test
    void anErrorDocumentCanComeWithStatus200() throws IOException {
        strikeFile(Fault.XML_ERROR_WITH_200.plain());
        strikeFile(Fault.HTML_PAGE_WITH_200.plain());

        var xml = caller.download(link());
        var html = caller.download(link());

        assertThat(xml.status()).isEqualTo(200);
        assertThat(xml.body()).contains("<Error><Code>");
        assertThat(html.status()).isEqualTo(200);
        assertThat(html.header("Content-Type")).isEqualTo("text/html");
        soundAgain();
    }

    @Test
    void aProxyCanAnswerInstead() throws IOException {
        strikeFile(Fault.HTML_502.plain());

        var answer = caller.download(link());

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).startsWith("<html>");
        soundAgain();
    }

    @Test
    void refusalsMaySayWhenToComeBack() throws IOException {
        strikeFile(Fault.THROTTLED.with(Duration.ofSeconds(7)));
        strikeFile(Fault.UNAVAILABLE.with(Duration.ofSeconds(9)));
        strikeFile(Fault.UNAVAILABLE.plain());
        strikeFile(Fault.INTERNAL_ERROR.plain());

        var throttled = caller.download(link());
        var later = caller.download(link());
        var sometime = caller.download(link());
        var broken = caller.download(link());

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.header("Retry-After")).isEqualTo("7");
        assertThat(throttled.body()).contains("<Code>TooManyRequests</Code>");
        assertThat(later.status()).isEqualTo(503);
        assertThat(later.header("Retry-After")).isEqualTo("9");
        assertThat(sometime.body()).contains("<Code>SlowDown</Code>");
        assertThat(sometime.header("Retry-After")).isEqualTo("(none)");
        assertThat(broken.status()).isEqualTo(500);
        soundAgain();
    }

    @Test
    void aRedirectLeadsWhereItWasOrdered() throws IOException {
        strikeFile(Fault.REDIRECT.with("http://169.254.169.254/latest"));

        var answer = caller.download(link());

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("http://169.254.169.254/latest");
        soundAgain();
    }

    @Test
    void aLinkThatDiedEarlyStaysDeadAndANewOneWorks() throws IOException {
        strikeFile(Fault.LINK_EXPIRED_EARLY.plain());
        var link = link();

        assertThat(caller.download(link).body()).contains("Request has expired");
        assertThat(caller.download(link).status()).isEqualTo(403);
        assertThat(cloud.journal().expiredHits()).isEqualTo(2);
        soundAgain();
    }

    @Test
    void aWrongContentRangeOwnsUpToIt() throws IOException {
        strikeFile(Fault.CONTENT_RANGE_WRONG.with(3));

        assertThat(caller.download(link()).status()).isEqualTo(200);
        var answer = caller.download(link(), "Range: bytes=10-");

        assertThat(answer.header("Content-Range")).isEqualTo("bytes 3-19/20");
        assertThat(answer.body()).isEqualTo(BYTES.substring(3));
        soundAgain();
    }

    @Test
    void aLyingContentRangeDoesNot() throws IOException {
        strikeFile(Fault.CONTENT_RANGE_LYING.with(3));

        var answer = caller.download(link(), "Range: bytes=10-13");

        assertThat(answer.header("Content-Range")).isEqualTo("bytes 10-13/20");
        assertThat(answer.body()).isEqualTo(BYTES.substring(3, 7));
        soundAgain();
    }

    @Test
    void aRangeCanBeIgnored() throws IOException {
        strikeFile(Fault.RANGE_IGNORED.plain());

        assertThat(caller.download(link()).status()).isEqualTo(200);
        var answer = caller.download(link(), "Range: bytes=10-");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(BYTES);
        soundAgain();
    }

    @Test
    void aSwappedObjectIsAnotherFromThenOn() throws IOException {
        var link = link();
        var before = caller.download(link);
        strikeFile(Fault.OBJECT_SWAPPED.plain());

        var guarded = caller.download(link, "Range: bytes=5-", "If-Match: " + before.header("ETag"));
        var after = caller.download(link);

        assertThat(guarded.status()).isEqualTo(412);
        assertThat(after.body()).hasSameSizeAs(before.body()).isNotEqualTo(before.body());
        assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag")).hasSize(34);
    }

    @Test
    void aSwappedObjectCanBeWithoutEtag() throws IOException {
        strikeFile(Fault.OBJECT_SWAPPED_WITHOUT_ETAG.plain());

        assertThat(caller.download(link()).header("ETag")).isEqualTo("(none)");
        assertThat(caller.download(link()).header("ETag")).isEqualTo("(none)");
        assertThat(caller.download(link()).body()).hasSameSizeAs(BYTES).isNotEqualTo(BYTES);
    }

    @Test
    void oneBitCanBeWrong() throws IOException {
        strikeFile(Fault.BIT_FLIPPED.with(10));

        var answer = caller.download(link(), "Range: bytes=8-");

        assertThat(answer.body()).isEqualTo("89" + (char) ('a' ^ 1) + BYTES.substring(11));
        soundAgain();
    }

    @Test
    void anOrderForOneFileSparesTheOthers() throws IOException {
        addBackup("other", 1, BackupFile.of("o.rdb", Content.text("x")));
        cloud.faults().inject(Fault.HTML_502, FaultTarget.file("o.rdb"), 2);
        cloud.faults().inject(Fault.INTERNAL_ERROR, FaultTarget.anyFile(), 1);

        assertThat(caller.download(link()).status()).isEqualTo(500);
        assertThat(caller.download(caller.link("i", "other")).status()).isEqualTo(502);
        assertThat(caller.download(caller.link("i", "other")).status()).isEqualTo(502);
        soundAgain();
    }

    @Test
    void anOrderThatMakesNoSenseIsRefused() {
        var anyFile = FaultTarget.anyFile();

        assertThatThrownBy(() -> cloud.faults().inject(Fault.PAGE_FAILS.with(1), anyFile, 1))
                .hasMessage("PAGE_FAILS cannot strike AnyFile[] times=1");
        assertThatThrownBy(() -> cloud.faults().inject(Fault.HTML_502, anyFile, 0))
                .hasMessage("HTML_502 cannot strike AnyFile[] times=0");
        assertThatThrownBy(() -> Fault.HTML_502.with(3))
                .hasMessage("HTML_502 takes NONE, not number=3 duration=PT0S text=");
        assertThatThrownBy(Fault.REDIRECT::plain).hasMessageStartingWith("REDIRECT takes TEXT");
    }

    private void soundAgain() throws IOException {
        var answer = caller.download(link());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Date")).isEqualTo("Sat, 21 Nov 2026 00:00:00 GMT");
        assertThat(answer.body()).isEqualTo(BYTES);
    }
}
