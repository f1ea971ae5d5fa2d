package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Dice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the definition, bit by bit; the published vectors are in {@link ChecksTest}. */
class Crc64Test {
    private final Dice dice = Dice.of(Crc64Test.class);

    private static long bitwise(byte[] bytes, long polynomial, long mask) {
        var crc = mask;
        for (var each : bytes) {
            crc ^= each & 0xff;
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ polynomial;
            }
        }
        return crc ^ mask;
    }

    @ParameterizedTest
    @CsvSource({"XZ, 0x42f0e1eba9ea3693, -1", "JONES, 0xad93d23594c935a9, 0"})
    void anyCutOfAnyBytesGivesWhatTheDefinitionGives(Crc64.Kind kind, String polynomial, long mask) {
        var reflected = Long.reverse(Long.parseUnsignedLong(polynomial.substring(2), 16));
        for (var round = 0; round < 500; round++) {
            var bytes = new byte[dice.below(300)];
            for (var at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) dice.below(256);
            }
            var crc = new Crc64(kind);
            for (var at = 0; at < bytes.length; ) {
                var count = 1 + dice.below(bytes.length - at);
                crc.update(bytes, at, count);
                at += count;
            }

            assertThat(crc.value()).as("%s", dice).isEqualTo(bitwise(bytes, reflected, mask));
        }
    }
}
