package io.backhaul.app;

import io.backhaul.pipeline.NodeIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The node's own folder, held by one process at a time, and the node's name, which stays the same over restarts.
 *
 * <p>Two bytes of its file {@code lock} are locked, each for itself: one by whoever holds the folder, and before that
 * one by a daemon alone. So a daemon that finds the folder held knows at once whether by another daemon or by a command
 * that ends soon, and the system forgets both locks with the process.
 */
public final class StateDirectory implements AutoCloseable {
    private static final long HOLDER = 0;
    private static final long DAEMON = 1;

    private final Path path;
    private final FileChannel channel;

    private StateDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the folder for a command; makes it where it is missing.
     *
     * @return nothing when another process holds it
     * @throws StateDirectoryException when it cannot be used at all, or by root that is not its owner
     */
    public static Optional<StateDirectory> take(Path path) {
        return locked(path, HOLDER);
    }

    /**
     * Takes the only place of a daemon in the folder, as {@link #take} does; a command may still hold the folder itself:
     * {@link #hold()} tells.
     *
     * @return nothing when another daemon is there
     * @throws StateDirectoryException when it cannot be used at all, or by root that is not its owner
     */
    static Optional<StateDirectory> takeAsDaemon(Path path) {
        return locked(path, DAEMON);
    }

    /** Takes the folder for a daemon that has its place there; false while a command holds it. */
    boolean hold() {
        try {
            return tryLock(channel, HOLDER) != null;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static Optional<StateDirectory> locked(Path path, long place) {
        FileChannel channel = null;
        try {
            Files.createDirectories(path);
            var lock = path.resolve("lock");
            var isForeign = isForeign(path);
            if (isForeign && !Files.exists(lock)) {
                throw foreign(path);
            }
            channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel, place) == null) {
                channel.close();
                return Optional.empty();
            }
            if (isForeign) {
                channel.close();
                throw foreign(path);
            }
            return Optional.of(new StateDirectory(path, channel));
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static StateDirectoryException unusable(Path path, IOException cause) {
        return new StateDirectoryException("cannot use state-dir " + path + "; is it writable for this user?", cause);
    }

    /**
     * Refuses root where the folder is there and belongs to another user.
     *
     * @throws StateDirectoryException naming the user to be instead
     */
    static void refuseForeign(Path path) {
        try {
            if (Files.exists(path) && isForeign(path)) {
                throw foreign(path);
            }
        } catch (IOException e) {
            throw new StateDirectoryException("cannot look at state-dir " + path, e);
        }
    }

    /** Root may write there, but what it left behind its owner could not use, and PostgreSQL would not start for good. */
    private static boolean isForeign(Path path) throws IOException {
        return System.getProperty("user.name").equals("root")
                && !Files.getOwner(path).getName().equals("root");
    }

    private static StateDirectoryException foreign(Path path) throws IOException {
        var owner = Files.getOwner(path).getName();
        return new StateDirectoryException("state-dir " + path + " belongs to " + owner
                + "; run this as that user: runuser -u " + owner + " -- backhaul …");
    }

    /** A lock held elsewhere in this JVM is an exception of the JDK's, one held by another process is null. */
    private static @Nullable FileLock tryLock(FileChannel channel, long place) throws IOException {
        try {
            return channel.tryLock(place, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    /** The node's name: the host's, and a few digits of its own, since two nodes may share a host. */
    public NodeIdentity identity(String version) {
        var file = path.resolve("node");
        try {
            if (!Files.exists(file)) {
                var digits = new byte[2];
                new SecureRandom().nextBytes(digits);
                Files.writeString(file, hostName() + "-" + HexFormat.of().formatHex(digits) + "\n");
            }
            return new NodeIdentity(Files.readString(file).strip(), version);
        } catch (IOException e) {
            throw new StateDirectoryException("cannot keep the node's name in " + file, e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
        } catch (UnknownHostException e) {
            return "node";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StateDirectoryException("cannot release state-dir " + path, e);
        }
    }
}
