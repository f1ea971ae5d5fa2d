package io.backhaul.transfer;

import io.backhaul.backup.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time work on a file of a folder: two that stage the same name would take each other's bytes for
 * their own. Each name is a byte of a hidden file that is there while somebody works in the folder. Who dies lets go. A
 * disk that knows no locks is used without.
 */
public final class FolderLock implements AutoCloseable {
    private final Path folder;
    private final Path file;
    private @Nullable Opened opened;

    /** Names a folder; nothing is touched yet. */
    public FolderLock(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.file = this.folder.resolve(".backhaul.lock");
    }

    /** @param key what the file system calls the file */
    private record Opened(FileChannel channel, Optional<Object> key) {}

    /** The right to work on one file, until it is closed. */
    public static final class Claim implements AutoCloseable {
        private final @Nullable FileLock lock;

        private Claim(@Nullable FileLock lock) {
            this.lock = lock;
        }

        @Override
        public void close() {
            try {
                if (lock != null) {
                    lock.release();
                }
            } catch (IOException e) {
                throw new StagingFailure("letting go of a file", e);
            }
        }
    }

    /**
     * Claims a file; makes the folder where it is missing.
     *
     * @return nothing while somebody else works on it
     * @throws StagingFailure when the disk refuses
     */
    public synchronized Optional<Claim> take(String storedName) {
        try {
            while (true) {
                var current = opened == null ? open() : opened;
                var claim = claim(current.channel(), storedName);
                if (current.key().equals(key())) {
                    return claim;
                }
                // whoever else worked here has removed it meanwhile: nobody would meet us there
                forget(current);
            }
        } catch (IOException e) {
            throw new StagingFailure("locking " + file, e);
        }
    }

    /** Removes the hidden file unless others use it. No claim may be left. */
    @Override
    public synchronized void close() {
        if (opened == null) {
            return;
        }
        try (var channel = opened.channel()) {
            opened = null;
            if (channel.tryLock() != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // it stays, and harms nobody
        }
    }

    private Opened open() throws IOException {
        Durably.createFolder(folder);
        Durably.open(file).close();
        // asked before it is opened: the name of what is open cannot be given to another file
        var key = key();
        opened = new Opened(Durably.open(file), key);
        return opened;
    }

    private void forget(Opened old) throws IOException {
        opened = null;
        old.channel().close();
    }

    private Optional<Object> key() throws IOException {
        return Durably.attributes(file, LinkOption.NOFOLLOW_LINKS).map(BasicFileAttributes::fileKey);
    }

    private static Optional<Claim> claim(FileChannel channel, String storedName) {
        try {
            return Optional.ofNullable(channel.tryLock(placeOf(storedName), 1, false))
                    .map(Claim::new);
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Claim(null));
        }
    }

    /** Disks that do not tell letter case apart have one file for both. */
    private static long placeOf(String storedName) {
        var name = storedName.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Sha256.digest().digest(name)).getLong() & (Long.MAX_VALUE >> 1);
    }
}
