package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import io.backhaul.backup.CopyBuffer;
import io.backhaul.backup.Sha256;
import io.backhaul.backup.StoredFile;
import io.backhaul.transfer.StagedState.Empty;
import io.backhaul.transfer.StagedState.Partial;
import io.backhaul.transfer.StagedState.Whole;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One file of a set in its staging folder, on its way or whole: {@code .<name>.part} and, once verified,
 * {@code <name>}, with {@code .<name>.journal} beside either. Stored names never begin with a dot, so that these
 * never meet another file of the set.
 *
 * <p>After a kill or a loss of power it goes on from the last synced byte, and what was whole is not fetched again.
 * One thread at a time; two objects for the same file at a time are a mistake that nothing here notices: a lease or a
 * {@link FolderLock} prevents it.
 */
public final class StagedFile {
    private final Path folder;
    private final String givenName;
    private final String storedName;
    private final Path part;
    private final Path whole;
    private final Journal journal;
    private final boolean staysHere;
    private final long syncBytes;

    private StagedFile(Path folder, String givenName, String storedName, boolean staysHere, long syncBytes) {
        this.folder = folder;
        this.givenName = givenName;
        this.storedName = storedName;
        part = folder.resolve("." + storedName + ".part");
        whole = folder.resolve(storedName);
        journal = new Journal(folder.resolve("." + storedName + ".journal"), givenName, storedName);
        this.staysHere = staysHere;
        this.syncBytes = syncBytes;
    }

    /**
     * Names a file in a staging folder; nothing is touched yet. The folder must be there when bytes come: one that has
     * vanished is likely on a disk that is away.
     *
     * @param givenName the provider's, verbatim
     * @param storedName from {@link io.backhaul.backup.SafeName}
     * @throws IllegalArgumentException when the stored name is no plain file name
     */
    public static StagedFile in(Path folder, String givenName, String storedName) {
        return of(folder, givenName, storedName, false, PartFile.SYNC_BYTES);
    }

    /**
     * As {@link #in}, but the folder is where the file stays, and made when it is missing: once it is whole it takes the
     * place of any other of its name, and nothing beside it speaks of it any longer.
     */
    public static StagedFile forGood(Path folder, String givenName, String storedName) {
        return of(folder, givenName, storedName, true, PartFile.SYNC_BYTES);
    }

    /** @param syncBytes written between two syncs */
    static StagedFile in(Path folder, String givenName, String storedName, long syncBytes) {
        return of(folder, givenName, storedName, false, syncBytes);
    }

    private static StagedFile of(Path folder, String givenName, String storedName, boolean staysHere, long syncBytes) {
        if (storedName.isEmpty() || storedName.startsWith(".") || storedName.contains("/")) {
            throw new IllegalArgumentException("not a stored name: \"" + storedName + "\"");
        }
        return new StagedFile(folder.toAbsolutePath(), givenName, storedName, staysHere, syncBytes);
    }

    public String givenName() {
        return givenName;
    }

    public String storedName() {
        return storedName;
    }

    /**
     * Bytes that need not come again.
     *
     * @throws StagingFailure when the disk cannot be read
     */
    public ByteCount kept() {
        return switch (state()) {
            case Empty empty -> ByteCount.ZERO;
            case Partial partial -> new ByteCount(partial.kept());
            case Whole file -> file.file().size();
        };
    }

    /**
     * The file if it is whole. Trusts nothing: reads all its bytes and compares their SHA-256; what does not match is
     * discarded.
     *
     * @throws StagingFailure when the disk cannot be read
     */
    public Optional<StoredFile> finished() {
        return finished(() -> false);
    }

    /**
     * Removes everything of this file; where it stays for good, only what is not whole.
     *
     * @throws StagingFailure when the disk refuses
     */
    public void discard() {
        try {
            journal.clear();
            var hadPart = Files.deleteIfExists(part);
            var hadWhole = !staysHere && Files.deleteIfExists(whole);
            if (hadPart || hadWhole) {
                // or a loss of power may bring them back, beside the next object's journal
                Durably.syncFolder(folder);
            }
        } catch (IOException e) {
            throw new StagingFailure("discarding " + storedName, e);
        }
    }

    /**
     * Tells whether anything is known about it: a file of that name without a word here is somebody else's.
     *
     * @throws StagingFailure when the disk cannot be read
     */
    public boolean isKnown() {
        try {
            return journal.exists();
        } catch (IOException e) {
            throw new StagingFailure("looking for " + storedName, e);
        }
    }

    /**
     * Tells whether the whole file's place is taken.
     *
     * @throws StagingFailure when the disk cannot be read
     */
    public boolean isTaken() {
        try {
            return Durably.attributes(whole, LinkOption.NOFOLLOW_LINKS).isPresent();
        } catch (IOException e) {
            throw new StagingFailure("looking for " + storedName, e);
        }
    }

    /** @param interrupted asked between chunks; once true, the answer is empty and says nothing about the file */
    Optional<StoredFile> finished(BooleanSupplier interrupted) {
        if (!(state() instanceof Whole known)) {
            return Optional.empty();
        }
        var file = known.file();
        var digest = Sha256.digest();
        read(whole, file.size().bytes(), interrupted, (bytes, count) -> digest.update(bytes, 0, count));
        if (interrupted.getAsBoolean()) {
            return Optional.empty();
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
            discard();
            return Optional.empty();
        }
        syncNames();
        return Optional.of(file);
    }

    /** What the journal says, as far as the files bear it out. */
    StagedState state() {
        try {
            return switch (journal.read()) {
                case Empty empty -> empty;
                case Partial partial -> sizeOf(part) >= partial.synced().end() ? partial : new Empty();
                case Whole file -> isInPlace(file) ? file : new Empty();
            };
        } catch (IOException e) {
            throw new StagingFailure("looking at " + storedName, e);
        }
    }

    /** Starts from nothing; whatever was there is forgotten before a byte of the new object is written. */
    PartFile begin(Generation generation) {
        try {
            if (staysHere) {
                Durably.createFolder(folder);
            }
            discard();
            return new PartFile(Durably.open(part), journal, new Partial(generation, Extents.NONE), syncBytes);
        } catch (IOException e) {
            throw new StagingFailure("beginning " + storedName, e);
        }
    }

    /** Goes on with what is synced; other bytes may never have reached the disk, or not all of them. */
    PartFile resume(Partial partial) {
        try {
            var channel = Durably.open(part);
            channel.truncate(partial.synced().end());
            return new PartFile(channel, journal, partial, syncBytes);
        } catch (IOException e) {
            throw new StagingFailure("continuing " + storedName, e);
        }
    }

    /** Gives a verified file its place, and remembers it unless it stays there. All its bytes were synced before. */
    void settle(StoredFile file) {
        try {
            if (staysHere) {
                journal.clear();
            } else {
                journal.write(new Whole(file));
            }
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            Durably.syncFolder(folder);
        } catch (IOException e) {
            throw new StagingFailure("settling " + storedName, e);
        }
    }

    /** Finishes what a crash between journal and rename has left. */
    private boolean isInPlace(Whole file) throws IOException {
        if (sizeOf(whole) < 0 && sizeOf(part) == file.file().size().bytes()) {
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            Durably.syncFolder(folder);
        }
        return sizeOf(whole) == file.file().size().bytes();
    }

    /** Whoever put it there may not have come to that. */
    private void syncNames() {
        try {
            Durably.syncFolder(folder);
        } catch (IOException e) {
            throw new StagingFailure("keeping " + storedName, e);
        }
    }

    private static long sizeOf(Path file) throws IOException {
        return Durably.attributes(file, LinkOption.NOFOLLOW_LINKS)
                .filter(BasicFileAttributes::isRegularFile)
                .map(BasicFileAttributes::size)
                .orElse(-1L);
    }

    private void read(Path file, long count, BooleanSupplier interrupted, Chunks reader) {
        var chunk = new byte[CopyBuffer.BYTES];
        var left = count;
        try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                var in = Channels.newInputStream(channel)) {
            while (left > 0 && !interrupted.getAsBoolean()) {
                var read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (read < 0) {
                    throw new IOException("it ends " + left + " bytes early");
                }
                reader.take(chunk, read);
                left -= read;
            }
        } catch (IOException e) {
            throw new StagingFailure("reading " + storedName + " again", e);
        }
    }

    /** Takes the bytes of a file in order. */
    @FunctionalInterface
    interface Chunks {
        void take(byte[] bytes, int count);
    }
}
