package io.backhaul.pipeline;

import io.backhaul.archive.Archive;
import io.backhaul.archive.ArchiveHealth;
import io.backhaul.archive.PublishOutcome;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Manifest;
import io.backhaul.backup.SetKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * An archive that tells when a set has just become visible in it, the moment before the row says so, and whose room is
 * what the test says it is.
 */
record WatchedArchive(Archive archive, Consumer<String> published, UnaryOperator<ByteCount> room) implements Archive {
    @Override
    public String name() {
        return archive.name();
    }

    @Override
    public Optional<Manifest> find(SetKey key) {
        return archive.find(key);
    }

    @Override
    public Path staging(SetKey key) {
        return archive.staging(key);
    }

    @Override
    public Optional<Path> gathered(SetKey key) {
        return archive.gathered(key);
    }

    @Override
    public ByteCount free() {
        return room.apply(archive.free());
    }

    @Override
    public Optional<Manifest> ready(SetKey key) {
        return archive.ready(key);
    }

    @Override
    public PublishOutcome publish(Path stagedSet, Manifest manifest) {
        var outcome = archive.publish(stagedSet, manifest);
        if (outcome instanceof PublishOutcome.Published) {
            published.accept(archive.name());
        }
        return outcome;
    }

    @Override
    public void discardStaging(SetKey key) {
        archive.discardStaging(key);
    }

    @Override
    public void discardStaging(String keyPath) {
        archive.discardStaging(keyPath);
    }

    @Override
    public Set<String> staged() {
        return archive.staged();
    }

    @Override
    public ArchiveHealth probe() {
        return archive.probe() instanceof ArchiveHealth.Writable well
                ? new ArchiveHealth.Writable(room.apply(well.free()))
                : archive.probe();
    }
}
