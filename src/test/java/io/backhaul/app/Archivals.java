package io.backhaul.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupRef;
import io.backhaul.pipeline.PipelineEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for so many archived backups, of one daemon or of several. */
final class Archivals implements PipelineEvents {
    private final List<String> archived = new ArrayList<>();
    private final CountDownLatch missing;

    Archivals(int expected) {
        missing = new CountDownLatch(expected);
    }

    @Override
    public synchronized void archived(BackupRef backup) {
        archived.add(backup.backup().value());
        missing.countDown();
    }

    void await() throws InterruptedException {
        assertThat(missing.await(40, TimeUnit.SECONDS)).as("all archived").isTrue();
    }

    synchronized List<String> all() {
        return List.copyOf(archived);
    }
}
