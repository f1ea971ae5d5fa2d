package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract 2.3 and 2.4. */
class ObjectStoreTest extends CloudUnderTest {
    @Test
    void aLinkGivesTheWholeObjectAndItsFacts() throws IOException {
        var answer = caller.download(link());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(BYTES);
        assertThat(answer.header("Content-Length")).isEqualTo("20");
        assertThat(answer.header("Content-Type")).isEqualTo("binary/octet-stream");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("ETag")).isEqualTo('"' + Digests.md5(BYTES) + '"');
        assertThat(answer.header("Last-Modified")).isEqualTo("Sat, 21 Nov 2026 00:00:00 GMT");
        assertThat(answer.header("Date")).isEqualTo("Sat, 21 Nov 2026 00:00:00 GMT");
        assertThat(answer.header("x-obs-request-id")).isNotEqualTo("(none)");
        assertThat(answer.header("x-obs-id-2")).isNotEqualTo("(none)");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-, 0-19, 0123456789abcdefghij",
        "bytes=18-, 18-19, ij",
        "bytes=19-, 19-19, j",
        "bytes=2-5, 2-5, 2345",
        "bytes=15-900, 15-19, fghij",
        "bytes=19-900, 19-19, j",
        "bytes=-3, 17-19, hij",
        "bytes=-900, 0-19, 0123456789abcdefghij"
    })
    void aRangeIsServedWithTheTotal(String range, String served, String body) throws IOException {
        var answer = caller.download(link(), "Range: " + range);

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes " + served + "/20");
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(body.length()));
        assertThat(answer.header("ETag")).isEqualTo('"' + Digests.md5(BYTES) + '"');
        assertThat(answer.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=5-5", "bytes=5-3", "bytes=x-", "bytes=-", "bytes=-0", "bytes=1-2,x", "items=0-1", "bytes"
            })
    void aSenselessRangeIsIgnored(String range) throws IOException {
        var answer = caller.download(link(), "Range: " + range);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(BYTES);
        assertThat(answer.header("Content-Range")).isEqualTo("(none)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=20-", "bytes=20-30", "bytes=99-,50-60"})
    void aRangeBehindTheEndIs416(String range) throws IOException {
        var answer = caller.download(link(), "Range: " + range);

        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.body()).contains("<Code>InvalidRange</Code>");
    }

    @Test
    void severalRangesComeInParts() throws IOException {
        var answer = caller.download(link(), "Range: bytes=0-1, 18-");

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Type")).startsWith("multipart/byteranges; boundary=");
        assertThat(answer.header("Content-Length"))
                .isEqualTo(Integer.toString(answer.body().length()));
        assertThat(answer.body())
                .contains(
                        "Content-Range: bytes 0-1/20\r\n\r\n01\r\n--", "Content-Range: bytes 18-19/20\r\n\r\nij\r\n--");
    }

    @Test
    void ifMatchGuardsTheVersionWithOrWithoutQuotes() throws IOException {
        var etag = Digests.md5(BYTES);

        assertThat(caller.download(link(), "Range: bytes=5-", "If-Match: \"" + etag + "\"")
                        .status())
                .isEqualTo(206);
        assertThat(caller.download(link(), "If-Match: " + etag).status()).isEqualTo(200);

        cloud.dcs().swap("b", "a.rdb", Content.text("other bytes"));

        var answer = caller.download(link(), "Range: bytes=5-", "If-Match: \"" + etag + "\"");
        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.body()).contains("<Code>PreconditionFailed</Code>");
    }

    @Test
    void aLinkDiesInTheSecondThatItNames() throws IOException {
        var link = link();

        clock.advance(Duration.ofSeconds(299));
        assertThat(caller.download(link).status()).isEqualTo(200);

        clock.advance(Duration.ofSeconds(1));
        var answer = caller.download(link);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Content-Type")).isEqualTo("application/xml");
        assertThat(answer.body())
                .contains("<Code>AccessDenied</Code><Message>Request has expired</Message><RequestId>");
        assertThat(cloud.journal().expiredHits()).isEqualTo(1);
    }

    @Test
    void theProvidersClockDecidesWhenALinkDies() throws IOException {
        var link = link();

        cloud.setClockAheadBy(Duration.ofMinutes(5));

        assertThat(caller.download(link).status()).isEqualTo(403);
        assertThat(caller.download(link).header("Date")).isEqualTo("Sat, 21 Nov 2026 00:05:00 GMT");
        assertThat(link())
                .contains("Expires="
                        + CREATED.plus(Duration.ofHours(6).plusMinutes(10)).getEpochSecond());
        cloud.setClockAheadBy(Duration.ofMinutes(-16));
        assertThat(caller.get("/instances").body()).contains("signature expired");
    }

    @Test
    void linksLiveAsShortAsTheSettingsSay() throws IOException {
        var settings = CloudSettings.of(Caller.ACCESS_KEY, Caller.SECRET_KEY, Caller.PROJECT, clock)
                .withLinkLife(asked -> asked.dividedBy(100));
        try (var hasty = new SimulatedCloud(settings)) {
            hasty.start();
            hasty.dcs().add(DcsInstance.masterStandby("i", "orders", "5.0", 4));
            hasty.dcs().add("i", DcsBackup.single("b", CREATED, Content.text("x")));
            var link = new Caller(hasty.endpoint(), clock).link("i", "b");

            assertThat(link).contains("Expires=" + (clock.instant().getEpochSecond() + 3) + "&");
        }
    }

    @Test
    void aLinkIsForGetAlone() throws IOException {
        var head = caller.fetch("HEAD", link());

        assertThat(head.status()).isEqualTo(403);
        assertThat(head.body()).isEmpty();
        assertThat(caller.fetch("PUT", link()).body()).contains("<Code>SignatureDoesNotMatch</Code>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-obs-meta-a: 1",
                "X-Amz-Date: 20261121T000000Z",
                "Content-Type: text/plain",
                "Content-MD5: aa=="
            })
    void aSignedHeaderThatWasNotSignedBreaksTheLink(String header) throws IOException {
        var answer = caller.download(link(), header);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>SignatureDoesNotMatch</Code>");
    }

    @Test
    void otherHeadersAndParametersAreHarmless() throws IOException {
        assertThat(caller.download(link() + "&extra=1", "Accept-Encoding: gzip").status())
                .isEqualTo(200);
    }

    @Test
    void whatIsPartOfTheSignatureMustNotChange() throws IOException {
        addBackup("spaced", 1, BackupFile.of("a b+c%.rdb", Content.text("x")));
        var link = caller.link("i", "spaced");

        assertThat(link).contains("/a%20b%2Bc%25.rdb?");
        assertThat(caller.download(link).status()).isEqualTo(200);
        assertThat(caller.download(link.replace("%2B", "+")).body()).contains("SignatureDoesNotMatch");
        assertThat(caller.download(link + "&response-content-type=a").body()).contains("SignatureDoesNotMatch");
        assertThat(caller.download(link.replaceAll("Expires=\\d+", "Expires=9999999999"))
                        .body())
                .contains("SignatureDoesNotMatch");
        assertThat(caller.download(link.replaceAll("Expires=\\d+", "Expires=soon"))
                        .body())
                .contains("Invalid date (should be seconds since epoch)");
        assertThat(caller.download(link.replace("KeyId=OBS", "KeyId=NOT")).body())
                .contains("InvalidAccessKeyId");
        assertThat(caller.download(link.replaceAll("\\?.*", "")).body()).contains("<Code>AccessDenied</Code>");
    }

    @Test
    void theLinkOfADeletedBackupIs404() throws IOException {
        addBackup("other", 1, BackupFile.of("b.rdb", Content.text("x")));
        var link = link();
        cloud.dcs().remove("b");

        assertThat(caller.download(link).status()).isEqualTo(404);
        assertThat(caller.download(link).body()).contains("<Code>NoSuchKey</Code>");
        cloud.dcs().remove("other");
        assertThat(caller.download(link).body()).contains("<Code>NoSuchBucket</Code>");
    }

    @Test
    void partsMakeAnEtagThatIsNoMd5() throws IOException {
        addBackup("parts", 1, BackupFile.inParts("p.rdb", Content.generated(1, 1L << 31)));

        var answer = caller.download(caller.link("i", "parts"), "Range: bytes=-4");

        assertThat(answer.header("ETag")).matches("\"[0-9a-f]{32}-3\"");
        assertThat(answer.header("Content-Range")).isEqualTo("bytes 2147483644-2147483647/2147483648");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "a\nb.rdb", "manifest.json", "..", "备份 1.rdb"})
    void hostileNamesAreShownAsTheyAreAndTheirLinksWork(String name) throws IOException {
        addBackup("h", 1, BackupFile.of(name, Content.text("x")), BackupFile.of(name, Content.text("y")));

        var links = Caller.json(caller.links("i", "h")).path("links");

        var shown = new String(links.path(0).path("file_name").stringValue().getBytes(ISO_8859_1), UTF_8);
        assertThat(shown).isEqualTo(name);
        assertThat(caller.download(links.path(0).path("link").stringValue()).body())
                .isEqualTo("x");
        assertThat(caller.download(links.path(1).path("link").stringValue()).body())
                .isEqualTo("y");
        assertThat(links.path(0).path("link").stringValue()).doesNotContain("..");
    }
}
