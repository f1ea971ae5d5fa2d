package io.backhaul.pipeline;

import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.Listings.Turn;
import io.backhaul.catalog.WrittenOff;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.Setback;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a source which backups there are and keeps the answer: new ones, changed ones, vanished ones, each with its
 * deadline. A listing that failed or saw only a part keeps what it saw, believes no absence, and is due again soon.
 */
public final class ListingCycle {
    private static final Logger log = LoggerFactory.getLogger(ListingCycle.class);

    /** Should this node die while it lists, another may begin after this. */
    private static final Duration TERM = Duration.ofMinutes(15);

    private final Catalog catalog;
    private final Sources sources;
    private final Backoff backoff;
    private final PipelineEvents events;
    private final Clock clock;

    public ListingCycle(Catalog catalog, Sources sources, Backoff backoff, PipelineEvents events, Clock clock) {
        this.catalog = catalog;
        this.sources = sources;
        this.backoff = backoff;
        this.events = events;
        this.clock = clock;
    }

    /** The source's cron says that a listing is due. */
    public void request(SourceName source) {
        catalog.listings().request(source, clock.instant());
    }

    /** Lists the source if that is due, by its cron or after a failure; tells whether it was. */
    public boolean listIfDue(SourceName name) {
        var source = sources.find(name);
        if (source.isEmpty()) {
            return false;
        }
        var turn = catalog.listings().claimDue(name, TERM, clock.instant());
        turn.ifPresent(taken -> list(source.get(), taken));
        return turn.isPresent();
    }

    private void list(Source source, Turn turn) {
        var setbacks = new ArrayList<Setback>();
        switch (source.provider().instances()) {
            case InstancesOutcome.Listed listed -> listBackups(source, listed, setbacks);
            case Setback setback -> setbacks.add(setback);
        }
        if (setbacks.isEmpty()) {
            catalog.listings().succeeded(source.name(), turn, source.provider().clockOffset(), clock.instant());
            events.cycleSucceeded("list", source.name());
            return;
        }
        var first = setbacks.getFirst();
        var reason = first.explained();
        var retryAt = backoff.next(turn.failures() + 1, notBefore(setbacks), null);
        catalog.listings().failed(source.name(), first.label(), reason, retryAt);
        log.atLevel(Setbacks.level(setbacks))
                .log(
                        "listing incomplete source={} attempt={} setbacks={} retryAt={} reason={}",
                        source.name(),
                        turn.failures() + 1,
                        setbacks.size(),
                        retryAt,
                        reason);
    }

    private void listBackups(Source source, InstancesOutcome.Listed listed, List<Setback> setbacks) {
        var began = clock.instant();
        catalog.listings().saveInstances(source.name(), listed.instances(), began);
        for (var instance : listed.instances()) {
            listBackups(source, instance, setbacks);
        }
        var notSelected = Set.copyOf(listed.notSelected());
        var unseen = catalog.listings().unseenInstances(source.name(), began);
        unseen.stream().filter(notSelected::contains).forEach(instance -> unselected(source, instance));
        switch (listed.coverage()) {
            case Coverage.Complete complete -> {
                catalog.listings().sawEveryInstance(source.name(), began);
                unseen.stream()
                        .filter(instance -> !notSelected.contains(instance))
                        .forEach(instance -> vanished(source, instance));
            }
            case Coverage.Partial partial -> setbacks.add(partial.why());
        }
    }

    private void listBackups(Source source, Instance instance, List<Setback> setbacks) {
        switch (source.provider().backups(instance)) {
            case BackupsOutcome.Listed listed -> {
                save(source, instance, listed);
                if (listed.coverage() instanceof Coverage.Partial partial) {
                    setbacks.add(partial.why());
                }
            }
            // The instance went between the two questions: the next listing will not show it.
            case Setback.Gone gone -> log.info("instance vanished source={} instance={}", source.name(), instance.id());
            case Setback setback -> setbacks.add(setback);
        }
    }

    private void save(Source source, Instance instance, BackupsOutcome.Listed listed) {
        var now = clock.instant();
        var seen = new Deadlines(source.provider().retention()).of(listed.backups(), now);
        var lost = catalog.listings().saveBackups(source.name(), instance.id(), seen, now);
        if (listed.coverage() instanceof Coverage.Complete) {
            lost = lost.plus(catalog.listings().saveAbsences(source.name(), instance.id(), now));
        }
        lost.gone().forEach(backup -> log.error("backup lost: the provider no longer has it backup={}", backup));
        count(source.name(), lost);
    }

    /** The provider deletes an instance's backups with it; so an instance that is missing misses all of them. */
    private void vanished(Source source, InstanceId instance) {
        var lost = catalog.listings().saveAbsences(source.name(), instance, clock.instant());
        lost.gone().forEach(backup -> log.error("backup lost: its instance is no longer listed backup={}", backup));
        count(source.name(), lost);
    }

    /** The provider still has it: that the operator narrowed the selection, or mistyped an id, loses nothing. */
    private void unselected(Source source, InstanceId instance) {
        var skipped = catalog.listings().skipUnselected(source.name(), instance, clock.instant());
        if (skipped.skipped() > 0) {
            log.warn(
                    "instance no longer selected, its backups are skipped until it is source={} instance={} backups={}",
                    source.name(),
                    instance,
                    skipped.skipped());
        }
        count(source.name(), skipped);
    }

    private void count(SourceName source, WrittenOff lost) {
        if (!lost.gone().isEmpty()) {
            events.backupsGone(source, lost.gone().size());
        }
        if (lost.linksLapsed() > 0) {
            events.linksEnded(source, LinkState.LAPSED, lost.linksLapsed());
        }
    }

    private static @Nullable Instant notBefore(List<Setback> setbacks) {
        return setbacks.stream()
                .flatMap(setback -> Setbacks.notBefore(setback).stream())
                .max(Instant::compareTo)
                .orElse(null);
    }
}
