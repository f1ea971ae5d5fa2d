package io.backhaul.archive;

import java.io.IOException;
import java.nio.file.Path;

/** Every change that a filesystem archive makes to its disk, one by one, so that a test can stop between any two. */
interface FileOperations {
    /** Makes one folder, for its owner to write and its group to read. */
    void createFolder(Path folder) throws IOException;

    /** Writes a small file as a whole, replacing what was there, and forces it to the disk. */
    void write(Path file, byte[] content) throws IOException;

    /** Copies a file, forces the copy to the disk and returns the SHA-256 of what was read, in hex. */
    String copy(Path from, Path to) throws IOException;

    /** Makes a file readable for owner and group only, and forces it to the disk. */
    void settle(Path file) throws IOException;

    /** Forces the names in a folder to the disk. */
    void syncFolder(Path folder) throws IOException;

    /** Renames in one step. */
    void rename(Path from, Path to) throws IOException;

    /** Removes one file, symbolic link or empty folder. */
    void delete(Path path) throws IOException;
}
