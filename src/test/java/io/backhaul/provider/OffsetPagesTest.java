package io.backhaul.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.OffsetPages.Page;
import io.backhaul.provider.OffsetPages.Rows;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages of three rows; rows are texts and their own keys, {@code "?…"} has none. */
class OffsetPagesTest {
    private static final int LIMIT = 3;
    private static final Setback DOWN = new Unavailable("down");

    private final List<Integer> asked = new ArrayList<>();

    @Test
    void aListOfSeveralPagesIsReadToItsEnd() {
        assertComplete(read(list(7)), names(7));
        assertThat(asked).containsExactly(0, 3, 6);
    }

    @Test
    void aFullLastPageIsFollowedByOneMoreLook() {
        assertComplete(read(list(6)), names(6));
        assertThat(asked).containsExactly(0, 3, 6);
    }

    @Test
    void anEmptyListIsComplete() {
        assertComplete(read(list(0)), List.of());
    }

    @Test
    void aTotalThatCountsItsOwnPageDoesNotEndTheList() {
        assertComplete(read(offset -> got(slice(7, offset), slice(7, offset).size())), names(7));
    }

    @Test
    void aListWithoutTotalsIsReadUntilAPageIsNotFull() {
        assertComplete(read(offset -> got(slice(7, offset), Page.UNTOLD)), names(7));
    }

    @Test
    void aServerThatGivesLessThanAskedIsAskedOn() {
        assertComplete(read(offset -> got(names(5).subList(offset, Math.min(5, offset + 2)), 5)), names(5));
    }

    @Test
    void aListThatMovedOnceIsReadAgainAndThenComplete() {
        var outcome =
                read(offset -> asked.size() == 2 ? got(List.of("row2", "row3", "row4"), 5) : list(5).apply(offset));
        assertComplete(outcome, names(5));
        assertThat(asked).containsExactly(0, 3, 6, 0, 3);
    }

    @Test
    void aRowThatComesTwiceMeansThatTheListMoved() {
        var outcome = read(offset -> offset == 0 ? got(List.of("a", "b", "c"), 5) : got(List.of("c", "d"), 5));
        assertMoved(outcome, List.of("a", "b", "c", "d"));
        assertThat(asked).hasSize(6);
    }

    @Test
    void aListThatShrinksWhileItIsReadIsPartial() {
        assertMoved(
                read(offset -> offset == 0 ? got(names(3), 5) : got(List.of("row4"), 4)),
                List.of("row0", "row1", "row2", "row4"));
    }

    @Test
    void aListThatShrinksToAnEmptyPageIsPartialAndEnds() {
        assertMoved(read(offset -> offset == 0 ? got(names(3), 5) : got(List.of(), 3)), names(3));
        assertThat(asked).hasSize(6);
    }

    @Test
    void aListThatGrowsWhileItIsReadIsPartial() {
        assertMoved(read(offset -> got(slice(5, offset), offset == 0 ? 5 : 6)), names(5));
    }

    @Test
    void anEmptyPageWithATotalIsNoEmptyList() {
        assertMoved(read(offset -> got(List.of(), 2)), List.of());
    }

    @Test
    void aFirstPageThatFailsIsTheAnswer() {
        assertThat(read(offset -> Asked.failed(DOWN)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.why()).isEqualTo(DOWN));
    }

    @Test
    void aLaterPageThatFailsLeavesWhatWasFound() {
        var outcome = read(offset -> offset == 0 ? list(5).apply(0) : Asked.failed(DOWN));
        assertThat(rows(outcome)).isEqualTo(new Rows<>(names(3), new Coverage.Partial(DOWN)));
    }

    @Test
    void aReReadThatFailsLeavesWhatWasFoundBefore() {
        var outcome = read(offset -> switch (asked.size()) {
            case 1 -> got(names(3), 5);
            case 2 -> got(List.of("row4"), 4);
            default -> Asked.failed(DOWN);
        });
        assertThat(rows(outcome))
                .isEqualTo(new Rows<>(List.of("row0", "row1", "row2", "row4"), new Coverage.Partial(DOWN)));
    }

    @Test
    void aListWithoutEndIsGivenUp() {
        var outcome = read(offset -> got(List.of("r" + offset, "s" + offset, "t" + offset), Long.MAX_VALUE));
        assertThat(rows(outcome).coverage()).isInstanceOf(Coverage.Partial.class);
        assertThat(asked).hasSize(1000);
    }

    @Test
    void rowsWithoutAKeyAreHandedOnAndAreNoDuplicates() {
        assertComplete(read(offset -> got(List.of("?", "?"), 2)), List.of("?", "?"));
    }

    private Asked<Rows<String>> read(IntFunction<Asked<Page<String>>> server) {
        return OffsetPages.readAll(
                LIMIT, row -> row.startsWith("?") ? Optional.empty() : Optional.of(row), (offset, limit) -> {
                    asked.add(offset);
                    return server.apply(offset);
                });
    }

    private static IntFunction<Asked<Page<String>>> list(int size) {
        return offset -> got(slice(size, offset), size);
    }

    private static List<String> slice(int size, int offset) {
        return names(size).subList(Math.min(size, offset), Math.min(size, offset + LIMIT));
    }

    private static List<String> names(int size) {
        return IntStream.range(0, size).mapToObj(i -> "row" + i).toList();
    }

    private static Asked<Page<String>> got(List<String> rows, long total) {
        return new Got<>(new Page<>(rows, total));
    }

    private static Rows<String> rows(Asked<Rows<String>> outcome) {
        assertThat(outcome).isInstanceOf(Got.class);
        return ((Got<Rows<String>>) outcome).value();
    }

    private static void assertComplete(Asked<Rows<String>> outcome, List<String> expected) {
        assertThat(rows(outcome)).isEqualTo(new Rows<>(expected, new Coverage.Complete()));
    }

    private static void assertMoved(Asked<Rows<String>> outcome, List<String> expected) {
        assertThat(rows(outcome).rows()).isEqualTo(expected);
        assertThat(rows(outcome).coverage())
                .isEqualTo(new Coverage.Partial(new Busy("the list moved each of the 3 times that it was read")));
    }
}
