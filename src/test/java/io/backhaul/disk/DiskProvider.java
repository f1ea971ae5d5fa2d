package io.backhaul.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The default provider, every call of it an operation of a {@link FaultyDisk}. */
final class DiskProvider extends FileSystemProvider {
    private final FaultyDisk disk;

    DiskProvider(FaultyDisk disk) {
        this.disk = disk;
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        return newFileChannel(path, options, attrs);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        var real = DiskPath.realOf(path);
        return disk.perform(DiskOp.OPEN, () -> open(real, options, attrs), () -> {
            open(real, options, attrs).close();
            return null;
        });
    }

    private FileChannel open(Path real, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        var isNew = !Files.exists(real, LinkOption.NOFOLLOW_LINKS);
        var unsynced = isNew || Files.isDirectory(real) ? null : disk.unsynced(real);
        var channel = FileChannel.open(real, options, attrs);
        if (isNew) {
            disk.names().created(real);
            unsynced = disk.unsynced(real);
        }
        var bytes = unsynced;
        if (bytes == null) {
            return new DiskChannel(disk, channel, () -> disk.names().synced(real), null);
        }
        return new DiskChannel(disk, channel, () -> bytes.synced(channel.size()), bytes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        var entries = disk.perform(DiskOp.LIST, () -> namesIn(DiskPath.realOf(dir)));
        var wanted = new ArrayList<Path>();
        for (var entry : entries) {
            var path = dir.resolve(entry);
            if (filter.accept(path)) {
                wanted.add(path);
            }
        }
        return new Entries(disk, wanted.iterator());
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** A listing that may break off. */
    private record Entries(FaultyDisk disk, Iterator<Path> paths) implements DirectoryStream<Path> {
        @Override
        public Iterator<Path> iterator() {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    try {
                        return disk.perform(DiskOp.LIST, paths::hasNext);
                    } catch (IOException e) {
                        throw new DirectoryIteratorException(e);
                    }
                }

                @Override
                public Path next() {
                    return paths.next();
                }
            };
        }

        @Override
        public void close() throws IOException {
            disk.perform(DiskOp.CLOSE, () -> true);
        }
    }

    @Override
    public void createDirectory(Path dir, FileAttribute<?>... attrs) throws IOException {
        var real = DiskPath.realOf(dir);
        disk.perform(DiskOp.CREATE_FOLDER, () -> {
            Files.createDirectory(real, attrs);
            disk.names().created(real);
            return real;
        });
    }

    @Override
    public void delete(Path path) throws IOException {
        var real = DiskPath.realOf(path);
        disk.perform(DiskOp.DELETE, () -> {
            if (!Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(real.toString());
            }
            requireNoContent(real);
            disk.names().delete(real);
            return real;
        });
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        var from = DiskPath.realOf(source);
        var to = DiskPath.realOf(target);
        // as rename(2) does: an atomic move replaces what is there
        var replaces = List.of(options).contains(StandardCopyOption.ATOMIC_MOVE)
                || List.of(options).contains(StandardCopyOption.REPLACE_EXISTING);
        disk.perform(DiskOp.MOVE, () -> {
            if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(from.toString());
            }
            if (!replaces && Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(to.toString());
            }
            requireNoContent(to);
            disk.names().move(from, to);
            return to;
        });
    }

    private static void requireNoContent(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !namesIn(path).isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isSameFile(Path path, Path path2) throws IOException {
        return disk.perform(DiskOp.LOOK, () -> Files.isSameFile(DiskPath.realOf(path), DiskPath.realOf(path2)));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return disk.perform(DiskOp.LOOK, () -> Files.isHidden(DiskPath.realOf(path)));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return disk.perform(DiskOp.MEASURE, () -> Files.getFileStore(DiskPath.realOf(path)));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        disk.perform(DiskOp.LOOK, () -> {
            var real = DiskPath.realOf(path);
            real.getFileSystem().provider().checkAccess(real, modes);
            return real;
        });
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        var view = Files.getFileAttributeView(DiskPath.realOf(path), type, options);
        return view instanceof PosixFileAttributeView posix ? type.cast(new DiskModes(disk, posix)) : view;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return disk.perform(DiskOp.LOOK, () -> Files.readAttributes(DiskPath.realOf(path), type, options));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return disk.perform(DiskOp.LOOK, () -> Files.readAttributes(DiskPath.realOf(path), attributes, options));
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        disk.perform(DiskOp.CHANGE_MODE, () -> Files.setAttribute(DiskPath.realOf(path), attribute, value, options));
    }
}
