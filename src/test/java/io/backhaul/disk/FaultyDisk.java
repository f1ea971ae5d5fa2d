package io.backhaul.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A disk that fails on order, and that forgets what was not synced when the power goes. It is a folder of the real one,
 * seen through a file system of its own. As strict as POSIX: a file's fsync keeps its bytes, the fsync of its folder
 * keeps its name, and neither keeps the other. After a failed fsync the bytes are lost though a later one succeeds, as
 * on Linux.
 *
 * <p>Any thread may use it; its operations come one at a time.
 */
public final class FaultyDisk {
    private final Path real;
    private final DiskFileSystem seen = new DiskFileSystem(new DiskProvider(this));
    private final NameLog names;
    private final Map<Object, UnsyncedBytes> files = new HashMap<>();
    private @Nullable DiskOp kind;
    private Trouble trouble = Trouble.REFUSED;
    private int left;
    private boolean isOff;
    private @Nullable DiskOp failed;

    /** @param folder a real one, to be used by nobody else */
    public FaultyDisk(Path folder) throws IOException {
        real = Files.createDirectories(folder.resolve("disk"));
        names = new NameLog(Files.createDirectories(folder.resolve("graveyard")));
    }

    /** Its root, for the program under test. */
    public Path root() {
        return new DiskPath(seen, real);
    }

    /** The same folder on the real disk: for a look that counts as no operation. */
    public Path real() {
        return real;
    }

    /**
     * Fails one operation.
     *
     * @param nth counted from 1, from now on
     * @param kind which ones are counted; null for all
     */
    public synchronized void fail(int nth, @Nullable DiskOp kind, Trouble trouble) {
        this.left = nth;
        this.kind = kind;
        this.trouble = trouble;
    }

    /** Tells whether the ordered failure has not come yet. */
    public synchronized boolean isPending() {
        return left > 0;
    }

    /** What failed last. */
    @Override
    public synchronized String toString() {
        return failed == null ? "a disk that has not failed" : "a disk that has failed to " + failed;
    }

    /** No failure is due any more. */
    public synchronized void heal() {
        left = 0;
    }

    /**
     * Loses what was not synced and works again. All channels must be closed.
     *
     * @param survives asked for each change that was not synced; the answer counts unless a later one that survived
     *     cannot be without it
     */
    public synchronized void losePower(BooleanSupplier survives) throws IOException {
        heal();
        isOff = false;
        names.lose(survives);
        try (var entries = Files.walk(real)) {
            for (var entry : entries.filter(Files::isRegularFile).toList()) {
                var unsynced = files.get(keyOf(entry));
                if (unsynced != null) {
                    unsynced.lose(entry, survives);
                }
            }
        }
        files.clear();
    }

    NameLog names() {
        return names;
    }

    /** What was not synced of a file that exists. */
    synchronized UnsyncedBytes unsynced(Path file) throws IOException {
        var size = Files.size(file);
        return files.computeIfAbsent(keyOf(file), key -> new UnsyncedBytes(size));
    }

    /** Does something, unless it is to fail. */
    <T extends @Nullable Object> T perform(DiskOp op, Deed<T> deed) throws IOException {
        return perform(op, deed, deed);
    }

    /** @param half what is still done of it where it fails halfway */
    synchronized <T extends @Nullable Object> T perform(DiskOp op, Deed<T> deed, Deed<?> half) throws IOException {
        if (isOff) {
            throw Trouble.POWER_CUT.at(op);
        }
        if (left == 0 || (kind != null && kind != op) || --left > 0) {
            return deed.run();
        }
        failed = op;
        isOff = trouble == Trouble.POWER_CUT;
        if (isOff || trouble == Trouble.HALFWAY) {
            half.run();
        }
        throw trouble.at(op);
    }

    /** Something done to the real disk. */
    @FunctionalInterface
    interface Deed<T extends @Nullable Object> {
        T run() throws IOException;
    }

    private static Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
