package io.backhaul.provider;

import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.OffsetPages.Page;
import io.backhaul.provider.OffsetPages.Rows;
import io.backhaul.provider.Setback.Unavailable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows of a list as outcomes: what cannot be used is left out, said, and makes the listing a partial one. */
public final class SourceLists {
    private static final Logger log = LoggerFactory.getLogger(SourceLists.class);

    private final SourceName source;
    private final InstanceSelection selection;

    /** @param selection which instances are the source's */
    public SourceLists(SourceName source, InstanceSelection selection) {
        this.source = source;
        this.selection = selection;
    }

    /** An answer without its list is no empty list, unless it says so: an absence must not be made of an odd answer. */
    public static Asked<Page<Fields>> page(
            Fields answer, String list, String total, Fields totalsHolder, String asked) {
        var rows = answer.list(list);
        var count = totalsHolder.number(total);
        if (rows.isEmpty() && count.orElse(Page.UNTOLD) != 0) {
            return Asked.failed(new Unavailable(asked + ": the answer has no " + list + ", only " + answer));
        }
        return new Got<>(Page.of(rows.orElse(List.of()), count));
    }

    /** The source's instances. */
    public InstancesOutcome instances(Asked<Rows<Fields>> asked, Function<Fields, Optional<Instance>> read) {
        return switch (asked) {
            case Failed<Rows<Fields>> failed -> failed.why();
            case Got<Rows<Fields>> got -> selected(usable(got.value(), read, "list-instances"));
        };
    }

    /**
     * The backups of one instance.
     *
     * @param subject which instance, for logs and reasons
     */
    public BackupsOutcome backups(
            Asked<Rows<Fields>> asked, Function<Fields, Optional<ListedBackup>> read, String subject) {
        return switch (asked) {
            case Failed<Rows<Fields>> failed -> failed.why();
            case Got<Rows<Fields>> got -> {
                var found = usable(got.value(), read, "list-backups " + subject);
                yield new BackupsOutcome.Listed(found.rows(), found.coverage());
            }
        };
    }

    private InstancesOutcome selected(Usable<Instance> found) {
        var missing = selection.missingFrom(found.rows());
        if (!missing.isEmpty() && found.coverage() instanceof Coverage.Complete) {
            log.error(
                    "instances not found, the others go on; correct ids or region in the configuration source={} ids={}",
                    source,
                    missing);
        }
        var selected = selection.of(found.rows());
        return new InstancesOutcome.Listed(selected, others(found.rows(), selected), found.coverage());
    }

    private static List<InstanceId> others(List<Instance> all, List<Instance> some) {
        var ids = some.stream().map(Instance::id).collect(Collectors.toSet());
        return all.stream().map(Instance::id).filter(id -> !ids.contains(id)).toList();
    }

    private record Usable<T>(List<T> rows, Coverage coverage) {}

    /** A row that we cannot use may be one that we know: with it left out, nothing may be taken for gone. */
    private <T> Usable<T> usable(Rows<Fields> rows, Function<Fields, Optional<T>> read, String asked) {
        var usable = rows.rows().stream().map(read).flatMap(Optional::stream).toList();
        var unusable = rows.rows().size() - usable.size();
        if (unusable == 0) {
            return new Usable<>(usable, rows.coverage());
        }
        log.warn(
                "rows without a usable id or time are skipped, nothing counts as gone meanwhile source={} asked={} rows={}",
                source,
                asked,
                unusable);
        var why = new Unavailable(asked + ": " + unusable + " rows without a usable id or time");
        return new Usable<>(usable, new Coverage.Partial(why));
    }
}
