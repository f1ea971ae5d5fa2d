package io.backhaul.pipeline;

import io.backhaul.backup.BackupRef;
import io.backhaul.backup.SourceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Hears everything, so that a test can wait for it, count it, or step in at a moment. */
final class BenchEvents implements PipelineEvents {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> heard = new ArrayList<>();
    private int running;
    private int mostRunning;
    private Consumer<BackupRef> onBytes = backup -> {};
    private Runnable onPublished = () -> {};

    /** Steps in once, when bytes of any backup have come. */
    synchronized void onFirstBytes(Consumer<BackupRef> step) {
        onBytes = step;
    }

    /** Steps in once, when a set has become visible in an archive. */
    synchronized void onFirstPublished(Runnable step) {
        onPublished = step;
    }

    @Override
    public synchronized void transferBegan(BackupRef backup) {
        running++;
        mostRunning = Math.max(mostRunning, running);
    }

    @Override
    public synchronized void transferEnded(BackupRef backup) {
        running--;
        notifyAll();
    }

    @Override
    public void bytesMoved(BackupRef backup, long bytes) {
        Consumer<BackupRef> step;
        synchronized (this) {
            step = onBytes;
            onBytes = none -> {};
        }
        step.accept(backup);
    }

    void published(String archive) {
        Runnable step;
        synchronized (this) {
            heard.add("published " + archive);
            step = onPublished;
            onPublished = () -> {};
        }
        step.run();
    }

    @Override
    public synchronized void archived(BackupRef backup) {
        heard.add("archived " + backup.backup());
    }

    @Override
    public synchronized void cycleBroke(String cycle) {
        heard.add(cycle + " broke");
    }

    @Override
    public synchronized void verifyFailed(String archive) {
        heard.add("verify failed " + archive);
    }

    @Override
    public synchronized void backupsGone(SourceName source, int backups) {
        heard.add("gone " + backups);
    }

    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    synchronized int mostRunning() {
        return mostRunning;
    }

    /** Waits until a node has no transfer under way. */
    synchronized void awaitQuiet(TransferCycle transfers) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (running > 0 || transfers.active() > 0) {
            var left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("transfers still run: " + running);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
