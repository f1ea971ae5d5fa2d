package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotRangesTest {
    private static List<String> names(String... slots) {
        return Stream.of(slots)
                .map(range -> "redis_10.0.0.1_6379_" + range + "_20261121170000.rdb")
                .toList();
    }

    @Test
    void shardsInAnyOrderWithSeveralRangesOrTwiceAreWhole() {
        assertThat(SlotRanges.of(names("8192-16383", "0-8191")))
                .hasValueSatisfying(slots -> assertThat(slots.areWhole()).isTrue());
        assertThat(SlotRanges.of(names("0-100,9000-16383", "101-8999")))
                .hasValueSatisfying(slots -> assertThat(slots.areWhole()).isTrue());
        assertThat(SlotRanges.of(names("0-10000", "5000-16383")))
                .hasValueSatisfying(slots -> assertThat(slots.areWhole()).isTrue());
    }

    @ParameterizedTest
    @CsvSource({"1-8191, 0-0", "0-8190, 8191-8191", "0-4095, 4096-8191"})
    void aHoleIsNamed(String first, String hole) {
        assertThat(SlotRanges.of(names(first, "8192-16383")))
                .hasValueSatisfying(slots -> assertThat(slots.firstHole()).isEqualTo(hole));
        assertThat(SlotRanges.of(names("0-16382")))
                .hasValueSatisfying(slots -> assertThat(slots.firstHole()).isEqualTo("16383-16383"));
    }

    @Test
    void namesThatAreNotTheFilesOwnOrTellNoSlotsProveNothing() {
        assertThat(SlotRanges.of(names("0-8191", "0-8191"))).isEmpty();
        assertThat(SlotRanges.of(names("0-8191", "rest"))).isEmpty();
        assertThat(SlotRanges.of(names("0-16384"))).isEmpty();
        assertThat(SlotRanges.of(names("99999-99999"))).isEmpty();
        assertThat(SlotRanges.of(names("9-1"))).isEmpty();
        assertThat(SlotRanges.of(List.of("dump_2026-11-21.rdb"))).isEmpty();
        assertThat(SlotRanges.of(List.of())).isEmpty();
    }
}
