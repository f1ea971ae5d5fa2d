package io.backhaul.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL that travels in our class path, unpacked once beside its data. */
final class PostgresBinaries {
    /** Major version of the packed binaries: the one whose data directories they open. */
    static final String MAJOR = "18";

    private static final String RELEASE = MAJOR + ".6";
    private static final String UNPACKING = ".unpacking";

    private final Path root;

    private PostgresBinaries(Path root) {
        this.root = root;
    }

    /**
     * The binaries under a folder, unpacked there first if they are not yet.
     *
     * @throws CatalogException when there are none for this machine or they cannot be unpacked
     */
    static PostgresBinaries under(Path folder) {
        var root = folder.resolve("postgresql-" + RELEASE);
        if (!Files.isDirectory(root)) {
            try {
                Leftovers.remove(folder, UNPACKING);
                unpack(root);
            } catch (IOException e) {
                throw new CatalogException("cannot unpack embedded PostgreSQL to " + root, e);
            }
        }
        return new PostgresBinaries(root);
    }

    Path program(String name) {
        return root.resolve("bin").resolve(name);
    }

    /** Unpacks beside the final place and renames: a half-unpacked tree is never taken for a whole one. */
    private static void unpack(Path root) throws IOException {
        var fresh = Files.createTempDirectory(root.getParent(), UNPACKING);
        try (var packed = open();
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, fresh);
            }
        }
        try {
            Files.move(fresh, root, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException e) {
            throw new IOException("another process unpacked it at the same time; start again", e);
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path fresh) throws IOException {
        var target = fresh.resolve(entry.getName()).normalize();
        if (!target.startsWith(fresh)) {
            throw new IOException("an entry leads out of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        Files.setPosixFilePermissions(target, permissions(entry.getMode()));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if ((mode & 0100) != 0) {
            permissions.addAll(EnumSet.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
        }
        return permissions;
    }

    private static InputStream open() {
        var machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var name = "/postgres-linux-" + machine + ".txz";
        var packed = PostgresBinaries.class.getResourceAsStream(name);
        if (packed == null || !System.getProperty("os.name").equals("Linux")) {
            throw new CatalogException("no embedded PostgreSQL for this machine (" + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + "); configure `database`");
        }
        return packed;
    }
}
