package io.backhaul.app;

import io.backhaul.backup.SafeName;
import io.backhaul.backup.SignedUrl;
import io.backhaul.backup.StoredFile;
import io.backhaul.config.HostPattern;
import io.backhaul.config.Trust;
import io.backhaul.pipeline.Backoff;
import io.backhaul.transfer.DiskRoom;
import io.backhaul.transfer.Downloader;
import io.backhaul.transfer.FetchOutcome;
import io.backhaul.transfer.FetchRequest;
import io.backhaul.transfer.FolderLock;
import io.backhaul.transfer.Progress;
import io.backhaul.transfer.StagedFile;
import io.backhaul.transfer.StagingFailure;
import io.backhaul.transfer.TargetRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files over links that somebody has at hand: the transfer engine on its own, with no catalog and no provider. A
 * file that did not come whole goes on where it was the next time, over the same link or another one of the same file.
 */
public final class LinkFetch implements AutoCloseable {
    /** Tries in a row that leave no more than there was before a file is given up. */
    private static final int PATIENCE = 5;

    private final Path folder;
    private final boolean overwrite;
    private final Listener listener;
    private final Clock clock;
    private final DiskRoom room;
    private final Backoff backoff;
    private final Downloader downloader;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Names a folder; nothing is touched yet.
     *
     * @param overwrite whether a file that is there already makes way for the new one
     * @param segments the most connections of one file
     * @param trust whose certificates are believed
     */
    public LinkFetch(Path folder, boolean overwrite, int segments, Trust trust, Listener listener, Clock clock) {
        this.folder = folder;
        this.overwrite = overwrite;
        this.listener = listener;
        this.clock = clock;
        this.room = new DiskRoom(folder);
        this.backoff = new Backoff(clock, RandomGenerator.getDefault());
        this.downloader = new Downloader(Daemon.downloads(segments, trust, Version.current()), clock);
    }

    /** Hears what happens; any thread, several at once. */
    public interface Listener extends Progress {
        /** A try has failed and there will be another. */
        void tryingAgain(String name, FetchOutcome why, Instant at);

        void ended(Result result);
    }

    /** What came of one link. */
    public sealed interface Result {
        /** Whole and verified. */
        record Fetched(StoredFile file) implements Result {}

        /** A file of that name was there already. */
        record LeftAlone(String name) implements Result {}

        /**
         * It did not come.
         *
         * @param keptBytes that need not come again the next time
         */
        record Failed(String name, FetchOutcome why, long keptBytes) implements Result {}
    }

    /**
     * Fetches all links and returns when each has ended, in their order.
     *
     * @param concurrency files at once
     */
    public List<Result> fetch(List<SignedUrl> links, int concurrency) throws InterruptedException {
        try (var locked = new FolderLock(folder)) {
            return fetch(links, concurrency, locked);
        }
    }

    private List<Result> fetch(List<SignedUrl> links, int concurrency, FolderLock locked) throws InterruptedException {
        var names = SafeName.ofAll(links.stream().map(LinkFetch::name).toList());
        var tasks = new ArrayList<Callable<Result>>();
        for (var i = 0; i < links.size(); i++) {
            var link = links.get(i);
            var staged = StagedFile.forGood(folder, name(link), names.get(i));
            tasks.add(() -> tell(fetch(link, staged, locked)));
        }
        var results = new ArrayList<Result>();
        try (var workers = Executors.newFixedThreadPool(concurrency)) {
            for (var task : workers.invokeAll(tasks)) {
                results.add(task.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fetch broke", e.getCause());
        }
        return results;
    }

    /** Ends what is on its way; what came is kept. */
    @Override
    public void close() {
        stopped.countDown();
        downloader.close();
    }

    private Result tell(Result result) {
        listener.ended(result);
        return result;
    }

    private Result fetch(SignedUrl link, StagedFile staged, FolderLock locked) throws InterruptedException {
        var name = staged.storedName();
        try {
            var claim = locked.take(name);
            if (claim.isEmpty()) {
                return failed(name, "another process is fetching a file of this name to " + folder);
            }
            var claimed = claim.get();
            try (claimed) {
                return fetchAlone(link, staged);
            }
        } catch (StagingFailure e) {
            return failed(name, String.valueOf(e.getMessage()));
        }
    }

    private static Result failed(String name, String detail) {
        return new Result.Failed(name, new FetchOutcome.DiskFault(detail), 0);
    }

    private Result fetchAlone(SignedUrl link, StagedFile staged) throws InterruptedException {
        var name = staged.storedName();
        if (!overwrite && staged.isTaken() && !staged.isKnown()) {
            return new Result.LeftAlone(name);
        }
        var outcome = fetchPatiently(link, staged);
        if (outcome instanceof FetchOutcome.Complete complete) {
            return new Result.Fetched(complete.file());
        }
        return new Result.Failed(name, outcome, staged.kept().bytes());
    }

    private FetchOutcome fetchPatiently(SignedUrl link, StagedFile staged) throws InterruptedException {
        var request = new FetchRequest(link, Instant.MAX, staged, rules(link), null, listener, room);
        var failures = 0;
        var gained = 0L;
        var most = 0L;
        while (true) {
            var report = downloader.fetch(request);
            gained += report.gained();
            failures = gained > most ? 1 : failures + 1;
            most = Math.max(most, gained);
            var outcome = report.outcome();
            if (!passes(outcome) || failures == PATIENCE) {
                return outcome;
            }
            var at = backoff.next(failures, storesWord(outcome), null);
            listener.tryingAgain(staged.storedName(), outcome, at);
            if (stopped.await(Duration.between(clock.instant(), at).toMillis(), TimeUnit.MILLISECONDS)) {
                return new FetchOutcome.Stopped();
            }
        }
    }

    /** The same link may bring more the next time. */
    private static boolean passes(FetchOutcome outcome) {
        return outcome instanceof FetchOutcome.Cut
                || outcome instanceof FetchOutcome.Stalled
                || outcome instanceof FetchOutcome.ServerFault
                || outcome instanceof FetchOutcome.Throttled
                || outcome instanceof FetchOutcome.NewGeneration;
    }

    private static @Nullable Instant storesWord(FetchOutcome outcome) {
        return outcome instanceof FetchOutcome.Throttled wait ? wait.retryAt() : null;
    }

    /** Whoever gives a link trusts its host; its redirects stay there. */
    private static TargetRules rules(SignedUrl link) {
        var host = URI.create(link.withoutQuery()).getAuthority();
        return new TargetRules(List.of(new HostPattern(host)));
    }

    private static String name(SignedUrl link) {
        var path = URI.create(link.withoutQuery()).getPath();
        var name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() ? "file" : name;
    }
}
