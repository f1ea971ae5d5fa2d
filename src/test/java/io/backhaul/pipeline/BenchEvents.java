package io.backhaul.pipeline;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Hears everything, so that a test can wait for it, count it, or step in at a moment. */
final class BenchEvents implements PipelineEvents {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> heard = new ArrayList<>();
    private final Map<LinkState, Integer> ended = new EnumMap<>(LinkState.class);
    private final Map<AttemptOutcome, Integer> attempts = new EnumMap<>(AttemptOutcome.class);
    private final List<BackupRef> archived = new ArrayList<>();
    private final Map<SourceName, Integer> runningOf = new HashMap<>();
    private final Map<SourceName, Integer> mostRunningOf = new HashMap<>();
    private int running;
    private int mostRunning;
    private Consumer<BackupRef> onBytes = backup -> {};
    private Runnable onPublished = () -> {};
    private Runnable onLinks = () -> {};
    private final List<SourceName> asked = new ArrayList<>();
    private int linkFills;

    /** Steps in once, when bytes of any backup have come. */
    void onFirstBytes(Consumer<BackupRef> step) {
        var isFirst = new AtomicBoolean(true);
        onBytes(backup -> {
            if (isFirst.getAndSet(false)) {
                step.accept(backup);
            }
        });
    }

    /** Steps in whenever bytes of a file have come. */
    synchronized void onBytes(Consumer<BackupRef> step) {
        onBytes = step;
    }

    /** Steps in once, when a set has become visible in an archive. */
    synchronized void onFirstPublished(Runnable step) {
        onPublished = step;
    }

    /** Steps in whenever the provider was asked for links. */
    synchronized void onLinksRequested(Runnable step) {
        onLinks = step;
    }

    @Override
    public synchronized void linksRequested(SourceName source, String outcome) {
        asked.add(source);
        onLinks.run();
    }

    /** Whose links were asked for, in the order of the answers. */
    synchronized List<SourceName> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized void cycleSucceeded(String cycle, SourceName source) {
        if (cycle.equals("links")) {
            linkFills++;
        }
    }

    /** How often the link cycle has said that it did what it is there for. */
    synchronized int linkFills() {
        return linkFills;
    }

    @Override
    public synchronized void transferBegan(BackupRef backup) {
        running++;
        mostRunning = Math.max(mostRunning, running);
        mostRunningOf.merge(backup.source(), runningOf.merge(backup.source(), 1, Integer::sum), Math::max);
    }

    @Override
    public synchronized void transferEnded(BackupRef backup) {
        running--;
        runningOf.merge(backup.source(), -1, Integer::sum);
        notifyAll();
    }

    @Override
    public void bytesMoved(BackupRef backup, long bytes) {
        Consumer<BackupRef> step;
        synchronized (this) {
            step = onBytes;
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
        archived.add(backup);
        notifyAll();
    }

    @Override
    public synchronized void linksEnded(SourceName source, LinkState state, int links) {
        ended.merge(state, links, Integer::sum);
        notifyAll();
    }

    /** How many links have ended, by how. */
    synchronized Map<LinkState, Integer> linksEnded() {
        return Map.copyOf(ended);
    }

    @Override
    public synchronized void attemptEnded(SourceName source, AttemptOutcome outcome) {
        attempts.merge(outcome, 1, Integer::sum);
    }

    /** How many attempts have ended, by how. */
    synchronized Map<AttemptOutcome, Integer> attemptsEnded() {
        return Map.copyOf(attempts);
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

    synchronized int mostRunning(SourceName source) {
        return mostRunningOf.getOrDefault(source, 0);
    }

    /** Waits until a node has no transfer under way. */
    void awaitQuiet(TransferCycle transfers) {
        await(() -> running == 0 && transfers.active() == 0);
    }

    /** Waits until any link has ended in this way. */
    void awaitEnded(LinkState state) {
        await(() -> ended.containsKey(state));
    }

    /** Waits until so many backups of a source are archived. */
    void awaitArchived(SourceName source, long backups) {
        await(() -> archived.stream()
                        .filter(backup -> backup.source().equals(source))
                        .count()
                == backups);
    }

    private synchronized void await(BooleanSupplier come) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!come.getAsBoolean()) {
            var left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("it did not come; transfers that run: " + running);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
