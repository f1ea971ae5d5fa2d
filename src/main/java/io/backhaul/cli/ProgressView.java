package io.backhaul.cli;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;
import io.backhaul.pipeline.PipelineEvents;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What is on its way right now: on a terminal a block that is drawn over, elsewhere a plain line now and then, and only
 * when something has changed. The block stays below what else is printed: lines through {@link #say}, and the log, whose
 * stream the view takes while it is open.
 */
final class ProgressView implements PipelineEvents, AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final Duration LINE = Duration.ofSeconds(2);
    /** More than these would not fit a small terminal, where what has scrolled away cannot be drawn over. */
    private static final int MOST_ROWS = 12;

    private static final String CLEAR_BELOW = "\r\u001b[J";
    private static final String LINE_UP = "\u001b[1A";
    /** A line that is too long is cut by the terminal: wrapped, it would be two, and the block could not be erased. */
    private static final String CUT_LONG_LINES = "\u001b[?7l";

    private static final String WRAP_LONG_LINES = "\u001b[?7h";

    private final PrintStream out;
    private final PrintStream log;
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
    private boolean closed;

    private enum Style {
        BLOCK,
        LINES
    }

    private ProgressView(PrintStream out, PrintStream log, Style style) {
        this.out = out;
        this.log = log;
        this.style = style;
    }

    /** Shows on a terminal if the launcher saw one; the JDK's own console no longer tells. */
    @SuppressWarnings("FutureReturnValueIgnored") // painting never throws, and ends with the view
    static ProgressView start(PrintStream out) {
        var style = System.getenv("BACKHAUL_TERMINAL") == null ? Style.LINES : Style.BLOCK;
        var view = new ProgressView(out, System.err, style);
        if (style == Style.BLOCK) {
            System.setErr(new PrintStream(view.new AboveBlock(), true, StandardCharsets.UTF_8));
        }
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
        moving.put(shown(backup), 0L);
    }

    @Override
    public synchronized void bytesMoved(BackupRef backup, long moved) {
        bytes += moved;
        moving.merge(shown(backup), moved, Long::sum);
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
        moving.remove(shown(backup));
    }

    /** Without the instance, a whole reference is longer than a line of 80 columns. */
    private static String shown(BackupRef backup) {
        return backup.source() + " " + backup.backup();
    }

    /** Prints a line that stays. */
    synchronized void say(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    private synchronized void paint() {
        var rate = (long) ((bytes - bytesBefore) / (period().toMillis() / 1e3));
        bytesBefore = bytes;
        var sum = "archived " + sets + " sets, moved " + new ByteCount(bytes) + " at " + new ByteCount(rate) + "/s";
        var history = attempts + " attempts, " + grants + " grants of links, " + expired + " links expired, " + renewed
                + " replaced";
        if (closed) {
            return;
        }
        if (style == Style.BLOCK) {
            drawBlock(sum, history);
        } else if (grants > 0 && !(sum + history).equals(lastLine)) {
            out.println(sum + ", " + history);
        }
        lastLine = sum + history;
    }

    private void drawBlock(String... heads) {
        var lines = new ArrayList<String>(List.of(heads));
        moving.entrySet().stream()
                .limit(MOST_ROWS)
                .map(entry -> "  %10s  %s".formatted(new ByteCount(entry.getValue()), entry.getKey()))
                .forEach(lines::add);
        if (moving.size() > MOST_ROWS) {
            lines.add("  and " + (moving.size() - MOST_ROWS) + " more");
        }
        // In one go, or the eye sees the gap.
        out.print(erasure() + CUT_LONG_LINES + String.join("\n", lines) + "\n" + WRAP_LONG_LINES);
        out.flush();
        drawn = lines.size();
    }

    private void erase() {
        if (style == Style.BLOCK) {
            out.print(erasure());
            out.flush();
        }
        drawn = 0;
    }

    private String erasure() {
        return LINE_UP.repeat(drawn) + CLEAR_BELOW;
    }

    @Override
    public synchronized void close() {
        painter.shutdownNow();
        if (!closed && style == Style.BLOCK) {
            erase();
            System.setErr(log);
        }
        closed = true;
    }

    /** The log while a block stands: each write takes the block's place, and the block is drawn again below it. */
    private final class AboveBlock extends OutputStream {
        @Override
        public void write(int oneByte) {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            synchronized (ProgressView.this) {
                erase();
                log.write(bytes, offset, length);
                log.flush();
            }
        }
    }
}
