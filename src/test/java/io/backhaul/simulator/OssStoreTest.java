package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OSS as it answers downloads by link, and what its archives are made of. */
class OssStoreTest extends OceanBaseUnderTest {
    @Test
    void bothFormsOfLinksShowWhenTheyDie() throws IOException {
        assertThat(link(OssLinkForm.V1))
                .matches(".*/a\\.zip\\?Expires=1795223100&OSSAccessKeyId=LTAI\\w{20}&Signature=[\\w%]+");
        assertThat(link(OssLinkForm.V4))
                .contains(
                        "?x-oss-date=20261121T001000Z&x-oss-expires=3600&x-oss-signature-version=OSS4-HMAC-SHA256",
                        "%2F20261121%2Fcn-hangzhou%2Foss%2Faliyun_v4_request&x-oss-signature=");
    }

    @ParameterizedTest
    @EnumSource
    void aLinkDiesWhenItSaysSoByTheProvidersClock(OssLinkForm form) throws IOException {
        var link = link(form);

        clock.advance(Duration.ofMinutes(59).plusSeconds(59));
        assertThat(caller.fetch("GET", link).body()).isEqualTo(BYTES);
        cloud.setClockAheadBy(Duration.ofSeconds(2));
        var dead = caller.fetch("GET", link);

        assertThat(dead.status()).isEqualTo(403);
        assertThat(dead.header("Content-Type")).isEqualTo("application/xml");
        assertThat(dead.body())
                .contains(
                        "<Code>AccessDenied</Code>",
                        "<Message>Request has expired.</Message>",
                        "<Expires>2026-11-21T01:05:00.000Z</Expires>",
                        "<ServerTime>2026-11-21T01:05:01.000Z</ServerTime>",
                        "<EC>0002-00000069</EC>",
                        "<HostId>ob-backup-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com</HostId>");
        assertThat(cloud.journal().expiredHits()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aLinkIsForItsMethodPathAndHeaders(OssLinkForm form) throws IOException {
        var link = link(form);

        assertThat(caller.fetch("HEAD", link).status()).isEqualTo(403);
        for (var header : new String[] {"x-oss-range-behavior: standard", "Content-Type: text/plain"}) {
            assertThat(caller.fetch("GET", link, header, "Range: bytes=0-").body())
                    .contains("<Code>SignatureDoesNotMatch</Code>");
        }
        assertThat(caller.fetch("GET", link.replace("/a.zip", "/b.zip")).body())
                .contains("<Code>SignatureDoesNotMatch</Code>");
        assertThat(caller.fetch("GET", link.replace("/a.zip", "/%61.zip")).body())
                .as("the path counts decoded")
                .isEqualTo(BYTES);
        assertThat(caller.fetch("GET", link.replaceFirst("LTAI.", "LTAIx")).body())
                .contains("<Code>InvalidAccessKeyId</Code>");
        assertThat(caller.fetch("GET", link.replaceFirst("\\?.*", "")).body())
                .contains("<Code>AccessDenied</Code>", "bucket acl");
    }

    @ParameterizedTest
    @CsvSource({"V1, Expires=", "V4, x-oss-date=", "V4, x-oss-expires="})
    void anExpiryThatIsNoNumberIsRefusedAsSuch(OssLinkForm form, String parameter) throws IOException {
        var answer = caller.fetch("GET", link(form).replace(parameter, parameter + "x"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("Invalid date");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=10-, bytes 10-19/20, abcdefghij",
        "bytes=3-5, bytes 3-5/20, 345",
        "bytes=19-19, bytes 19-19/20, j",
        "bytes=-3, bytes 17-19/20, hij",
        "'bytes=1-2,5-6', bytes 1-2/20, 12"
    })
    void aRangeInsideTheObjectIsServed(String range, String contentRange, String bytes) throws IOException {
        var answer = caller.fetch("GET", link(), "Range: " + range);

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
        assertThat(answer.body()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=20-", "bytes=5-20", "bytes=7-3", "bytes=-0", "bytes=-21", "bytes=-", "lines=1-2"})
    void aRangeThatDoesNotFitIsIgnored(String range) throws IOException {
        var answer = caller.fetch("GET", link(), "Range: " + range);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Range")).isEqualTo("(none)");
        assertThat(answer.body()).isEqualTo(BYTES);
    }

    /** The sum is CRC-64/XZ's known one. */
    @Test
    void anObjectHasItsWholeSumAndAnOpaqueTag() throws IOException {
        addBackup("1002", 1, BackupFile.inParts("sum.zip", Content.text("123456789")));
        var task = prepare("1002");
        clock.advance(TAKEN);
        var link = look(task).path("InternalUrl").stringValue();

        var part = caller.fetch("GET", link, "Range: bytes=2-");

        assertThat(part.header("x-oss-hash-crc64ecma")).isEqualTo("11051210869376104954");
        assertThat(part.header("x-oss-object-type")).isEqualTo("Multipart");
        assertThat(part.header("ETag")).matches("\"[0-9a-f]{32}-3\"");
        assertThat(part.header("Server")).isEqualTo("AliyunOSS");
        assertThat(part.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(caller.fetch("GET", link, "If-Match: " + part.header("ETag")).status())
                .isEqualTo(200);
        assertThat(caller.fetch("GET", link, "If-Match: \"other\"").body()).contains("<Code>PreconditionFailed</Code>");
    }

    @ParameterizedTest
    @ValueSource(longs = {250, 1_000, 2_345_678})
    void anArchiveIsValidAndOfTheSizeThatWasAskedFor(long size, @TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("set.zip"), bytes(ZipFiles.ofSize(3, size)));

        assertThat(Files.size(file)).isEqualTo(size);
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(Object::toString))
                    .containsExactly("backup_set/meta.bin", "backup_set/data.bin");
            for (var entry : zip.stream().toList()) {
                var sum = new CRC32();
                sum.update(zip.getInputStream(entry).readAllBytes());
                assertThat(sum.getValue()).isEqualTo(entry.getCrc());
            }
        }
    }

    @Test
    void anArchiveCanBeReadFromItsStartAndDependsOnItsSeedAlone() throws IOException {
        var one = bytes(ZipFiles.ofSize(3, 5_000));

        try (var stream = new ZipInputStream(new ByteArrayInputStream(one))) {
            assertThat(stream.getNextEntry()).hasToString("backup_set/meta.bin");
            assertThat(stream.readAllBytes()).hasSize(1024);
            assertThat(stream.getNextEntry()).hasToString("backup_set/data.bin");
        }
        assertThat(bytes(ZipFiles.ofSize(3, 5_000))).isEqualTo(one);
        assertThat(bytes(ZipFiles.ofSize(4, 5_000))).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(longs = {249, 0xffff_ffffL})
    void anArchiveCannotBeTooShortNorTooLong(long size) {
        assertThatThrownBy(() -> ZipFiles.ofSize(1, size)).hasMessageStartingWith("no archive of " + size + " bytes");
    }

    @Test
    void anArchiveArrivesWholeThroughItsLink() throws IOException {
        var task = prepare("1001");
        clock.advance(TAKEN);

        var link = look(task).at("/DownloadLinks/1/Url").stringValue();

        assertThat(caller.fetch("GET", link).body().getBytes(ISO_8859_1)).isEqualTo(bytes(zip()));
    }

    private String link(OssLinkForm form) throws IOException {
        cloud.oceanbase().answerAs(OceanBaseForms.newest().with(form));
        return link();
    }

    private static byte[] bytes(Content content) throws IOException {
        var bytes = new byte[Math.toIntExact(content.length())];
        content.read(0, bytes, 0, bytes.length);
        return bytes;
    }
}
