package io.backhaul.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.CheckResult;
import io.backhaul.backup.CheckResult.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipCheckTest {
    static byte[] gzip(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A member with every optional field of the header. */
    private static byte[] withEveryField(byte[] content) {
        var plain = gzip(content);
        var head = Arrays.copyOf(plain, 10);
        head[3] = 2 | 4 | 8 | 16;
        var fields = joined(head, new byte[] {3, 0, 1, 2, 3}, "name\0a comment\0".getBytes(US_ASCII));
        var crc = new CRC32();
        crc.update(fields);
        var sum = new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >>> 8)};
        return joined(fields, sum, Arrays.copyOfRange(plain, 10, plain.length));
    }

    private static CheckResult verdict(String name, byte[] bytes) {
        return Feeding.verdict(new GzipCheck(name), bytes);
    }

    @Test
    void aFileOfOneMemberPasses() {
        assertThat(verdict("a.gz", gzip(ZipSamples.SECOND)))
                .isEqualTo(CheckResult.passed("gzip", "1 member, CRC-32 and length, 200000 bytes inflated"));
        assertThat(verdict("a.rdb", gzip(ZipSamples.SECOND)).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(verdict("a.tgz", gzip(new byte[0])).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void membersMayFollowEachOtherAndZerosTheLast() {
        var two = joined(gzip(ZipSamples.FIRST), withEveryField(ZipSamples.SECOND));

        assertThat(verdict("a.gz", two).detail()).isEqualTo("2 members, CRC-32 and length, 203000 bytes inflated");
        assertThat(verdict("a.gz", joined(two, new byte[700])).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void otherBytesBehindTheLastMemberAreUnverified() {
        var whole = gzip(ZipSamples.FIRST);
        var expected = CheckResult.unverified("gzip", "behind its 1 whole members stand other bytes");

        assertThat(verdict("a.gz", joined(whole, new byte[] {7}))).isEqualTo(expected);
        assertThat(verdict("a.gz", joined(whole, new byte[] {0x1f, 7, 7}))).isEqualTo(expected);
        assertThat(verdict("a.gz", joined(whole, new byte[] {0, 0, 1}))).isEqualTo(expected);
    }

    @Test
    void aWrongTrailerFails() {
        var crc = gzip(ZipSamples.FIRST);
        crc[crc.length - 8] ^= 1;
        var length = gzip(ZipSamples.FIRST);
        length[length.length - 4] ^= 1;

        assertThat(verdict("a.gz", crc).detail()).matches("member 1 has CRC-32 [0-9a-f]+, the file says [0-9a-f]+");
        assertThat(verdict("a", crc).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(verdict("a.gz", length).detail())
                .isEqualTo("member 1 has 3000 bytes, the file says 3001 (modulo 4 GiB)");
    }

    @Test
    void aWrongSumOfTheHeaderFails() {
        var bytes = withEveryField(ZipSamples.FIRST);
        bytes[17] ^= 1;

        assertThat(verdict("a.gz", bytes).detail()).isEqualTo("the header of member 1 has a wrong CRC-16");
    }

    @Test
    void aCutFileFailsByItsNameAndMayBeAPartByItsBytes() {
        var whole = gzip(ZipSamples.FIRST);
        for (var length = 3; length < whole.length; length++) {
            var bytes = Arrays.copyOf(whole, length);
            assertThat(verdict("a.gz", bytes).verdict()).as("%s bytes", length).isEqualTo(Verdict.FAILED);
            assertThat(verdict("a.tar.gz.aa", bytes).verdict()).isEqualTo(Verdict.UNVERIFIED);
            assertThat(verdict("a-part2.tar.gz", bytes).verdict()).isEqualTo(Verdict.UNVERIFIED);
            assertThat(verdict("a-2.tar.gz", bytes).verdict()).isEqualTo(Verdict.FAILED);
            assertThat(verdict("dump-2026-10-07.tar.gz", bytes).verdict()).isEqualTo(Verdict.FAILED);
        }
        assertThat(verdict("a.gz", new byte[0]).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void whatBeginsAsSomethingElseIsUnverified() {
        // Stores and tools that unpack on the way leave the name as it was.
        assertThat(verdict("a.tar.gz", new byte[1024]))
                .isEqualTo(CheckResult.unverified("gzip", "it does not begin as a gzip file"));
    }

    @Test
    void aBombIsNotInflatedToItsEnd() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            var zeros = new byte[1 << 20];
            for (long written = 0; written <= Inflation.FREE + (32L << 20); written += zeros.length) {
                gzip.write(zeros);
            }
        }

        assertThat(verdict("a.gz", bomb.toByteArray()))
                .isEqualTo(CheckResult.unverified(
                        "gzip", "it swells to more than 64 times its bytes; not inflated further"));
    }
}
