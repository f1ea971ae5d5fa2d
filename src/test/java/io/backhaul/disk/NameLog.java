package io.backhaul.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Changes of names in the order in which they were made, each to be undone unless its folder was synced. */
final class NameLog {
    private final Path graveyard;
    private final List<Change> changes = new ArrayList<>();
    private int graves;

    /** @param graveyard a folder for what is deleted, on the same disk */
    NameLog(Path graveyard) {
        this.graveyard = graveyard;
    }

    /** A creation has no {@code from}, a deletion no {@code to}; {@code buried} is what stood where it went. */
    private static final class Change {
        private final @Nullable Path from;
        private final @Nullable Path to;
        private final @Nullable Path buried;
        private boolean isSynced;

        Change(@Nullable Path from, @Nullable Path to, @Nullable Path buried) {
            this.from = from;
            this.to = to;
            this.buried = buried;
        }

        Path place() {
            return Objects.requireNonNull(to == null ? from : to);
        }

        boolean touches(@Nullable Path name) {
            return name != null && (name.equals(from) || name.equals(to));
        }

        /** Where something is after this. */
        Path moved(Path path) {
            return from != null && to != null && path.startsWith(from) ? to.resolve(from.relativize(path)) : path;
        }
    }

    void created(Path name) {
        changes.add(new Change(null, name, null));
    }

    void move(Path from, Path to) throws IOException {
        var buried = Files.exists(to) ? bury(to) : null;
        Files.move(from, to);
        changes.add(new Change(from, to, buried));
    }

    void delete(Path name) throws IOException {
        changes.add(new Change(name, null, bury(name)));
    }

    void synced(Path folder) {
        changes.stream()
                .filter(change -> folder.equals(change.place().getParent()))
                .forEach(change -> change.isSynced = true);
    }

    /** Undoes what was not synced, in any combination that leaves a tree. */
    void lose(BooleanSupplier survives) throws IOException {
        var survivors = new ArrayDeque<Change>();
        for (var change : changes.reversed()) {
            if (change.isSynced || isNeeded(change, survivors) || survives.getAsBoolean()) {
                survivors.addFirst(change);
            } else {
                undo(change, survivors);
            }
        }
        changes.clear();
    }

    private static boolean isNeeded(Change change, Deque<Change> later) {
        var from = change.from;
        var to = change.to;
        for (var next : later) {
            if (next.touches(from) || next.touches(to)) {
                return true;
            }
            from = from == null ? null : next.moved(from);
            to = to == null ? null : next.moved(to);
        }
        return false;
    }

    private void undo(Change change, Deque<Change> later) throws IOException {
        var from = now(change.from, later);
        var to = now(change.to, later);
        if (to != null && from != null) {
            Files.move(to, from);
        } else if (to != null) {
            bury(to);
        }
        if (change.buried != null) {
            Files.move(change.buried, Objects.requireNonNull(to == null ? from : to));
        }
    }

    private static @Nullable Path now(@Nullable Path then, Deque<Change> later) {
        var path = then;
        for (var next : later) {
            path = path == null ? null : next.moved(path);
        }
        return path;
    }

    private Path bury(Path path) throws IOException {
        return Files.move(path, graveyard.resolve(String.valueOf(graves++)));
    }
}
