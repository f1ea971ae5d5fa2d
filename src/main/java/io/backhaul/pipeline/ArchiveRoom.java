package io.backhaul.pipeline;

import io.backhaul.archive.Archive;
import io.backhaul.archive.ArchiveFailure;
import io.backhaul.archive.ArchiveHealth;
import io.backhaul.backup.ArchiveState;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.ByteCount;
import io.backhaul.catalog.ArchiveStates;
import io.backhaul.catalog.Lease;
import io.backhaul.transfer.Room;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One archive as this node sees it: whether sets can be kept in it, what of its room is booked by transfers under way,
 * and what found none. It is full for as long as not everything that is wanted fits; what fits by itself goes on. Any
 * thread: nobody waits here for one that asks the archive itself, which may hang.
 */
final class ArchiveRoom {
    private static final Logger log = LoggerFactory.getLogger(ArchiveRoom.class);

    private static final long RESERVE = Room.RESERVE.bytes();
    /** Transfers under way are cut below this. Far below what they need to begin, so that nothing flaps. */
    private static final long LOW = RESERVE / 2;
    /** No backup's row. */
    private static final long NOBODY = -1;

    private final Archive archive;
    private final Clock clock;
    private final Map<Long, Long> booked = new HashMap<>();
    private final Map<Long, Wanted> wanted = new LinkedHashMap<>();
    private ArchiveState state = ArchiveState.OPEN;
    private Instant since;
    private String trouble = "";
    private @Nullable ByteCount free;

    ArchiveRoom(Archive archive, Clock clock) {
        this.archive = archive;
        this.clock = clock;
        this.since = clock.instant();
    }

    private record Wanted(BackupRef backup, long bytes) {}

    String name() {
        return archive.name();
    }

    /**
     * Books room for what a backup still brings, or remembers that it found none.
     *
     * @return why it found none
     * @throws ArchiveFailure when the archive is away
     */
    Optional<String> book(Lease lease, long bytes) {
        return book(lease, bytes, archive.free());
    }

    private synchronized Optional<String> book(Lease lease, long bytes, ByteCount measured) {
        var all = Math.max(bytes, booked.getOrDefault(lease.backupId(), 0L));
        var refusal = refusal(lease, all, measured);
        if (refusal.isEmpty()) {
            booked.put(lease.backupId(), all);
            wanted.remove(lease.backupId());
        }
        return refusal;
    }

    /** The same, but books nothing. */
    Optional<String> refusal(Lease lease, long bytes) {
        return refusal(lease, bytes, archive.free());
    }

    private synchronized Optional<String> refusal(Lease lease, long bytes, ByteCount measured) {
        free = measured;
        if (bytes <= availableTo(lease.backupId())) {
            return Optional.empty();
        }
        lack(lease, bytes);
        return Optional.of(describe());
    }

    /** So much of what was booked is on the disk now, and no longer free anyway. */
    synchronized void filled(Lease lease, long bytes) {
        booked.computeIfPresent(lease.backupId(), (id, left) -> Math.max(0, left - bytes));
    }

    synchronized void giveBack(Lease lease) {
        booked.remove(lease.backupId());
    }

    /** A backup found the disk full: it waits until there is room for what it had still to bring, and the reserve. */
    String lack(Lease lease) {
        look();
        return lackWhatIsBooked(lease);
    }

    private synchronized String lackWhatIsBooked(Lease lease) {
        lack(lease, Math.max(1, booked.getOrDefault(lease.backupId(), 0L)));
        return describe();
    }

    synchronized void lack(Lease lease, long bytes) {
        wanted.merge(
                lease.backupId(),
                new Wanted(lease.backup(), bytes),
                (before, now) -> before.bytes() > now.bytes() ? before : now);
        if (!isShut()) {
            turn(ArchiveState.FULL, "");
        }
    }

    /** Looks how it is after a failure: by really writing to it. */
    void examine() {
        switch (archive.probe()) {
            case ArchiveHealth.Unwritable sick -> turn(sick.state(), sick.reason());
            case ArchiveHealth.Writable well -> noteWritable(well.free());
        }
    }

    private synchronized void noteWritable(ByteCount measured) {
        free = measured;
        judgeRoom();
    }

    /** Looks how it is, cheaply enough for every tick; whoever takes nothing is tried whether it takes something now. */
    void look() {
        if (isShut()) {
            examine();
            return;
        }
        try {
            noteFree(archive.free());
        } catch (ArchiveFailure e) {
            turn(ArchiveState.AWAY, String.valueOf(e.getCause()));
        }
    }

    /** Room alone does not open what was shut while it was measured: a probe does. */
    private synchronized void noteFree(ByteCount measured) {
        free = measured;
        if (!isShut()) {
            judgeRoom();
        }
    }

    /** It was asked how it is, and gives no answer. */
    void noteSilence() {
        turn(ArchiveState.AWAY, "it does not answer");
    }

    /** Between what is too low and what is enough for everything that is wanted, nothing changes. */
    private void judgeRoom() {
        if (isLow()) {
            turn(ArchiveState.FULL, "");
        } else if (wantedBytes() <= availableTo(NOBODY)) {
            turn(ArchiveState.OPEN, "");
        } else if (isShut()) {
            turn(wanted.isEmpty() ? ArchiveState.OPEN : ArchiveState.FULL, "");
        }
    }

    /** Nothing at all can be kept here. */
    synchronized boolean isShut() {
        return state == ArchiveState.AWAY || state == ArchiveState.UNWRITABLE;
    }

    /** The reserve is being used up: whoever still writes must end. */
    synchronized boolean isLow() {
        return free != null && free.bytes() < LOW;
    }

    /** Why nothing more, or not everything, can be kept here; empty when it is open. */
    synchronized Optional<String> pause() {
        return state == ArchiveState.OPEN ? Optional.empty() : Optional.of(describe());
    }

    /** Backups that have found no room, whether there is some by now or not. */
    synchronized Set<Long> waiting() {
        return Set.copyOf(wanted.keySet());
    }

    /** Backups that would still find no room. */
    synchronized Set<Long> refused() {
        return wanted.entrySet().stream()
                .filter(entry -> entry.getValue().bytes() > availableTo(entry.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Forgets the backups that have settled in another way. */
    synchronized void retain(Set<Long> unfinished) {
        wanted.keySet().retainAll(unfinished);
    }

    synchronized ArchiveStates.Row row(String node) {
        return new ArchiveStates.Row(node, name(), state, since, pause().orElse(""), free);
    }

    private long availableTo(long backupId) {
        var others = booked.entrySet().stream()
                .filter(entry -> entry.getKey() != backupId)
                .mapToLong(Map.Entry::getValue)
                .sum();
        return (free == null ? 0 : free.bytes()) - RESERVE - others;
    }

    private long wantedBytes() {
        return wanted.values().stream().mapToLong(Wanted::bytes).sum();
    }

    private synchronized void turn(ArchiveState to, String why) {
        trouble = why;
        if (to == state) {
            return;
        }
        var before = since;
        state = to;
        since = clock.instant();
        if (to == ArchiveState.OPEN) {
            log.info("archive takes sets again archive={} free={} pausedSince={}", name(), free, before);
        } else {
            log.error(
                    "archive pauses, nothing is lost and it goes on by itself once mended archive={} reason={}",
                    name(),
                    describe());
        }
    }

    private String describe() {
        return "archive " + name() + " is "
                + switch (state) {
                    case OPEN -> "open";
                    case FULL -> "full: " + free + " free, " + shortage() + "; make room";
                    case AWAY -> "away: " + trouble + "; bring it back";
                    case UNWRITABLE -> "not writable: " + trouble + "; let Backhaul's user write it";
                };
    }

    private String shortage() {
        if (wanted.isEmpty()) {
            return Room.RESERVE + " kept in reserve";
        }
        var first = wanted.values().iterator().next().backup();
        var promised = booked.values().stream().mapToLong(Long::longValue).sum();
        return new ByteCount(wantedBytes()) + " wanted by " + first
                + (wanted.size() > 1 ? " and " + (wanted.size() - 1) + " more" : "")
                + (promised > 0 ? ", " + new ByteCount(promised) + " booked by transfers under way" : "") + ", "
                + Room.RESERVE + " kept in reserve";
    }
}
