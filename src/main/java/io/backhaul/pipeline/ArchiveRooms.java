package io.backhaul.pipeline;

import io.backhaul.backup.SourceName;
import io.backhaul.catalog.ArchiveStates;
import io.backhaul.catalog.Barred;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.FileOfSet;
import io.backhaul.catalog.Lease;
import io.backhaul.transfer.Brake;
import io.backhaul.transfer.StagedFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The archives of one node: which of them are paused, and so what the node must not claim. A pause is the archive's,
 * never a backup's failure; each look may end it. Any thread.
 */
public final class ArchiveRooms {
    /** Far above what a disk takes that must spin up for the look; far below what a claim tick may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Catalog catalog;
    private final Sources sources;
    private final String node;
    private final Map<String, ArchiveRoom> byName = new LinkedHashMap<>();
    private final Set<Booking> running = ConcurrentHashMap.newKeySet();
    private final ArchiveLooks looks;
    private List<ArchiveStates.Row> saved = List.of();

    public ArchiveRooms(Catalog catalog, Sources sources, Clock clock, String node) {
        this(catalog, sources, clock, node, PATIENCE);
    }

    /** @param patience how long an archive may take to answer a look */
    ArchiveRooms(Catalog catalog, Sources sources, Clock clock, String node, Duration patience) {
        this.catalog = catalog;
        this.sources = sources;
        this.node = node;
        looks = new ArchiveLooks(patience);
        for (var source : sources.all()) {
            for (var archive : source.archives()) {
                byName.computeIfAbsent(archive.name(), name -> new ArchiveRoom(archive, clock));
            }
        }
    }

    /** Every archive as this node sees it. */
    public List<ArchiveStates.Row> rows() {
        return byName.values().stream().map(room -> room.row(node)).toList();
    }

    /** Forgets what an earlier run of this node said. */
    void start() {
        catalog.archives().clear(node);
    }

    /** Looks at every archive, pauses and resumes, cuts the transfers that would fill up a disk, and keeps the rows. */
    void look() {
        looks.look(byName.values());
        running.stream()
                .filter(Booking::isShortOfRoom)
                .forEach(booking -> booking.brake().pull());
        for (var room : byName.values()) {
            var waiting = room.waiting();
            if (!waiting.isEmpty()) {
                room.retain(catalog.claims().unfinished(waiting));
            }
        }
        save();
    }

    /** Free bytes alone may wait for the heartbeat. */
    private synchronized void save() {
        var rows = rows();
        if (!texts(rows).equals(texts(saved))) {
            catalog.archives().save(rows);
            saved = rows;
        }
    }

    private static List<String> texts(List<ArchiveStates.Row> rows) {
        return rows.stream()
                .map(row -> row.archive() + row.since() + row.state() + row.detail())
                .toList();
    }

    /** Says how the archives are, as often as the node says that it is alive. */
    void report() {
        catalog.archives().save(rows());
    }

    /** What must not be claimed now. */
    Barred barred() {
        var shut = sources.all().stream()
                .filter(source -> rooms(source).stream().anyMatch(ArchiveRoom::isShut))
                .map(Source::name)
                .collect(Collectors.<SourceName>toSet());
        var refused = new HashSet<Long>();
        byName.values().forEach(room -> refused.addAll(room.refused()));
        return new Barred(shut, refused);
    }

    /** The booking of a transfer that begins; nothing is booked yet. */
    Booking booking(Lease lease, Source source, Brake brake) {
        return new Booking(lease, rooms(source), brake, running);
    }

    /** Whether there is room for a backup, for which nothing is to be fetched yet; why not. */
    Optional<String> refusal(Lease lease, Source source) {
        return booking(lease, source, new Brake()).refusalToBegin(kept(lease, source));
    }

    /** What has been gathered of a set already, in bytes. */
    long kept(Lease lease, Source source) {
        return source.home()
                .gathered(lease.key())
                .map(folder -> catalog.links().files(lease).stream()
                        .mapToLong(file -> kept(folder, file))
                        .sum())
                .orElse(0L);
    }

    private static long kept(Path folder, FileOfSet file) {
        return StagedFile.in(folder, file.givenName(), file.storedName()).kept().bytes();
    }

    /**
     * Looks after a failure whether it was an archive's of the source.
     *
     * @return the pause for which the backup waits from now on; empty when all of them are well
     */
    Optional<String> examine(Lease lease, Source source) {
        var rooms = rooms(source);
        rooms.forEach(ArchiveRoom::examine);
        rooms.stream().filter(ArchiveRoom::isLow).forEach(room -> room.lack(lease));
        save();
        return rooms.stream()
                .filter(room -> room.isShut() || room.isLow())
                .map(ArchiveRoom::pause)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** An archive had no room for a set. */
    String lack(Lease lease, String archive, long bytes) {
        var room = Objects.requireNonNull(byName.get(archive));
        room.lack(lease, bytes);
        return room.pause().orElseThrow();
    }

    private List<ArchiveRoom> rooms(Source source) {
        return source.archives().stream()
                .map(archive -> Objects.requireNonNull(byName.get(archive.name())))
                .toList();
    }
}
