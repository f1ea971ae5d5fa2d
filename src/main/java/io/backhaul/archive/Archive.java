package io.backhaul.archive;

import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Manifest;
import io.backhaul.backup.SetKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A place that keeps sets. What {@link #find} shows is whole: all files, a manifest and SHA256SUMS. Any thread may
 * call; one set at a time is one thread's.
 */
public interface Archive {
    /** The operator's name for it. */
    String name();

    /**
     * The manifest of a set that stands here whole: it can be read, speaks of this key, and every file is there with its
     * size. Hashes are the scrub's business.
     *
     * @throws ArchiveFailure when the archive cannot be read
     */
    Optional<Manifest> find(SetKey key);

    /**
     * The folder in which the files of a set are gathered before it is published; made when it is missing.
     *
     * @throws ArchiveFailure when it cannot be made
     */
    Path staging(SetKey key);

    /** The folder in which files of a set have been gathered before, if there is one; makes none. */
    Optional<Path> gathered(SetKey key);

    /**
     * The manifest of a set whose publishing here was cut short after everything was decided: publishing
     * {@link #staging} with it finishes the work, and its files need not be fetched again. Reads all of them and
     * compares their hashes, since nothing else remembers them.
     *
     * @throws ArchiveFailure when the archive cannot be read
     */
    Optional<Manifest> ready(SetKey key);

    /**
     * Makes a set visible, or leaves nothing visible. Whatever happens in the middle, a repetition finishes it; a set
     * that is here already is published. Never throws for what the disk or the network does.
     *
     * @param stagedSet folder with the files of the manifest under their stored names. This archive's own staging folder is
     *     used up; any other (another archive's) is copied, compared with the manifest's hashes, and left alone
     */
    PublishOutcome publish(Path stagedSet, Manifest manifest);

    /**
     * Gives up what was gathered for a set.
     *
     * @throws ArchiveFailure when it cannot be removed
     */
    void discardStaging(SetKey key);

    /**
     * Gives up what was gathered under a key's path.
     *
     * @throws ArchiveFailure when it cannot be removed
     */
    void discardStaging(String keyPath);

    /**
     * The paths of the keys that this node has something gathered for.
     *
     * @throws ArchiveFailure when the archive cannot be read
     */
    Set<String> staged();

    /**
     * What it can still take, as its file system says; cheap enough for every second.
     *
     * @throws ArchiveFailure when it is away
     */
    ByteCount free();

    /** Tries whether a set could be kept now, by doing in small what publishing does. */
    ArchiveHealth probe();
}
