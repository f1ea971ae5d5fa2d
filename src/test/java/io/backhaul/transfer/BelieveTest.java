package io.backhaul.transfer;

import static io.backhaul.transfer.ScriptedStore.answer;
import static io.backhaul.transfer.ScriptedStore.chunked;
import static io.backhaul.transfer.ScriptedStore.unframed;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.CheckResult;
import io.backhaul.backup.Sha256;
import io.backhaul.backup.StoredFile;
import io.backhaul.transfer.FetchOutcome.Complete;
import io.backhaul.transfer.FetchOutcome.Damaged;
import io.backhaul.transfer.FetchOutcome.NotTheFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a file is believed, and what is not taken for one (DESIGN 5, rule 3). */
class BelieveTest extends TransferTestBase {
    private static StoredFile file(FetchReport report) {
        assertThat(report.outcome()).isInstanceOf(Complete.class);
        return ((Complete) report.outcome()).file();
    }

    @Test
    void everyCheckAndItsVerdictStandsInTheFile() {
        var body = "123456789".getBytes(StandardCharsets.US_ASCII);
        store.then(answer(
                "200 OK",
                body,
                "ETag: \"25F9E794323B453885F5181F1B624D0B\"",
                "x-oss-hash-crc64ecma: 11051210869376104954"));

        var file = file(fetch());

        assertThat(file.sha256()).isEqualTo(Sha256.of(body));
        assertThat(file.etag()).isEqualTo("\"25F9E794323B453885F5181F1B624D0B\"");
        assertThat(file.checks())
                .containsExactly(
                        CheckResult.passed("length", "9"),
                        CheckResult.passed("etag-md5", "25f9e794323b453885f5181f1b624d0b"),
                        CheckResult.passed("crc64", "11051210869376104954"));
    }

    @Test
    void aWrongMd5EtagIsDamageAndKeepsNothing() {
        store.then(answer("200 OK", bytes(1000), "ETag: \"25f9e794323b453885f5181f1b624d0b\""));

        var report = fetch();

        assertThat(report.outcome().detail())
                .startsWith("etag-md5: MD5 is ")
                .endsWith(", the ETag says \"25f9e794323b453885f5181f1b624d0b\"");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-obs-server-side-encryption: kms",
                "x-cos-server-side-encryption: AES256",
                "X-Oss-Server-Side-Encryption: KMS",
                "x-obs-server-side-encryption-customer-algorithm: AES256",
            })
    void anEncryptedObjectsEtagProvesNothing(String header) {
        store.then(answer("200 OK", bytes(1000), "ETag: \"25f9e794323b453885f5181f1b624d0b\"", header));

        assertThat(file(fetch()).checks()).anySatisfy(check -> {
            assertThat(check.check()).isEqualTo("etag-md5");
            assertThat(check.verdict()).isEqualTo(CheckResult.Verdict.UNVERIFIED);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x-oss-object-type: Appendable", "X-Oss-Object-Type: Multipart", "x-cos-object-type: appendable"
            })
    void theEtagOfAnObjectThatWasNotPutInOneRequestProvesNothing(String header) {
        store.then(answer("200 OK", bytes(1000), "ETag: \"25f9e794323b453885f5181f1b624d0b\"", header));

        assertThat(file(fetch()).checks())
                .anySatisfy(check -> assertThat(check.detail())
                        .isEqualToIgnoringCase("the ETag is no MD5 (" + header.split(":", 2)[0] + ")"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-oss-object-type: Normal", "x-cos-object-type: normal"})
    void theEtagOfAnOrdinaryObjectIsAnMd5(String header) {
        store.then(answer("200 OK", bytes(1000), "ETag: \"25f9e794323b453885f5181f1b624d0b\"", header));

        assertThat(fetch().outcome()).isInstanceOf(Damaged.class);
    }

    @Test
    void anEtagThatOnlyLooksLikeAnMd5DoesNotOutweighTheStoresCrc() {
        var body = "123456789".getBytes(StandardCharsets.US_ASCII);
        var etag = "ETag: \"00000000000000000000000000000000\"";
        store.then(answer("200 OK", body, etag, "x-oss-hash-crc64ecma: 1"));
        store.then(answer("200 OK", body, etag, "x-oss-hash-crc64ecma: 11051210869376104954"));

        assertThat(fetch().outcome().detail()).contains("etag-md5: MD5 is ").contains("crc64: CRC-64 is ");
        assertThat(file(fetch()).checks())
                .contains(CheckResult.unverified(
                        "etag-md5",
                        "MD5 is 25f9e794323b453885f5181f1b624d0b, the ETag says \"00000000000000000000000000000000\";"
                                + " but the store's CRC-64 is right"));
    }

    @Test
    void aMultipartEtagProvesNothing() {
        store.then(answer("200 OK", bytes(1000), "ETag: \"25f9e794323b453885f5181f1b624d0b-2\""));

        assertThat(file(fetch()).checks()).contains(CheckResult.unverified("etag-md5", "the ETag is no MD5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-oss-hash-crc64ecma: 1", "x-cos-hash-crc64ecma: 18446744073709551615"})
    void aWrongStoreCrcIsDamage(String header) {
        store.then(answer("200 OK", bytes(1000), header));

        assertThat(fetch().outcome())
                .isInstanceOfSatisfying(
                        Damaged.class, damaged -> assertThat(damaged.detail()).startsWith("crc64: "));
    }

    @Test
    void withoutALengthTheLengthIsUnverified() throws IOException {
        var body = bytes(50_000);
        store.then(chunked("200 OK", body));

        assertThat(file(fetch()).checks())
                .contains(CheckResult.unverified("length", "50000 bytes came, nobody stated a length"));
        assertThat(whole()).hasBinaryContent(body);
    }

    @Test
    void anEndThatOnlyTheConnectionTellsIsDamageWhereNothingProvesIt() {
        store.then(unframed("200 OK", bytes(50_000), "ETag: \"opaque\""));
        store.then(unframed("200 OK", new byte[0]));
        store.then(unframed("200 OK", "*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII)));

        assertThat(fetch().outcome())
                .isInstanceOf(Damaged.class)
                .extracting(FetchOutcome::detail)
                .isEqualTo("length: 50000 bytes came until the connection ended, and nothing says that it was the"
                        + " whole file: no length was stated, and no check proves the end");
        assertThat(fetch().outcome()).isInstanceOf(Damaged.class);
        assertThat(fetch("a.aof").outcome()).isInstanceOf(Damaged.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anEndThatOnlyTheConnectionTellsIsBelievedWhereACheckProvesIt() {
        var body = "123456789".getBytes(StandardCharsets.US_ASCII);
        store.then(unframed("200 OK", body, "ETag: \"25f9e794323b453885f5181f1b624d0b\""));
        store.then(unframed("200 OK", body, "x-oss-hash-crc64ecma: 11051210869376104954"));
        store.then(unframed("200 OK", ZipSamples.stored()));

        assertThat(fetch("etag").outcome()).isInstanceOf(Complete.class);
        assertThat(fetch("crc").outcome()).isInstanceOf(Complete.class);
        assertThat(fetch("set.zip").outcome()).isInstanceOf(Complete.class);
    }

    @Test
    void anEndThatOnlyTheConnectionTellsIsBelievedWhereTheProviderStatesIt() {
        store.then(unframed("200 OK", bytes(49_999)));
        store.then(unframed("200 OK", bytes(50_000)));

        assertThat(fetchExpecting(50_000).outcome().detail())
                .isEqualTo("length: 49999 bytes came, the provider states 50000");
        assertThat(file(fetchExpecting(50_000)).checks()).contains(CheckResult.passed("length", "50000"));
    }

    @Test
    void theProvidersSizeVerifiesWhatHasNoLength() {
        store.then(chunked("200 OK", bytes(50_000)));
        store.then(chunked("200 OK", bytes(50_000)));
        store.then(chunked("200 OK", bytes(50_000)));

        assertThat(fetchExpecting(50_001).outcome().detail())
                .isEqualTo("length: 50000 bytes came, the provider states 50001");
        assertThat(fetchExpecting(49_999).outcome()).isInstanceOf(Damaged.class);
        assertThat(file(fetchExpecting(50_000)).checks()).contains(CheckResult.passed("length", "50000"));
    }

    @Test
    void aLengthOtherThanTheProvidersIsNotTheFile() {
        store.then(answer("200 OK", bytes(330)));

        assertThat(fetchExpecting(100_000).outcome())
                .isEqualTo(new NotTheFile("it has 330 bytes, the provider states 97.7 KiB"));
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html; charset=utf-8",
                "application/xml",
                "text/xml",
                "application/json",
                "Application/XML",
                "text/json",
                "application/problem+json",
                "application/soap+xml",
            })
    void aDocumentIsNotTheFile(String type) {
        store.then(answer(
                "200 OK",
                "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
                "Content-Type: " + type));

        assertThat(fetch().outcome().detail())
                .startsWith("a document of type ")
                .endsWith("AccessDenied: Request has expired");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version=\"1.0\"?><Error/>",
                "\uFEFF \r\n<?xml version='1.0'?>",
                "<Error><Code>X</Code></Error>",
                "<!DOCTYPE html><html>",
                "<HTML><body>",
            })
    void aDocumentWithTheTypeOfABackupIsNotTheFile(String body) {
        store.then(answer("200 OK", body, "Content-Type: binary/octet-stream"));

        assertThat(fetch().outcome().detail()).startsWith("a document that begins with <");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "set.zip, {\"code\":\"AccessDenied\"}",
                "set.tar.gz, Request has expired",
                "set.tgz, {\"message\":\"\u94FE\u63A5\u5DF2\u8FC7\u671F\"}",
                "SET.TAR, \uFEFF[]",
                "dump.aof, {\"code\":\"AccessDenied\"}",
                "dump.aof, Request has expired",
            })
    void aTextInPlaceOfABinaryFileIsNotTheFile(String name, String body) {
        store.then(answer("200 OK", body, "Content-Type: text/plain"));

        assertThat(fetch(name).outcome().detail()).startsWith("a text in place of a binary file");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLongTextIsNotTheFileWhereverItsBeginningIsCut() {
        var text = "\u5DF2".repeat(1000);
        for (var shift : List.of("", "a", "ab")) {
            store.then(answer("200 OK", shift + text));

            assertThat(fetch("set.zip").outcome()).as(shift).isInstanceOf(NotTheFile.class);
        }
    }

    @Test
    void whatMayBeEncryptedOrACommandIsTheFile() {
        store.then(answer("200 OK", bytes(100)));
        store.then(answer("200 OK", "Salted__\u0001 and what follows"));
        store.then(answer("200 OK", "*1\r\n$4\r\nPING\r\n"));
        store.then(answer("200 OK", "#TS:1628217470\r\n"));
        store.then(answer("200 OK", "a dump by hand"));

        assertThat(fetch("set.zip").outcome()).isInstanceOf(Complete.class);
        assertThat(fetch("set.tar").outcome()).isInstanceOf(Complete.class);
        assertThat(fetch("one.aof").outcome()).isInstanceOf(Complete.class);
        assertThat(fetch("two.aof").outcome()).isInstanceOf(Complete.class);
        assertThat(fetch("dump.txt").outcome()).isInstanceOf(Complete.class);
    }

    @Test
    void aTarArchiveThatBeginsWithTheNameOfATextIsTheFile() {
        var tar = new byte[10_240];
        System.arraycopy("readme.txt".getBytes(StandardCharsets.US_ASCII), 0, tar, 0, 10);
        store.then(answer("200 OK", tar));

        assertThat(fetch("set.tar").outcome()).isInstanceOf(Complete.class);
    }

    @Test
    void aDocumentMayBeTheFileWhereItsNameSaysSo() {
        store.then(answer("200 OK", "<?xml version='1.0'?><a/>", "Content-Type: application/xml"));
        store.then(answer("200 OK", "{}", "Content-Type: application/json"));
        store.then(answer("200 OK", "{}", "Content-Type: application/ld+json"));

        assertThat(fetch("graph.XML").outcome()).isInstanceOf(Complete.class);
        assertThat(fetch("graph.json").outcome()).isInstanceOf(Complete.class);
        assertThat(fetch("linked.json").outcome()).isInstanceOf(Complete.class);
    }

    @Test
    void aFileThatCannotFitIsNotBegun() {
        store.then(ScriptedStore.cut("200 OK", 1L << 60, bytes(600)));

        var report = fetch();

        assertThat(report.outcome()).isInstanceOf(FetchOutcome.NoRoom.class);
        assertThat(report.outcome().detail()).startsWith("1048576.0 TiB to come, ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anEmptyObjectIsAnEmptyFile() {
        store.then(answer("200 OK", new byte[0]));

        assertThat(file(fetch()).size().bytes()).isZero();
        assertThat(whole()).isEmptyFile();
    }
}
