package io.backhaul.cli;

import io.backhaul.app.LinkFetch;
import io.backhaul.backup.ByteCount;
import io.backhaul.transfer.FetchOutcome;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Tells what a fetch does: a line for each file that has ended, and on a terminal one below that shows the pace. */
final class FetchView implements LinkFetch.Listener, AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final int files;
    private final @Nullable PrintWriter out;
    private final Clock clock;
    private final boolean isTerminal;
    private final LongAdder moved = new LongAdder();
    private final ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("progress").unstarted(task));
    private long movedBefore;
    private int done;
    private boolean closed;

    private FetchView(int files, @Nullable PrintWriter out, boolean isTerminal, Clock clock) {
        this.files = files;
        this.out = out;
        this.clock = clock;
        this.isTerminal = isTerminal;
    }

    /** @param out where it tells; null for nowhere */
    @SuppressWarnings("FutureReturnValueIgnored") // painting never throws, and ends with the view
    static FetchView start(int files, @Nullable PrintWriter out, Clock clock) {
        var isTerminal = out != null && System.getenv("BACKHAUL_TERMINAL") != null;
        var view = new FetchView(files, out, isTerminal, clock);
        if (isTerminal) {
            var period = REDRAW.toMillis();
            view.painter.scheduleAtFixedRate(view::paint, period, period, TimeUnit.MILLISECONDS);
        }
        return view;
    }

    @Override
    public void moved(long bytes) {
        moved.add(bytes);
    }

    @Override
    public void tryingAgain(String name, FetchOutcome why, Instant at) {
        var wait = Duration.between(clock.instant(), at).toMillis();
        say("again   " + name + "  " + why.asAttempt().label() + ": " + why.detail() + "; in " + wait + " ms");
    }

    @Override
    public synchronized void ended(LinkFetch.Result result) {
        done++;
        say(FetchCommand.line(result));
    }

    private synchronized void say(String line) {
        if (out != null && !closed) {
            out.println(isTerminal ? CLEAR_LINE + line : line);
            out.flush();
        }
    }

    private synchronized void paint() {
        var bytes = moved.sum();
        var rate = (long) ((bytes - movedBefore) / (REDRAW.toMillis() / 1e3));
        movedBefore = bytes;
        if (out != null && !closed) {
            out.print(CLEAR_LINE + done + " of " + files + " files, moved " + new ByteCount(bytes) + " at "
                    + new ByteCount(rate) + "/s");
            out.flush();
        }
    }

    @Override
    public synchronized void close() {
        painter.shutdownNow();
        if (out != null && isTerminal && !closed) {
            out.print(CLEAR_LINE);
            out.flush();
        }
        closed = true;
    }
}
