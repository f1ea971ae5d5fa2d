package io.backhaul.archive;

import io.backhaul.archive.PublishOutcome.Incomplete;
import io.backhaul.archive.PublishOutcome.NoRoom;
import io.backhaul.archive.PublishOutcome.Occupied;
import io.backhaul.archive.PublishOutcome.Published;
import io.backhaul.archive.PublishOutcome.Unwritable;
import io.backhaul.backup.ArchiveState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Manifest;
import io.backhaul.backup.SafeName;
import io.backhaul.backup.SetKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sets as folders (DESIGN 6): {@code <directory>/<source>/<instance>/<stamp>_<backup>/}, gathered under
 * {@code <directory>/.staging/<node>/} on the same disk, so that one rename shows them.
 *
 * <p>The directory itself must exist: one that is missing, or empty although it has kept sets, is likely a disk that is
 * not mounted, and must not be filled in its place.
 */
public final class FilesystemArchive implements Archive {
    private final String name;
    private final Path root;
    private final Path everyStaging;
    private final Path staging;
    private final LocalDisk disk = new LocalDisk();
    private final Set<Path> kept = ConcurrentHashMap.newKeySet();
    private final BooleanSupplier everKept;
    /** Something in the directory that an empty mount point would not have; looked for again once it is gone. */
    private volatile @Nullable Path sign;

    /**
     * Nothing is touched yet.
     *
     * @param node who gathers here: nodes that share a directory must never write to one staged file
     * @param everKept whether it has kept a set before; asked only of a directory that shows nothing of it
     */
    public FilesystemArchive(String name, Path directory, String node, BooleanSupplier everKept) {
        this.name = name;
        this.root = directory.toAbsolutePath().normalize();
        this.everyStaging = root.resolve(".staging");
        this.staging = everyStaging.resolve(SafeName.of(node));
        this.everKept = everKept;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Manifest> find(SetKey key) {
        try {
            requireRoot();
            return wholeAt(target(key), key);
        } catch (IOException e) {
            throw new ArchiveFailure("archive " + name + ": reading " + key, e);
        }
    }

    @Override
    public Optional<Manifest> ready(SetKey key) {
        try {
            var folder = new SetFolder(gathering(key));
            var manifest = wholeAt(folder.path(), key);
            return manifest.isPresent() && folder.hasHashesOf(manifest.get()) ? manifest : Optional.empty();
        } catch (IOException e) {
            throw new ArchiveFailure("archive " + name + ": reading what is staged for " + key, e);
        }
    }

    @Override
    public Path staging(SetKey key) {
        try {
            requireRoot();
            makeFolders(gathering(key));
            return gathering(key);
        } catch (IOException e) {
            throw new ArchiveFailure("archive " + name + ": making the staging folder of " + key, e);
        }
    }

    @Override
    public Optional<Path> gathered(SetKey key) {
        return Optional.of(gathering(key)).filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public void discardStaging(SetKey key) {
        discardStaging(key.path());
    }

    @Override
    public void discardStaging(String keyPath) {
        try {
            remove(staging.resolve(keyPath));
        } catch (IOException e) {
            throw new ArchiveFailure("archive " + name + ": discarding what is staged for " + keyPath, e);
        }
    }

    @Override
    public Set<String> staged() {
        try {
            return LocalDisk.isFolder(staging) ? foldersIn(staging) : Set.of();
        } catch (IOException | UncheckedIOException e) {
            throw new ArchiveFailure("archive " + name + ": listing what is staged", e);
        }
    }

    private static Set<String> foldersIn(Path staging) throws IOException {
        try (var folders = Files.walk(staging, SetKey.DEPTH)) {
            return folders.map(staging::relativize)
                    .filter(path -> path.getNameCount() == SetKey.DEPTH)
                    .map(Path::toString)
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public PublishOutcome publish(Path stagedSet, Manifest manifest) {
        try {
            var standing = standing(manifest.key());
            return standing.isPresent() ? standing.get() : gatherAndShow(stagedSet, manifest);
        } catch (IOException e) {
            return refusal(e);
        }
    }

    @Override
    public ByteCount free() {
        try {
            requireRoot();
            // one system call; NIO's FileStore would read the table of mounts each time
            var disk = root.toFile();
            if (disk.getTotalSpace() == 0) {
                throw new IOException("the file system of " + root + " cannot be asked");
            }
            return new ByteCount(disk.getUsableSpace());
        } catch (IOException e) {
            throw new ArchiveFailure("archive " + name + ": measuring its room", e);
        }
    }

    @Override
    public ArchiveHealth probe() {
        var tag = ".probe-" + ProcessHandle.current().pid() + "-"
                + Thread.currentThread().threadId();
        try {
            requireRoot();
            makeFolders(everyStaging);
            var before = everyStaging.resolve(tag + ".new");
            var after = everyStaging.resolve(tag);
            disk.write(before, "backhaul was here\n".getBytes(StandardCharsets.UTF_8));
            disk.rename(before, after);
            disk.syncFolder(everyStaging);
            disk.delete(after);
            return new ArchiveHealth.Writable(
                    new ByteCount(Files.getFileStore(everyStaging).getUsableSpace()));
        } catch (IOException e) {
            return new ArchiveHealth.Unwritable(DiskTrouble.of(e), e.toString());
        }
    }

    /** What is in the set's place already decides alone; nothing is ever overwritten. */
    private Optional<PublishOutcome> standing(SetKey key) throws IOException {
        var target = target(key);
        if (LocalDisk.look(target, LinkOption.NOFOLLOW_LINKS).isEmpty()) {
            return Optional.empty();
        }
        if (wholeAt(target, key).isEmpty()) {
            return Optional.of(new Occupied(
                    target + " exists and is not a whole set of this backup; move it away, it is never overwritten"));
        }
        // the rename may have been the last thing before a crash
        keepWayTo(parent(target));
        disk.syncFolder(parent(target));
        remove(gathering(key));
        return Optional.of(new Published());
    }

    private PublishOutcome gatherAndShow(Path stagedSet, Manifest manifest) throws IOException {
        var fault = new SetFolder(stagedSet).firstFault(manifest);
        if (fault.isPresent() || !LocalDisk.isFolder(stagedSet, LinkOption.NOFOLLOW_LINKS)) {
            return new Incomplete(stagedSet + ": " + fault.orElse("not a folder"));
        }
        var own = gathering(manifest.key());
        if (!stagedSet.toAbsolutePath().normalize().equals(own)) {
            var refused = copyTo(own, stagedSet, manifest);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        describe(own, manifest);
        return show(own, manifest.key());
    }

    private Optional<PublishOutcome> copyTo(Path own, Path from, Manifest manifest) throws IOException {
        remove(own);
        makeFolders(own);
        var free = Files.getFileStore(own).getUsableSpace();
        if (free < manifest.size().bytes()) {
            return Optional.of(new NoRoom(manifest.size() + " to copy, " + new ByteCount(free) + " free"));
        }
        for (var file : manifest.files()) {
            var hash = disk.copy(from.resolve(file.storedName()), own.resolve(file.storedName()));
            if (!hash.equals(file.sha256())) {
                return Optional.of(new Incomplete(from.resolve(file.storedName()) + ": SHA-256 is " + hash
                        + ", the manifest says " + file.sha256()));
            }
        }
        return Optional.empty();
    }

    /**
     * Turns gathered files into a set. Leftovers, the downloads' journals among them, go last: until then a crash
     * finds the files still known as fetched, and from the manifest on {@link #ready} knows the set.
     */
    private void describe(Path own, Manifest manifest) throws IOException {
        for (var file : manifest.files()) {
            disk.settle(own.resolve(file.storedName()));
        }
        var json = ManifestJson.write(manifest);
        disk.write(own.resolve(SetFolder.SUMS), SetFolder.sums(manifest, json));
        // by another name first: a manifest is never half written, not even here
        var fresh = own.resolve("." + ManifestJson.NAME + ".new");
        disk.write(fresh, json);
        disk.rename(fresh, own.resolve(ManifestJson.NAME));
        disk.syncFolder(own);
        removeAllBut(SetFolder.names(manifest), own);
        disk.syncFolder(own);
    }

    private PublishOutcome show(Path own, SetKey key) throws IOException {
        var target = target(key);
        makeFolders(parent(target));
        keepWayTo(parent(target));
        try {
            disk.rename(own, target);
        } catch (IOException e) {
            // another node may have been faster; it must then be whole
            var standing = standing(key);
            if (standing.isPresent()) {
                return standing.get();
            }
            throw e;
        }
        disk.syncFolder(parent(target));
        disk.syncFolder(parent(own));
        return new Published();
    }

    private static Optional<Manifest> wholeAt(Path folder, SetKey key) throws IOException {
        // by path, not by key: a listing may tell a time of more digits than the manifest's once did
        return new SetFolder(folder)
                .whole()
                .filter(manifest -> manifest.key().backup().equals(key.backup())
                        && manifest.key().path().equals(key.path()));
    }

    private Path target(SetKey key) {
        return root.resolve(key.path());
    }

    private Path gathering(SetKey key) {
        return staging.resolve(key.path());
    }

    private static Path parent(Path path) {
        return path.resolveSibling("").normalize();
    }

    /**
     * A set that cannot be seen because the disk is away is not a set that is not there. The directory alone says nothing:
     * that of a disk that is not mounted may well be there, and staging folders in it from a time when it was not either.
     */
    private void requireRoot() throws IOException {
        var seen = sign;
        if (seen != null && LocalDisk.look(seen, LinkOption.NOFOLLOW_LINKS).isPresent()) {
            return;
        }
        if (!LocalDisk.isFolder(root)) {
            throw new NoSuchFileException(root.toString(), null, "the archive's directory does not exist");
        }
        sign = LocalDisk.anyIn(root, everyStaging).orElse(null);
        if (sign == null && hasEverKept()) {
            throw new NoSuchFileException(
                    root.toString(),
                    null,
                    "the archive's directory is empty and has kept sets before, as where a disk is not mounted"
                            + " (a new disk that is meant to be empty needs any file in it)");
        }
    }

    private boolean hasEverKept() throws IOException {
        try {
            return everKept.getAsBoolean();
        } catch (RuntimeException e) {
            throw new IOException("nobody can say whether the empty directory " + root + " has kept sets before", e);
        }
    }

    /** Makes what is missing below the root, each name durable before the next. */
    private void makeFolders(Path folder) throws IOException {
        if (folder.equals(root)) {
            requireRoot();
        } else if (!LocalDisk.isFolder(folder)) {
            makeFolders(parent(folder));
            createFolder(folder);
            disk.syncFolder(parent(folder));
        }
    }

    /** The names on the way to a folder: who made them may have failed to sync them. Once in a run is enough. */
    private void keepWayTo(Path folder) throws IOException {
        if (kept.contains(folder)) {
            return;
        }
        for (var at = folder; !at.equals(root); at = parent(at)) {
            disk.syncFolder(parent(at));
        }
        kept.add(folder);
    }

    private void createFolder(Path folder) throws IOException {
        try {
            disk.createFolder(folder);
        } catch (FileAlreadyExistsException e) {
            // another thread or node was faster, or something else has the name
            if (!LocalDisk.isFolder(folder)) {
                throw e;
            }
        }
    }

    private void removeAllBut(Set<String> names, Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                if (!names.contains(String.valueOf(entry.getFileName()))) {
                    remove(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Removes a tree without following a symbolic link out of it. */
    private void remove(Path path) throws IOException {
        var found = LocalDisk.look(path, LinkOption.NOFOLLOW_LINKS);
        if (found.isEmpty()) {
            return;
        }
        if (found.get().isDirectory()) {
            removeAllBut(Set.of(), path);
        }
        disk.delete(path);
    }

    private static PublishOutcome refusal(IOException e) {
        return DiskTrouble.of(e) == ArchiveState.FULL ? new NoRoom(e.toString()) : new Unwritable(e.toString());
    }
}
