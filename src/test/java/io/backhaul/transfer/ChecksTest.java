package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.CheckResult;
import io.backhaul.backup.CheckResult.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {
    private static final byte[] BODY =
            "\u00fa\nredis-ver\u00057.2.4\u00fe\u0000some keys and values".getBytes(StandardCharsets.ISO_8859_1);

    private static long crc(Crc64.Kind kind, byte[] bytes) {
        var crc = new Crc64(kind);
        crc.update(bytes, 0, bytes.length);
        return crc.value();
    }

    /** A dump as a server writes it. */
    private static byte[] rdb(String magic) {
        var checked = ByteBuffer.allocate(magic.length() + BODY.length + 1)
                .put(magic.getBytes(StandardCharsets.US_ASCII))
                .put(BODY)
                .put((byte) 0xff)
                .array();
        return ByteBuffer.allocate(checked.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(checked)
                .putLong(crc(Crc64.Kind.JONES, checked))
                .array();
    }

    private static CheckResult verdict(String name, byte[] bytes, int chunk) {
        var check = new RdbCheck(name);
        for (var at = 0; at < bytes.length; at += chunk) {
            var end = Math.min(bytes.length, at + chunk);
            check.update(Arrays.copyOfRange(bytes, at, end), end - at);
        }
        return check.verdict();
    }

    @ParameterizedTest
    @CsvSource({
        "XZ, 123456789, 995dc9bbdf1939fa",
        "XZ, hello world, 53037ecdef2352da",
        "XZ, '', 0",
        "JONES, 123456789, e9c6d914c4b8d9ca",
        "JONES, '', 0",
    })
    void theCrcsAgreeWithTheirPublishedVectors(Crc64.Kind kind, String text, String hex) {
        assertThat(Long.toHexString(crc(kind, text.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(hex);
    }

    @Test
    void aCrcDoesNotDependOnHowTheBytesAreCut() {
        var bytes = TransferTestBase.bytes(1000);
        for (var cut = 0; cut <= 40; cut++) {
            var crc = new Crc64(Crc64.Kind.XZ);
            crc.update(bytes, 0, cut);
            crc.update(bytes, cut, bytes.length - cut);
            assertThat(crc.value()).isEqualTo(crc(Crc64.Kind.XZ, bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 10, 16, 17, 1000})
    void aWholeDumpPassesHoweverItIsCut(int chunk) {
        assertThat(verdict("a.rdb", rdb("REDIS0011"), chunk).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(verdict("a.bin", rdb("VALKEY080"), chunk).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void oneFlippedBitFails() {
        var dump = rdb("REDIS0011");
        dump[20] ^= 4;

        assertThat(verdict("a.rdb", dump, 16).detail()).matches("CRC-64 is [0-9a-f]+, the file says [0-9a-f]+");
        assertThat(verdict("a.RDB", dump, 16).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(verdict("a", dump, 16).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aDumpWithoutItsEndFails() {
        var dump = rdb("REDIS0011");

        for (var length = 9; length < dump.length; length++) {
            assertThat(verdict("a.rdb", Arrays.copyOf(dump, length), 16).verdict())
                    .as("%s bytes", length)
                    .isEqualTo(Verdict.FAILED);
        }
    }

    @Test
    void aChecksumOfZeroMeansThatNoneWasComputed() {
        var dump = rdb("REDIS0011");
        Arrays.fill(dump, dump.length - 8, dump.length, (byte) 0);

        assertThat(verdict("a.rdb", dump, 16))
                .isEqualTo(CheckResult.unverified("rdb", "written without a checksum; the end marker is there"));
    }

    @Test
    void anOldVersionHasNoChecksum() {
        assertThat(verdict("a.rdb", rdb("REDIS0004"), 16))
                .isEqualTo(CheckResult.unverified("rdb", "version 4 has no checksum"));
    }

    @Test
    void aNameAloneIsNoDump() {
        assertThat(verdict("a.rdb", "PK archive of something".getBytes(StandardCharsets.US_ASCII), 16))
                .isEqualTo(CheckResult.failed("rdb", "it does not begin as a Redis dump"));
        assertThat(verdict("a.rdb", new byte[0], 16).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aCompressedDumpIsUnverified() {
        assertThat(verdict("a.rdb", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 16))
                .isEqualTo(CheckResult.unverified("rdb", "compressed (gzip)"));
    }

    @Test
    void anAppendOnlyFileWithADumpInFrontIsNotCalledDamaged() {
        var dump = rdb("REDIS0011");
        var file = Arrays.copyOf(dump, dump.length + 50);

        assertThat(verdict("appendonly.aof", file, 16).verdict()).isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void commandsBehindADumpMayLookLikeItsEnd() {
        var commands = "*1\r\n$7\r\n\u00ffsecret\r\n".getBytes(StandardCharsets.ISO_8859_1);
        var dump = rdb("REDIS0011");
        var file = Arrays.copyOf(dump, dump.length + commands.length);
        System.arraycopy(commands, 0, file, dump.length, commands.length);

        for (var name : List.of("appendonly.aof", "dump")) {
            var verdict = verdict(name, file, 16);
            assertThat(verdict.verdict()).as(name).isEqualTo(Verdict.UNVERIFIED);
            assertThat(verdict.detail()).startsWith("damaged, or more than a dump: CRC-64 is ");
        }
        assertThat(verdict("a.rdb", file, 16).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aFileThatIsNoDumpInNameOrBytesIsNotChecked() {
        var check = new RdbCheck("a.tar.gz");
        check.update(new byte[100], 100);

        assertThat(check.applies()).isFalse();
    }
}
