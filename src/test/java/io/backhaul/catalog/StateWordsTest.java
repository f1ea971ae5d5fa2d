package io.backhaul.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.ArchiveState;
import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.ListedBackup.Readiness;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of V1 and those of the enums are the same words. */
@ExtendWith(TestDatabase.class)
class StateWordsTest {
    private static final Pattern QUOTED = Pattern.compile("'([a-z_]+)'");

    static Stream<Arguments> columns() {
        return Stream.of(
                Arguments.of("backup", "state", labels(BackupState.values())),
                Arguments.of("backup", "readiness", labels(Readiness.values())),
                Arguments.of("link", "state", labels(LinkState.values())),
                Arguments.of("link", "expiry_origin", labels(Expiry.Origin.values())),
                Arguments.of("attempt", "outcome", labels(AttemptOutcome.values())),
                Arguments.of("archive_state", "state", labels(ArchiveState.values())));
    }

    private static List<String> labels(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("columns")
    void theCheckOfAColumnAllowsTheWordsOfItsEnum(String table, String column, List<String> words, Catalog catalog) {
        var check = new Bench(catalog)
                .text("select pg_get_constraintdef(oid) from pg_constraint where conname = '%s_%s_check'"
                        .formatted(table, column));

        assertThat(QUOTED.matcher(check).results().map(word -> word.group(1)))
                .containsExactlyInAnyOrderElementsOf(words);
    }

    @Test
    void theLabelsOfTheEnumsAreThoseWords() {
        assertThat(Arrays.stream(BackupState.values()).map(BackupState::label)).isEqualTo(labels(BackupState.values()));
        assertThat(Arrays.stream(LinkState.values()).map(LinkState::label)).isEqualTo(labels(LinkState.values()));
        assertThat(Arrays.stream(AttemptOutcome.values()).map(AttemptOutcome::label))
                .isEqualTo(labels(AttemptOutcome.values()));
        assertThat(Arrays.stream(ArchiveState.values()).map(ArchiveState::label))
                .isEqualTo(labels(ArchiveState.values()));
        assertThat(Arrays.stream(Expiry.Origin.values()).map(Expiry.Origin::label))
                .isEqualTo(labels(Expiry.Origin.values()));
    }

    /** The states that a statement names on both of its sides, as they stand in Claims, ListedMoves and Links. */
    static Stream<Arguments> movesInSql() {
        return Stream.of(
                Arguments.of("claimForTransfer", List.of("LINKED", "TRANSFERRING"), "TRANSFERRING"),
                Arguments.of("reopenReady", List.of("SKIPPED", "GONE"), "WAITING"),
                Arguments.of("skipHopeless", List.of("WAITING"), "SKIPPED"),
                Arguments.of("skipUnselected", List.of("WAITING", "PREPARING", "LINKED", "FAILED"), "SKIPPED"),
                Arguments.of("gone", List.of("WAITING", "PREPARING", "LINKED", "FAILED"), "GONE"),
                // Whoever holds a lease: claimed for links from the first two, for transfer as the third.
                Arguments.of("lookAgain", List.of("WAITING", "TRANSFERRING"), "PREPARING"),
                Arguments.of("archived", List.of("WAITING", "PREPARING", "TRANSFERRING"), "ARCHIVED"),
                Arguments.of("granted", List.of("WAITING", "PREPARING"), "LINKED"));
    }

    @ParameterizedTest
    @MethodSource("movesInSql")
    void aMoveThatSqlMakesIsLegal(String statement, List<String> from, String to) {
        assertThat(from)
                .as(statement)
                .map(BackupState::valueOf)
                .allMatch(state -> state.mayBecome(BackupState.valueOf(to)));
    }
}
