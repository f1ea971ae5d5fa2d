package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RdbFilesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "strings.rdb",
                "lists-and-sets.rdb",
                "sorted-sets.rdb",
                "hashes.rdb",
                "streams.rdb",
                "databases.rdb"
            })
    void realDumpsEndWithTheChecksumThatWeCompute(String name) throws IOException {
        var dump = bytes(RdbFiles.sample(name));

        assertThat(storedChecksum(dump)).isEqualTo(checksum(dump)).isNotZero();
    }

    @Test
    void oneRealDumpHasNoChecksum() throws IOException {
        assertThat(storedChecksum(bytes(RdbFiles.sample("without-checksum.rdb"))))
                .isZero();
    }

    @Test
    void everySampleCanBeRead() {
        assertThat(RdbFiles.samples())
                .hasSize(7)
                .allMatch(name -> RdbFiles.sample(name).length() > 1000);
        assertThatThrownBy(() -> RdbFiles.sample("nothing.rdb")).hasMessageStartingWith("no such dump: nothing.rdb");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 16_460, 16_461, 16_480, 16_500, 100_000, 1_000_003})
    void generatedDumpsAreValidAndOfTheSizeAskedFor(int size) throws IOException {
        var dump = bytes(RdbFiles.ofSize(7, size));

        assertThat(dump).hasSize(size);
        assertThat(new String(dump, 0, 9, US_ASCII)).isEqualTo("REDIS0011");
        assertThat(storedChecksum(dump)).isEqualTo(checksum(dump));
        assertThat(endOfRecords(dump)).isEqualTo(size - 9);
    }

    @Test
    void anyPartOfAGeneratedDumpIsThePartOfTheWhole() throws IOException {
        var content = RdbFiles.ofSize(3, 50_000);
        var whole = bytes(content);

        for (var from = 0; from < 50_000; from += 997) {
            var count = Math.min(1234, 50_000 - from);
            assertThat(bytes(content.slice(from, count))).isEqualTo(Arrays.copyOfRange(whole, from, from + count));
        }
    }

    @Test
    void theSeedAloneDecides() throws IOException {
        assertThat(bytes(RdbFiles.ofSize(1, 5000))).isEqualTo(bytes(RdbFiles.ofSize(1, 5000)));
        assertThat(bytes(RdbFiles.ofSize(1, 5000))).isNotEqualTo(bytes(RdbFiles.ofSize(2, 5000)));
    }

    @Test
    void noDumpIsShorterThanItsFrame() {
        assertThatThrownBy(() -> RdbFiles.ofSize(1, 50))
                .hasMessage("no dump is as short as 50 bytes; the shortest has 90");
    }

    /** Walks the records as Redis does: type, key, value with a 32-bit length. */
    private static int endOfRecords(byte[] dump) {
        var at = new String(dump, US_ASCII).indexOf("key:") - 2;
        while ((dump[at] & 0xff) != 0xff) {
            assertThat(dump[at]).isZero();
            assertThat(dump[at + 1]).isEqualTo((byte) 16);
            assertThat(dump[at + 18]).isEqualTo((byte) 0x80);
            at += 23 + ByteBuffer.wrap(dump).getInt(at + 19);
        }
        return at;
    }

    private static long checksum(byte[] dump) {
        return Crc64.update(0, dump, 0, dump.length - 8);
    }

    private static long storedChecksum(byte[] dump) {
        return ByteBuffer.wrap(dump).order(ByteOrder.LITTLE_ENDIAN).getLong(dump.length - 8);
    }

    static byte[] bytes(Content content) throws IOException {
        var bytes = new byte[(int) content.length()];
        content.read(0, bytes, 0, bytes.length);
        return bytes;
    }
}
