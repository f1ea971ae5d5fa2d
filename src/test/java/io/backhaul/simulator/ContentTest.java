package io.backhaul.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {
    @Test
    void generatedBytesDependOnSeedAndPositionOnly() throws IOException {
        var whole = RdbFilesTest.bytes(Content.generated(5, 1000));

        for (var from = 0; from < 990; from++) {
            assertThat(RdbFilesTest.bytes(Content.generated(5, 1000).slice(from, 9)))
                    .isEqualTo(Arrays.copyOfRange(whole, from, from + 9));
        }
        assertThat(RdbFilesTest.bytes(Content.generated(6, 1000))).isNotEqualTo(whole);
    }

    @Test
    void theFarEndOfLargeContentIsReadAtOnce() throws IOException {
        var huge = Content.generated(1, 1L << 41);

        assertThat(RdbFilesTest.bytes(huge.slice((1L << 41) - 4, 4))).hasSize(4);
    }

    @Test
    void aFileIsServedFromAnyPosition(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("a"), "0123456789");

        assertThat(RdbFilesTest.bytes(Content.file(file).slice(3, 4)))
                .asString()
                .isEqualTo("3456");
    }

    @Test
    void spoiltContentDiffersWhereItShould() throws IOException {
        var text = Content.text("aaaa");

        assertThat(RdbFilesTest.bytes(SpoiltContent.oneBit(text, 2))).asString().isEqualTo("aa`a");
        assertThat(RdbFilesTest.bytes(SpoiltContent.everywhere(text)))
                .doesNotContain('a')
                .hasSize(4);
    }

    @Test
    void joinedContentIsReadAcrossItsSeams() throws IOException {
        var joined = new JoinedContent(List.of(Content.text("abc"), Content.text(""), Content.text("defg")));

        assertThat(RdbFilesTest.bytes(joined.slice(1, 5))).asString().isEqualTo("bcdef");
    }
}
