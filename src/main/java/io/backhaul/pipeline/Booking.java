package io.backhaul.pipeline;

import io.backhaul.archive.ArchiveFailure;
import io.backhaul.catalog.Lease;
import io.backhaul.transfer.Brake;
import io.backhaul.transfer.Room;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The room that one transfer holds in the archives of its source, from its begin to its end: in the first what is still
 * to come, in every other a whole copy.
 */
final class Booking implements Room, AutoCloseable {
    private final Lease lease;
    private final List<ArchiveRoom> rooms;
    private final Brake brake;
    private final Set<Booking> running;

    /**
     * Nothing is booked yet.
     *
     * @param rooms home first
     * @param running holds it from its begin to its end
     */
    Booking(Lease lease, List<ArchiveRoom> rooms, Brake brake, Set<Booking> running) {
        this.lease = lease;
        this.rooms = List.copyOf(rooms);
        this.brake = brake;
        this.running = running;
    }

    /**
     * Books for the whole set, as far as its size is known.
     *
     * @param kept bytes of it that are at home already
     * @return why there is no room
     */
    Optional<String> begin(long kept) {
        running.add(this);
        return ask(kept, ArchiveRoom::book);
    }

    /** Whether it could begin; books nothing. */
    Optional<String> refusalToBegin(long kept) {
        return ask(kept, ArchiveRoom::refusal);
    }

    private Optional<String> ask(long kept, Asking asking) {
        var size = lease.size() == null ? 0 : lease.size().bytes();
        // What is all there needs no room but the manifest's, and that is what the reserve is for.
        var refusal = 0 < size && size <= kept
                ? Optional.<String>empty()
                : asking.ask(home(), lease, size - Math.min(kept, size));
        for (var i = 1; i < rooms.size() && refusal.isEmpty(); i++) {
            refusal = asking.ask(rooms.get(i), lease, size);
        }
        return refusal;
    }

    /** Asks an archive's room whether it takes so many bytes of a backup. */
    @FunctionalInterface
    private interface Asking {
        Optional<String> ask(ArchiveRoom room, Lease lease, long bytes);
    }

    @Override
    public Optional<String> refusal(long bytes) {
        try {
            return home().book(lease, bytes);
        } catch (ArchiveFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    void filled(long bytes) {
        home().filled(lease, bytes);
    }

    /** Home was found full in the middle of it. */
    String lack() {
        return home().lack(lease);
    }

    /** Whether home is running full, so that whoever fills it must end. */
    boolean isShortOfRoom() {
        return home().isLow();
    }

    Brake brake() {
        return brake;
    }

    private ArchiveRoom home() {
        return rooms.getFirst();
    }

    @Override
    public void close() {
        rooms.forEach(room -> room.giveBack(lease));
        running.remove(this);
    }
}
