package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.backhaul.Dice;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtentsTest {
    private static final int TOTAL = 40;

    private final Dice dice = Dice.of(ExtentsTest.class);

    @Test
    void theyKnowWhatIsThereAndWhatIsNotHoweverItCame() {
        for (var round = 0; round < 300; round++) {
            var extents = Extents.NONE;
            var there = new BitSet();
            for (var i = dice.below(12); i > 0; i--) {
                var from = dice.below(TOTAL);
                var to = from + dice.below(TOTAL - from + 1);
                extents = extents.with(new ByteRange(from, to));
                there.set(from, to);
            }

            assertThat(extents.bytes()).as(dice.toString()).isEqualTo(there.cardinality());
            assertThat(extents.front()).isEqualTo(there.nextClearBit(0));
            assertThat(extents.end()).isEqualTo(there.length());
            var missing = new BitSet();
            extents.missing(TOTAL).forEach(gap -> missing.set((int) gap.from(), (int) gap.to()));
            there.flip(0, TOTAL);
            assertThat(missing).isEqualTo(there);
            assertThat(Extents.parse(extents.text())).isEqualTo(extents);
            var end = dice.below(TOTAL);
            assertThat(extents.upTo(end).bytes())
                    .isEqualTo(end - missing.get(0, end).cardinality());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3-2", "0-4 4-6", "4-6 0-2", "0-4 2-6", "2-2", "-1-3", "a-b", "0-4,6-8", " "})
    void aTextThatIsNoneIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Extents.parse(text));
    }
}
