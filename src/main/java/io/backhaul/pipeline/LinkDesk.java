package io.backhaul.pipeline;

import io.backhaul.backup.Expiry;
import io.backhaul.backup.Grant;
import io.backhaul.backup.LinkState;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.Lease;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.Setback;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Asks for the links of a backup under a lease, and keeps them. Used to begin a backup and to renew in mid-file alike:
 * one answer renews the links of all its files.
 */
final class LinkDesk {
    private static final Logger log = LoggerFactory.getLogger(LinkDesk.class);

    /** A link this close to its end is not begun with; a tenth of its life where that is less. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final Catalog catalog;
    private final Backoff backoff;
    private final Throughput throughput;
    private final PipelineEvents events;
    private final Clock clock;

    LinkDesk(Catalog catalog, Backoff backoff, Throughput throughput, PipelineEvents events, Clock clock) {
        this.catalog = catalog;
        this.backoff = backoff;
        this.throughput = throughput;
        this.events = events;
        this.clock = clock;
    }

    /** What came of it, for whoever holds the lease. */
    sealed interface Answer {
        /** Every file has a live link; and where they were the first, the lease has ended. */
        record Ready() implements Answer {}

        /** The provider prepares the backup; look again. */
        record Preparing(String task, Instant checkAfter) implements Answer {}

        /**
         * Not now; try again then.
         *
         * @param isSilent whether the provider said nothing that could be understood
         */
        record NotNow(String reason, Instant retryAt, boolean isSilent) implements Answer {}

        /** The provider no longer has it. */
        record Gone(String reason) implements Answer {}

        /** Asking again will not help. */
        record Never(String reason) implements Answer {}

        /** Somebody else works on it now. */
        record LeaseLost() implements Answer {}
    }

    /** Asks once, for a backup without links; those that come are handed on, and the lease ends with them. */
    Answer begin(Lease lease, Source source) {
        return ask(lease, source, true);
    }

    /** Asks once, in the midst of a transfer, which keeps its lease. */
    Answer renew(Lease lease, Source source) {
        return ask(lease, source, false);
    }

    private Answer ask(Lease lease, Source source, boolean handOn) {
        var validity = source.terms().validity(lease.size(), throughput.bytesPerSecond());
        var outcome = source.provider()
                .links(lease.backup().instance(), lease.backup().backup(), validity);
        return switch (outcome) {
            case LinksOutcome.Granted granted -> {
                events.linksRequested(source.name(), "granted");
                yield save(lease, source, granted.grant(), handOn);
            }
            case LinksOutcome.Preparing preparing -> {
                events.linksRequested(source.name(), "preparing");
                yield new Answer.Preparing(preparing.task(), preparing.checkAfter());
            }
            case Setback setback -> {
                events.linksRequested(source.name(), setback.label());
                yield refused(lease, setback);
            }
        };
    }

    private Answer save(Lease lease, Source source, Grant grant, boolean handOn) {
        var now = clock.instant();
        var isUsable = isUsable(grant, source, now);
        var saved = catalog.links()
                .save(lease, grant, expiry -> usableUntil(grant, expiry, source), handOn && isUsable, now);
        return switch (saved.verdict()) {
            case SAVED -> {
                if (saved.renewed() > 0) {
                    events.linksEnded(source.name(), LinkState.RENEWED, saved.renewed());
                }
                log.info(
                        "links granted backup={} files={} expires={}",
                        lease.backup(),
                        grant.files().size(),
                        grant.files().getFirst().expiry().at());
                yield isUsable
                        ? new Answer.Ready()
                        : notNow(lease, "the provider's links are over when they come", retryAfter(lease));
            }
            case INCOMPLETE -> notNow(lease, "the provider offered fewer files than before", retryAfter(lease));
            case LEASE_LOST -> new Answer.LeaseLost();
        };
    }

    /** Links that are born dead must not be asked for again and again. */
    private static boolean isUsable(Grant grant, Source source, Instant now) {
        return grant.files().stream()
                .anyMatch(file -> usableUntil(grant, file.expiry(), source).isAfter(now));
    }

    /** The expiry in our time, less a margin (DESIGN 5, rule 5). */
    private static Instant usableUntil(Grant grant, Expiry expiry, Source source) {
        var life = Duration.between(grant.issuedAt(), expiry.at());
        var tenth = life.dividedBy(10);
        var margin = tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN;
        return expiry.at().minus(source.provider().clockOffset()).minus(margin);
    }

    private Answer refused(Lease lease, Setback setback) {
        return switch (setback) {
            case Setback.Gone gone -> new Answer.Gone(gone.explained());
            case Setback.Refused refused -> new Answer.Never(refused.explained());
            case Setback.Throttled wait -> notNow(lease, wait.explained(), retryAt(lease, wait));
            case Setback.Busy wait -> notNow(lease, wait.explained(), retryAt(lease, wait));
            case Setback.Denied wait ->
                notNow(lease, Setbacks.level(List.of(wait)), wait.explained(), retryAt(lease, wait), false);
            case Setback.Unavailable wait -> notNow(lease, Level.WARN, wait.explained(), retryAt(lease, wait), true);
        };
    }

    private Instant retryAfter(Lease lease) {
        return backoff.next(tries(lease), null, lease.deadline());
    }

    private Instant retryAt(Lease lease, Setback setback) {
        return backoff.next(tries(lease), Setbacks.notBefore(setback).orElse(null), lease.deadline());
    }

    private static Answer notNow(Lease lease, String reason, Instant retryAt) {
        return notNow(lease, Level.WARN, reason, retryAt, false);
    }

    private static Answer notNow(Lease lease, Level level, String reason, Instant retryAt, boolean isSilent) {
        log.atLevel(level)
                .log(
                        "no links yet backup={} attempt={} retryAt={} reason={}",
                        lease.backup(),
                        tries(lease),
                        retryAt,
                        reason);
        return new Answer.NotNow(reason, retryAt, isSilent);
    }

    private static int tries(Lease lease) {
        return lease.failures() + 1;
    }
}
