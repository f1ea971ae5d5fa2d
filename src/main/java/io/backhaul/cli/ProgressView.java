package io.backhaul.cli;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;
import io.backhaul.pipeline.PipelineEvents;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What is on its way right now: on a terminal a block that is drawn over, elsewhere a plain line now and then, and only
 * when something has changed.
 */
final class ProgressView implements PipelineEvents, AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final Duration LINE = Duration.ofSeconds(2);
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String LINE_UP = "\u001b[1A";

    private final PrintStream out;
    private final Style style;
    private final ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Long> moving = new TreeMap<>();
    private long sets;
    private long bytes;
    private long bytesBefore;
    private long grants;
    private long renewed;
    private long expired;
    private long attempts;
    private int drawn;
    private String lastLine = "";

    private enum Style {
        BLOCK,
        LINES
    }

    private ProgressView(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    /** Shows on a terminal if the launcher saw one; the JDK's own console no longer tells. */
    @SuppressWarnings("FutureReturnValueIgnored") // painting never throws, and ends with the view
    static ProgressView start(PrintStream out) {
        var view = new ProgressView(out, System.getenv("BACKHAUL_TERMINAL") == null ? Style.LINES : Style.BLOCK);
        var period = view.period().toMillis();
        view.painter.scheduleAtFixedRate(view::paint, period, period, TimeUnit.MILLISECONDS);
        return view;
    }

    private Duration period() {
        return style == Style.BLOCK ? REDRAW : LINE;
    }

    @Override
    public synchronized void linksRequested(SourceName source, String outcome) {
        if (outcome.equals("granted")) {
            grants++;
        }
    }

    @Override
    public synchronized void linksEnded(SourceName source, LinkState state, int links) {
        switch (state) {
            case RENEWED -> renewed += links;
            case EXPIRED, LAPSED -> expired += links;
            case LIVE, SPENT, REJECTED -> {}
        }
    }

    @Override
    public synchronized void transferBegan(BackupRef backup) {
        moving.put(backup.toString(), 0L);
    }

    @Override
    public synchronized void bytesMoved(BackupRef backup, long moved) {
        bytes += moved;
        moving.merge(backup.toString(), moved, Long::sum);
    }

    @Override
    public synchronized void attemptEnded(SourceName source, AttemptOutcome outcome) {
        attempts++;
    }

    @Override
    public synchronized void archived(BackupRef backup) {
        sets++;
    }

    @Override
    public synchronized void transferEnded(BackupRef backup) {
        moving.remove(backup.toString());
    }

    private synchronized void paint() {
        var rate = (long) ((bytes - bytesBefore) / (period().toMillis() / 1e3));
        bytesBefore = bytes;
        var summary = "archived " + sets + " sets, moved " + new ByteCount(bytes) + " at " + new ByteCount(rate)
                + "/s, " + attempts + " attempts, links: " + grants + " grants, " + expired + " expired, " + renewed
                + " replaced";
        if (style == Style.BLOCK) {
            drawBlock(summary);
        } else if (!summary.equals(lastLine)) {
            out.println(summary);
        }
        lastLine = summary;
    }

    private void drawBlock(String summary) {
        erase();
        out.println(summary);
        moving.forEach((backup, moved) -> out.println("  " + backup + "  " + new ByteCount(moved)));
        out.flush();
        drawn = 1 + moving.size();
    }

    private void erase() {
        out.print(CLEAR_LINE);
        for (; drawn > 0; drawn--) {
            out.print(LINE_UP + CLEAR_LINE);
        }
    }

    @Override
    public void close() {
        painter.shutdownNow();
        synchronized (this) {
            if (style == Style.BLOCK) {
                erase();
                out.flush();
            }
        }
    }
}
