package io.backhaul.archive;

import io.backhaul.backup.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;

/** The disk itself. Never follows a symbolic link to a file; permissions do not depend on the umask. */
final class LocalDisk implements FileOperations {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r-----");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-x---");
    private static final int CHUNK = 256 * 1024;

    @Override
    public void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        Files.setPosixFilePermissions(folder, FOLDER);
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        try (var channel = openForWriting(file)) {
            writeAll(channel, ByteBuffer.wrap(content));
            channel.force(true);
        }
    }

    @Override
    public String copy(Path from, Path to) throws IOException {
        var digest = Sha256.digest();
        var buffer = ByteBuffer.allocate(CHUNK);
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

    @Override
    public void settle(Path file) throws IOException {
        Files.setPosixFilePermissions(file, FILE);
        try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            channel.force(true);
        }
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
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
