package io.backhaul.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.CheckResult;
import io.backhaul.backup.CheckResult.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TarCheckTest {
    private static final byte[] CONTENT = TransferTestBase.bytes(1500);
    private static final String LONG_NAME = "folder/" + "a-very-long-name-".repeat(12);

    static List<byte[]> samples() {
        return List.of(
                tar(TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.BIGNUMBER_STAR),
                tar(TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.BIGNUMBER_POSIX));
    }

    static byte[] tar(int longNames, int bigNumbers) {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(longNames);
            tar.setBigNumberMode(bigNumbers);
            tar.putArchiveEntry(new TarArchiveEntry("folder/"));
            tar.closeArchiveEntry();
            for (var name : List.of("a.bin", LONG_NAME, "b.bin")) {
                var entry = new TarArchiveEntry(name);
                entry.setSize(CONTENT.length);
                // More than octal digits hold: base 256, or a header before it.
                entry.setUserId(5_000_000_000L);
                tar.putArchiveEntry(entry);
                tar.write(CONTENT);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A header by hand, ustar; the sum is right. */
    private static byte[] header(char type, byte[] size) {
        var header = new byte[512];
        header[0] = 'n';
        System.arraycopy(size, 0, header, 124, size.length);
        header[156] = (byte) type;
        System.arraycopy("ustar\00000".getBytes(US_ASCII), 0, header, 257, 8);
        var sum = 8 * ' ';
        for (var each : header) {
            sum += each & 0xff;
        }
        System.arraycopy("%06o\0 ".formatted(sum).getBytes(US_ASCII), 0, header, 148, 8);
        return header;
    }

    private static byte[] octal(long size) {
        return "%011o".formatted(size).getBytes(US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static CheckResult verdict(String name, byte[] bytes) {
        return Feeding.verdict(new TarCheck(name), bytes);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anArchiveAsAToolWritesItPasses(byte[] bytes) {
        assertThat(verdict("a.tar", bytes))
                .isEqualTo(CheckResult.passed(
                        "tar", "4 entries, the sum of each header, and the end; tar has no sum of contents"));
        assertThat(verdict("a", bytes).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void sizesInBase256AndOfExtendedHeadersAreRead() {
        var end = new byte[1024];
        var base256 = new byte[12];
        base256[0] = (byte) 0x80;
        base256[10] = 2;
        var pax = "13 size=1024\n".getBytes(US_ASCII);

        assertThat(verdict("a.tar", joined(header('0', base256), new byte[512], end))
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        var extended = joined(header('x', octal(pax.length)), Arrays.copyOf(pax, 512), header('0', octal(0)));
        assertThat(verdict("a.tar", joined(extended, new byte[1024], header('0', octal(0)), end))
                        .detail())
                .startsWith("2 entries");
        assertThat(verdict("a.tar", joined(extended, new byte[512], header('0', octal(0)), new byte[511]))
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void aFlippedBitOfAnyHeaderFails() {
        var bytes = joined(header('0', octal(600)), new byte[1024], header('0', octal(0)), new byte[1024]);
        for (var at = 0; at < 512; at++) {
            var flipped = bytes.clone();
            flipped[1536 + at] ^= 1;
            assertThat(verdict("a.tar", flipped).verdict()).as("byte %s", at).isEqualTo(Verdict.FAILED);
        }
        var first = bytes.clone();
        first[0] ^= 1;
        assertThat(verdict("a.tar", first).detail()).isEqualTo("the header at byte 0 has a wrong sum");
    }

    @Test
    void aCutInAnEntryFailsByItsNameAndBehindOneIsUnverified() {
        var bytes = joined(header('0', octal(600)), new byte[1024], header('0', octal(0)), new byte[1024]);

        assertThat(verdict("a.tar", Arrays.copyOf(bytes, 1000)))
                .isEqualTo(CheckResult.failed("tar", "it ends in the middle of an entry"));
        assertThat(verdict("a.tar", Arrays.copyOf(bytes, 1600)).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(verdict("a.tar.001", Arrays.copyOf(bytes, 1000)).verdict()).isEqualTo(Verdict.UNVERIFIED);
        assertThat(verdict("a.tar", Arrays.copyOf(bytes, 1536)))
                .isEqualTo(CheckResult.unverified("tar", "it ends behind a whole entry, without the mark of the end"));
        assertThat(verdict("a.tar", Arrays.copyOf(bytes, 2560)).verdict()).isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void zerosInThePlaceOfDataDoNotPassForTheEnd() {
        var entry = joined(header('0', octal(600)), new byte[1024]);

        assertThat(verdict("a.tar", joined(entry, new byte[10_240])).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(verdict("a.tar", joined(entry, new byte[2 << 20])).detail())
                .isEqualTo("behind its end stand more zeros than a record has");
        assertThat(verdict("a.tar", joined(entry, new byte[1024], entry)).detail())
                .isEqualTo("behind its end stand other bytes");
        assertThat(verdict("a.tar", joined(entry, new byte[512], entry)).detail())
                .isEqualTo("behind a lone block of zeros stand other bytes");
        assertThat(verdict("a.tar", new byte[10_240]))
                .isEqualTo(CheckResult.unverified("tar", "there is no entry in it"));
    }

    @Test
    void whatCannotBeFollowedIsUnverified() {
        assertThat(verdict("a.tar", joined(header('M', octal(600)), new byte[1024]))
                        .detail())
                .isEqualTo("it is a volume of several");
        assertThat(verdict("a.tar", header('1', octal(600))).detail())
                .isEqualTo("an entry without data has a size, at byte 0; what follows was not judged");
        assertThat(verdict("a.tar", header('x', octal(2 << 20))).verdict()).isEqualTo(Verdict.UNVERIFIED);
        assertThat(verdict("a.tar", GzipCheckTest.gzip(CONTENT)).detail())
                .isEqualTo("it does not begin as a tar archive");
        assertThat(verdict("a.tar", header('0', "nonsense".getBytes(US_ASCII))).detail())
                .isEqualTo("the header at byte 0 has no readable size");
    }
}
