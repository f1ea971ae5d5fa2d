package io.backhaul.pipeline;

import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.catalog.SeenBackup;
import io.backhaul.provider.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Until when each backup of an instance can be had: the earliest of what the API says, its making plus the retention,
 * and, where only the newest so many are kept, the time at which newer ones will have pushed it out.
 */
final class Deadlines {
    private final Retention retention;

    Deadlines(Retention retention) {
        this.retention = retention;
    }

    /** The listed backups of one instance, each with its deadline. */
    List<SeenBackup> of(List<ListedBackup> listed, Instant now) {
        var usable = listed.stream()
                .filter(backup -> backup.readiness() == Readiness.READY || backup.readiness() == Readiness.NOT_YET)
                .sorted(Comparator.comparing(ListedBackup::createdAt).reversed())
                .toList();
        var rhythm = rhythm(usable);
        var ranks = new HashMap<ListedBackup, Integer>();
        for (var rank = 0; rank < usable.size(); rank++) {
            ranks.putIfAbsent(usable.get(rank), rank);
        }
        var seen = new ArrayList<SeenBackup>();
        for (var backup : listed) {
            seen.add(new SeenBackup(backup, deadline(backup, ranks.getOrDefault(backup, -1), rhythm, now)));
        }
        return seen;
    }

    private @Nullable Instant deadline(ListedBackup backup, int rank, Optional<Duration> rhythm, Instant now) {
        var byAge = backup.createdAt().plus(retention.age());
        var told = Optional.ofNullable(backup.expiresAt());
        // The n-th newest is pushed out when so many more have been made.
        var byCount = rank < 0 || retention.newestKept() == Retention.UNCAPPED
                ? Optional.<Instant>empty()
                : rhythm.map(every -> now.plus(every.multipliedBy(Math.max(1, retention.newestKept() - rank))));
        // What the API says replaces the assumption about age; a cap on the count holds beside either.
        return Stream.of(told.or(() -> Optional.of(byAge)), byCount)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The mean time between backups, newest first in the list; nothing below two, or when they were made at once. */
    private static Optional<Duration> rhythm(List<ListedBackup> newestFirst) {
        if (newestFirst.size() < 2) {
            return Optional.empty();
        }
        var span = Duration.between(
                newestFirst.getLast().createdAt(), newestFirst.getFirst().createdAt());
        return Optional.of(span.dividedBy(newestFirst.size() - 1L)).filter(Duration::isPositive);
    }
}
