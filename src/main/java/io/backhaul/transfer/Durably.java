package io.backhaul.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Changes to a folder that outlive a loss of power once the method has returned. */
final class Durably {
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));

    private Durably() {}

    /** Opens for reading and writing, made when missing, never through a symbolic link. */
    static FileChannel open(Path file) throws IOException {
        var options = Set.<OpenOption>of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, options, FILE);
    }

    /** Replaces a small file as a whole: a crash leaves the old one or the new one. */
    static void replace(Path file, byte[] content) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = open(fresh)) {
            channel.truncate(0);
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes a folder and what is missing above it. */
    static void createFolder(Path folder) throws IOException {
        if (attributes(folder).map(BasicFileAttributes::isDirectory).orElse(false)) {
            return;
        }
        var parent = folder.resolveSibling("");
        createFolder(parent);
        try {
            Files.createDirectory(folder, DIRECTORY);
        } catch (FileAlreadyExistsException e) {
            // another file's thread was faster, or something else has the name
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        syncFolder(parent);
    }

    /**
     * Tells whether something is at the end of a path; a link to nothing is nothing. To be asked first where mostly nothing
     * is there: when links are not followed, Java finds that out by an exception.
     */
    static boolean exists(Path path) throws IOException {
        return attributes(path).isPresent();
    }

    /** Tells whether a path is a file of its own; unlike {@link Files}, fails where the disk cannot tell. */
    static boolean isFile(Path path) throws IOException {
        return exists(path)
                && attributes(path, LinkOption.NOFOLLOW_LINKS)
                        .map(BasicFileAttributes::isRegularFile)
                        .orElse(false);
    }

    /** What a path is; empty when there is nothing. */
    static Optional<BasicFileAttributes> attributes(Path path, LinkOption... options) throws IOException {
        return Optional.ofNullable(
                path.getFileSystem().provider().readAttributesIfExists(path, BasicFileAttributes.class, options));
    }

    /** Makes the names in a folder durable: what was created, renamed or deleted there. */
    static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
