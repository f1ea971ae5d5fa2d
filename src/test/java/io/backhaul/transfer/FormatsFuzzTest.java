package io.backhaul.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Dice;
import io.backhaul.backup.CheckResult.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes, in whatever pieces: a verdict, always the same one, and never a good one for what is not whole. */
class FormatsFuzzTest {
    private static final int ROUNDS = 600;

    private final Dice dice = Dice.of(FormatsFuzzTest.class);

    /**
     * @param hasSums whether a changed byte of content shows
     * @param canBeCut whether every shorter file can be told from a whole one
     */
    record Format(
            String ending,
            Function<String, ContentCheck> check,
            List<byte[]> samples,
            boolean hasSums,
            boolean canBeCut) {
        @Override
        public String toString() {
            return ending;
        }
    }

    static Stream<Format> formats() {
        var tars = List.of(
                TarCheckTest.tar(TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.BIGNUMBER_STAR),
                TarCheckTest.tar(TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.BIGNUMBER_POSIX));
        return Stream.of(
                new Format(".zip", ZipCheck::new, ZipSamples.all(), true, true),
                new Format(".gz", GzipCheck::new, List.of(GzipCheckTest.gzip(ZipSamples.FIRST)), true, true),
                new Format(".tar", TarCheck::new, tars, false, false),
                new Format(".aof", AofCheck::new, List.of(AofCheckTest.FILE.getBytes(ISO_8859_1)), false, false));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void chunksDoNotChangeTheVerdictOnWhateverBytes(Format format) {
        for (var round = 0; round < ROUNDS; round++) {
            var bytes = spoilt(dice.oneOf(format.samples).clone());
            var name = dice.onceIn(2) ? "a" + format.ending : "a";
            var whole = format.check.apply(name);
            var pieces = format.check.apply(name);

            var verdict = Feeding.verdict(whole, bytes);
            assertThat(Feeding.verdictInChunks(pieces, bytes, dice))
                    .as("%s", dice)
                    .isEqualTo(verdict);
            assertThat(pieces.applies()).isEqualTo(whole.applies());
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aCutFileNeverPasses(Format format) {
        if (!format.canBeCut) {
            return;
        }
        for (var sample : format.samples) {
            for (var length = 0; length < sample.length; length += 1 + dice.below(5)) {
                var cut = Arrays.copyOf(sample, length);
                assertThat(Feeding.verdict(format.check.apply("a" + format.ending), cut)
                                .verdict())
                        .as("%s bytes, %s", length, dice)
                        .isNotEqualTo(Verdict.PASSED);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aChangedByteOfContentNeverPasses(Format format) {
        if (!format.hasSums) {
            return;
        }
        for (var sample : format.samples) {
            // It cannot be packed, so that it stands there as it is.
            var content = new String(sample, ISO_8859_1).indexOf(new String(ZipSamples.FIRST, ISO_8859_1));
            assertThat(content).isPositive();
            for (var at = content; at < content + ZipSamples.FIRST.length; at += 1 + dice.below(5)) {
                var changed = sample.clone();
                changed[at] ^= (byte) (1 << dice.below(8));
                assertThat(Feeding.verdict(format.check.apply("a" + format.ending), changed)
                                .verdict())
                        .as("byte %s, %s", at, dice)
                        .isNotEqualTo(Verdict.PASSED);
            }
        }
    }

    /** Some of what happens to files: bytes changed, cut, lost, doubled, zeroed, replaced; or nothing of it. */
    private byte[] spoilt(byte[] sample) {
        var bytes = sample;
        for (var times = dice.below(4); times > 0; times--) {
            var at = dice.below(bytes.length);
            var span = Math.min(bytes.length - at, 1 + dice.below(600));
            switch (dice.below(6)) {
                case 0 -> bytes[at] = (byte) dice.below(256);
                case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 2 -> bytes = spliced(bytes, at, at + span, 0);
                case 3 -> bytes = spliced(bytes, at, at + span, 2);
                case 4 -> Arrays.fill(bytes, at, at + span, (byte) 0);
                default -> {
                    for (var i = at; i < at + span; i++) {
                        bytes[i] = (byte) dice.below(256);
                    }
                }
            }
        }
        return bytes;
    }

    /** With this stretch so many times. */
    private static byte[] spliced(byte[] bytes, int from, int to, int times) {
        var parts = Stream.concat(
                        Stream.of(Arrays.copyOf(bytes, from)),
                        Stream.concat(
                                Stream.generate(() -> Arrays.copyOfRange(bytes, from, to))
                                        .limit(times),
                                Stream.of(Arrays.copyOfRange(bytes, to, bytes.length))))
                .toList();
        var joined = new byte
                [Math.max(1, parts.stream().mapToInt(part -> part.length).sum())];
        var at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
