package io.backhaul.archive;

import io.backhaul.backup.CopyBuffer;
import io.backhaul.backup.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Every change that a filesystem archive makes to its disk. Never follows a symbolic link to a file; permissions do not
 * depend on the umask.
 */
final class LocalDisk {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r-----");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-x---");

    /** What a path is; empty when there is nothing. Unlike {@link Files}, fails where the disk cannot tell. */
    static Optional<BasicFileAttributes> look(Path path, LinkOption... options) throws IOException {
        return Optional.ofNullable(
                path.getFileSystem().provider().readAttributesIfExists(path, BasicFileAttributes.class, options));
    }

    static boolean isFolder(Path path, LinkOption... options) throws IOException {
        return look(path, options).map(BasicFileAttributes::isDirectory).orElse(false);
    }

    /** Any entry of a folder but one. */
    static Optional<Path> anyIn(Path folder, Path except) throws IOException {
        try (var entries = Files.newDirectoryStream(folder, entry -> !entry.equals(except))) {
            var found = entries.iterator();
            return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** The length of a file that is no link; -1 when there is none. */
    static long sizeOf(Path file) throws IOException {
        return look(file, LinkOption.NOFOLLOW_LINKS)
                .filter(BasicFileAttributes::isRegularFile)
                .map(BasicFileAttributes::size)
                .orElse(-1L);
    }

    /** Makes one folder, for its owner to write and its group to read. */
    void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        Files.setPosixFilePermissions(folder, FOLDER);
    }

    /** Writes a small file as a whole, replacing what was there, and forces it to the disk. */
    void write(Path file, byte[] content) throws IOException {
        try (var channel = openForWriting(file)) {
            writeAll(channel, ByteBuffer.wrap(content));
            channel.force(true);
        }
    }

    /** Copies a file, forces the copy to the disk and returns the SHA-256 of what was read, in hex. */
    String copy(Path from, Path to) throws IOException {
        var digest = Sha256.digest();
        var buffer = ByteBuffer.allocate(CopyBuffer.BYTES);
        try (var source = FileChannel.open(from, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                var target = openForWriting(to)) {
            while (source.read(buffer) >= 0) {
                buffer.flip();
                digest.update(buffer.duplicate());
                writeAll(target, buffer);
                buffer.clear();
            }
            target.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Makes a file readable for owner and group only, and forces it to the disk. */
    void settle(Path file) throws IOException {
        Files.setPosixFilePermissions(file, FILE);
        try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            channel.force(true);
        }
    }

    /** Forces the names in a folder to the disk. */
    void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Renames in one step. */
    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes one file, symbolic link or empty folder. */
    void delete(Path path) throws IOException {
        Files.delete(path);
    }

    private static FileChannel openForWriting(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(FILE));
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
