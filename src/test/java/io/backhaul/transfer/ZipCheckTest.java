package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.CheckResult;
import io.backhaul.backup.CheckResult.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ZipCheckTest {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;

    static List<byte[]> samples() {
        return ZipSamples.all();
    }

    private static CheckResult verdict(String name, byte[] bytes) {
        return Feeding.verdict(new ZipCheck(name), bytes);
    }

    /** Where the n-th of these signatures stands, from zero. */
    private static int at(byte[] bytes, int signature, int n) {
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var left = n;
        for (var at = 0; ; at++) {
            if (buffer.getInt(at) == signature && left-- == 0) {
                return at;
            }
        }
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anArchiveAsToolsWriteItPasses(byte[] bytes) {
        assertThat(verdict("a.zip", bytes).detail()).matches("[34] entries, CRC-32 of each, and the directory");
        assertThat(verdict("a.ZIP", bytes).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(verdict("without an ending", bytes).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void moreEntriesThanAnEndRecordCountsPass() {
        assertThat(verdict("a.zip", ZipSamples.ofEmptyEntries(70_000)).detail())
                .isEqualTo("70000 entries, CRC-32 of each, and the directory");
    }

    @Test
    void anEmptyArchivePasses() {
        assertThat(verdict("a.zip", ZipSamples.ofEmptyEntries(0)).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aFlippedByteOfContentFails() {
        var stored = ZipSamples.stored();
        stored[at(stored, LOCAL, 1) + 1000] ^= 1;

        assertThat(verdict("a.zip", stored).detail())
                .matches("the entry at byte \\d+ has CRC-32 [0-9a-f]+, its header says [0-9a-f]+");
        assertThat(verdict("a", stored).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aDirectoryThatSpeaksOfOtherEntriesFails() {
        for (var field : new int[] {10, 16, 20, 24, 42}) {
            var bytes = ZipSamples.stored();
            bytes[at(bytes, CENTRAL, 1) + field] ^= 1;

            assertThat(verdict("a.zip", bytes))
                    .as("byte %s of its second entry", field)
                    .isEqualTo(CheckResult.failed("zip", "its directory names other entries than are there"));
        }
    }

    @Test
    void anotherNameInTheDirectoryIsUnverifiedSinceTheContentIsRight() {
        var bytes = ZipSamples.stored();
        bytes[at(bytes, CENTRAL, 1) + 46] ^= 1;

        assertThat(verdict("a.zip", bytes))
                .isEqualTo(CheckResult.unverified("zip", "its directory has other names than the entries"));
    }

    @Test
    void anEntryThatTheDirectoryDoesNotNameIsUnverified() {
        var whole = ZipSamples.stored();
        var first = Arrays.copyOf(whole, at(whole, LOCAL, 1));
        var directory = Arrays.copyOfRange(whole, at(whole, CENTRAL, 0), whole.length);
        // A copy of the first entry in front of all, and every place moved behind it.
        var bytes = joined(first, Arrays.copyOf(whole, at(whole, CENTRAL, 0)), directory);
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (var n = 0; n < 4; n++) {
            var place = at(bytes, CENTRAL, n) + 42;
            buffer.putInt(place, buffer.getInt(place) + first.length);
        }
        var place = at(bytes, 0x06054b50, 0) + 16;
        buffer.putInt(place, buffer.getInt(place) + first.length);

        assertThat(verdict("a.zip", bytes))
                .isEqualTo(CheckResult.unverified("zip", "1 entries are not in its directory"));
    }

    @Test
    void anEndThatCountsOtherwiseFails() {
        for (var field : new int[] {10, 12, 16}) {
            var bytes = ZipSamples.stored();
            bytes[at(bytes, 0x06054b50, 0) + field] ^= 1;

            assertThat(verdict("a.zip", bytes).detail()).endsWith(", and its end says otherwise");
            assertThat(verdict("a.zip", bytes).verdict()).isEqualTo(Verdict.FAILED);
        }
    }

    @Test
    void aZip64EndThatCountsOtherwiseFails() {
        for (var field : new int[] {32, 40, 48}) {
            var bytes = ZipSamples.seekable(Zip64Mode.Always);
            bytes[at(bytes, 0x06064b50, 0) + field] ^= 1;

            assertThat(verdict("a.zip", bytes).detail()).endsWith(", and its end says otherwise");
        }
        var lost = ZipSamples.seekable(Zip64Mode.Always);
        lost[at(lost, 0x07064b50, 0) + 8] ^= 1;
        assertThat(verdict("a.zip", lost).detail()).isEqualTo("its Zip64 end record is not where the locator says");
    }

    @Test
    void withoutItsEndANamedOneFailsAndAnotherMayBeAVolume() {
        var bytes = Arrays.copyOf(ZipSamples.streamed(), 2000);

        assertThat(verdict("a.zip", bytes)).isEqualTo(CheckResult.failed("zip", "it ends before its directory"));
        for (var name : List.of(
                "a.zip.001",
                "set_part2.zip",
                "set-12.zip",
                "set-2026-10-07-2.zip",
                "set-20261007-12.zip",
                "set-20261007.003.zip",
                "set vol 3.zip",
                "a.bin")) {
            assertThat(verdict(name, bytes))
                    .as(name)
                    .isEqualTo(CheckResult.unverified(
                            "zip", "it ends before its directory; cut, or a part of a larger file"));
        }
        for (var name : List.of(
                "set_20261121.zip",
                "set-2026-10-07.zip",
                "2026.10.07.zip",
                "set_2026-10-07_12-30.zip",
                "set-20261007T12-30-45.zip",
                "set 2026-10-07 12.30.45.zip",
                "set-20261007-12-30.zip")) {
            assertThat(verdict(name, bytes).verdict()).as(name).isEqualTo(Verdict.FAILED);
        }
    }

    @Test
    void whatBeginsAsSomethingElseIsUnverifiedAndNothingAtAllFails() {
        assertThat(verdict("a.zip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0}))
                .isEqualTo(CheckResult.unverified("zip", "it does not begin as a ZIP archive"));
        assertThat(verdict("a.zip", new byte[] {'P', 'K'}).verdict()).isEqualTo(Verdict.UNVERIFIED);
        assertThat(verdict("a.zip", new byte[0])).isEqualTo(CheckResult.failed("zip", "it is empty"));
        assertThat(new ZipCheck("a.rdb").applies()).isFalse();
    }

    @Test
    void volumesAreUnverified() {
        var spanned = joined(new byte[] {'P', 'K', 7, 8}, ZipSamples.stored());
        var last = ZipSamples.stored();
        last[at(last, 0x06054b50, 0) + 4] = 1;

        assertThat(verdict("a.zip", spanned).detail()).isEqualTo("it is the first of several volumes");
        assertThat(verdict("a.zip", last)).isEqualTo(CheckResult.unverified("zip", "it is a volume of several"));
    }

    @Test
    void anEncryptedEntryIsPassedOverAndTheRestIsJudged() {
        var bytes = ZipSamples.stored();
        bytes[at(bytes, LOCAL, 1) + 6] |= 1;
        var unread = "whole, but 1 of 4 entries have no CRC-32 checked: encrypted";
        assertThat(verdict("a.zip", bytes)).isEqualTo(CheckResult.unverified("zip", unread));

        bytes[at(bytes, LOCAL, 2) + 200] ^= 1;
        assertThat(verdict("a.zip", bytes).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void anEncryptedEntryWithADescriptorIsPassedOver() {
        var bytes = ZipSamples.stored();
        var head = at(bytes, LOCAL, 1);
        bytes[head + 6] |= 9;
        var end = at(bytes, LOCAL, 2);
        var descriptor = joined(new byte[] {'P', 'K', 7, 8}, Arrays.copyOfRange(bytes, head + 14, head + 26));
        var moved = joined(Arrays.copyOf(bytes, end), descriptor, Arrays.copyOfRange(bytes, end, bytes.length));
        var buffer = ByteBuffer.wrap(moved).order(ByteOrder.LITTLE_ENDIAN);
        for (var n = 2; n < 4; n++) {
            var place = at(moved, CENTRAL, n) + 42;
            buffer.putInt(place, buffer.getInt(place) + 16);
        }
        var place = at(moved, 0x06054b50, 0) + 16;
        buffer.putInt(place, buffer.getInt(place) + 16);

        assertThat(verdict("a.zip", moved).detail())
                .isEqualTo("whole, but 1 of 4 entries have no CRC-32 checked: encrypted");
    }

    @Test
    void anUnknownMethodIsPassedOverByNumber() {
        var bytes = ZipSamples.stored();
        bytes[at(bytes, LOCAL, 1) + 8] = 93;
        bytes[at(bytes, CENTRAL, 1) + 10] = 93;

        assertThat(verdict("a.zip", bytes).detail()).endsWith("1 of 4 entries have no CRC-32 checked: method 93");
    }

    @Test
    void aStoredEntryWhoseLengthStandsBehindItCannotBeJudged() {
        var bytes = ZipSamples.streamed();
        bytes[at(bytes, LOCAL, 1) + 8] = 0;

        assertThat(verdict("a.zip", bytes).detail()).contains("stands behind it; what follows was not judged");
        assertThat(verdict("a.zip", bytes).verdict()).isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void bytesBehindTheEndAndBetweenEntriesAreUnverified() {
        var bytes = ZipSamples.stored();
        var cut = at(bytes, LOCAL, 2);

        assertThat(verdict("a.zip", joined(bytes, new byte[1])))
                .isEqualTo(CheckResult.unverified("zip", "behind its end stand other bytes"));
        assertThat(verdict(
                        "a.zip",
                        joined(Arrays.copyOf(bytes, cut), new byte[100], Arrays.copyOfRange(bytes, cut, bytes.length))))
                .isEqualTo(CheckResult.unverified(
                        "zip", "no entry begins at byte " + cut + "; what follows was not judged"));
    }

    @Test
    void descriptorsWithoutASignatureAreRead() {
        var bytes = ZipSamples.streamed();
        var descriptor = at(bytes, 0x08074b50, 0);
        var moved = joined(Arrays.copyOf(bytes, descriptor), Arrays.copyOfRange(bytes, descriptor + 4, bytes.length));
        var buffer = ByteBuffer.wrap(moved).order(ByteOrder.LITTLE_ENDIAN);
        for (var n = 1; n < 4; n++) {
            var place = at(moved, CENTRAL, n) + 42;
            buffer.putInt(place, buffer.getInt(place) - 4);
        }
        var place = at(moved, 0x06054b50, 0) + 16;
        buffer.putInt(place, buffer.getInt(place) - 4);

        assertThat(verdict("a.zip", moved).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aBombIsNotInflatedToItsEnd() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bomb)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            var zeros = new byte[1 << 20];
            for (long written = 0; written <= Inflation.FREE + (32L << 20); written += zeros.length) {
                zip.write(zeros);
            }
        }

        assertThat(verdict("a.zip", bomb.toByteArray()))
                .isEqualTo(CheckResult.unverified(
                        "zip",
                        "the entry at byte 0 was not inflated to its end: it swells to more than 64 times its bytes"));
    }
}
