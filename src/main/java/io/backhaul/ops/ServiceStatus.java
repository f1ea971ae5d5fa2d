package io.backhaul.ops;

import io.backhaul.backup.BackupRef;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Reports;
import io.backhaul.catalog.Reports.StateCount;
import io.backhaul.pipeline.PipelineEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The work in one sentence, for {@code systemctl status}: {@code 3 transfers, 12 waiting, next deadline in 5 h}. It is
 * told anew when something has happened, and once a minute since deadlines come closer by themselves.
 */
public final class ServiceStatus implements PipelineEvents {
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
    private static final Set<BackupState> WAITING =
            EnumSet.of(BackupState.WAITING, BackupState.PREPARING, BackupState.LINKED);

    private final ServiceManager manager;
    private final Reports reports;
    private final Clock clock;
    private final AtomicInteger transfers = new AtomicInteger();
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private Instant toldAt = Instant.MIN;

    public ServiceStatus(ServiceManager manager, Reports reports, Clock clock) {
        this.manager = manager;
        this.reports = reports;
        this.clock = clock;
    }

    /** Tells it when there is news. It reads the catalog, so it may take as long as the database does. */
    public synchronized void tell() {
        var now = clock.instant();
        var isOld = toldAt.isBefore(now.minus(LONGEST_SILENCE));
        if (changed.getAndSet(false) || isOld) {
            manager.status(sentence(now));
            toldAt = now;
        }
    }

    private String sentence(Instant now) {
        var counts = reports.countsByState();
        var active = transfers.get();
        var sentence = new StringBuilder()
                .append(active)
                .append(active == 1 ? " transfer, " : " transfers, ")
                .append(counted(counts, WAITING))
                .append(" waiting");
        var failed = counted(counts, EnumSet.of(BackupState.FAILED));
        if (failed > 0) {
            sentence.append(", ").append(failed).append(" failed");
        }
        reports.nextDeadlines(1)
                .forEach(row -> sentence.append(", next deadline ").append(distance(now, row.deadline())));
        return sentence.toString();
    }

    private static long counted(Iterable<StateCount> counts, Set<BackupState> states) {
        var sum = 0L;
        for (var count : counts) {
            if (states.contains(count.state())) {
                sum += count.backups();
            }
        }
        return sum;
    }

    private static String distance(Instant now, Instant deadline) {
        var left = Duration.between(now, deadline);
        if (left.isNegative()) {
            return "has passed";
        }
        if (left.toDays() >= 2) {
            return "in " + left.toDays() + " d";
        }
        return left.toHours() >= 2 ? "in " + left.toHours() + " h" : "in " + left.toMinutes() + " min";
    }

    @Override
    public void transferBegan(BackupRef backup) {
        transfers.incrementAndGet();
        changed.set(true);
    }

    @Override
    public void transferEnded(BackupRef backup) {
        transfers.decrementAndGet();
        changed.set(true);
    }

    @Override
    public void linksRequested(SourceName source, String outcome) {
        changed.set(true);
    }

    @Override
    public void linksEnded(SourceName source, LinkState state, int links) {
        changed.set(true);
    }

    @Override
    public void backupsGone(SourceName source, int backups) {
        changed.set(true);
    }
}
