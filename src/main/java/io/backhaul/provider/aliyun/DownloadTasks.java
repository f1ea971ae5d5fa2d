package io.backhaul.provider.aliyun;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.InstanceId;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.LinksOutcome.Granted;
import io.backhaul.provider.LinksOutcome.Preparing;
import io.backhaul.provider.LookAgain;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.provider.Setback.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * From a backup set to its links, by way of a download task (tencent-aliyun.md 2.3): the one that the set has already, or
 * a new one, which is looked at again and again until it is over. A task that came to nothing, and one whose links are
 * dead, is replaced, but no more than a few times without a link in between. What was seen is kept in memory; after a
 * restart the list tells which task there is. Safe for use by several threads.
 */
final class DownloadTasks {
    /** For so long a new task need not be known to every part of the provider. */
    private static final Duration SHOWS_WITHIN = Duration.ofMinutes(5);
    /** A task of unknown id must show in the list within this. */
    private static final Duration IS_LISTED_WITHIN = Duration.ofMinutes(30);
    /** A task that is still at work after so long is stuck. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    private static final String STATUS = "DownloadTaskStatus";

    /** Tasks made one after the other without a link. */
    private static final int MOST_TASKS = 3;

    private record Key(InstanceId instance, BackupId backup) {
        @Override
        public String toString() {
            return "links instance=" + instance + " backup=" + backup;
        }
    }

    /**
     * One task as we know it.
     *
     * @param id empty while the provider has not said it
     * @param since when we first knew of it
     * @param shownBy until then its absence means nothing
     */
    private record Task(String id, Instant since, Instant shownBy) {}

    /**
     * What is remembered of a set.
     *
     * @param task the one to look at; null when there is none
     * @param lost the id of the last one that came to nothing; empty when none did
     * @param why it did; empty when none did
     * @param made how many were made without a link in between
     */
    private record Memory(@Nullable Task task, String lost, String why, int made) {
        static final Memory NOTHING = new Memory(null, "", "", 0);

        Memory lookingAt(Task other) {
            return new Memory(other, lost, why, made);
        }

        Memory making(Task other) {
            return new Memory(other, lost, why, made + 1);
        }

        Memory losing(Task one, String because) {
            return new Memory(null, one.id(), because, made);
        }
    }

    /**
     * What the list says of a set.
     *
     * @param isListed false when a complete list is without it
     * @param task the id of its task; empty when it has none that is worth a look
     */
    private record Sighting(boolean isListed, String task) {}

    private final OceanBaseApi api;
    private final TaskLinks links;
    private final Clock clock;
    private final ConcurrentHashMap<Key, Memory> memories = new ConcurrentHashMap<>();

    DownloadTasks(OceanBaseApi api, TaskLinks links, Clock clock) {
        this.api = api;
        this.links = links;
        this.clock = clock;
    }

    /** Links, or what has to happen first. */
    LinksOutcome links(InstanceId instance, BackupId backup) {
        var key = new Key(instance, backup);
        var outcome = remembered(key).orElseGet(() -> listed(key));
        // With links the story is over, and after what an operator must act on it begins anew.
        if (outcome instanceof Granted || outcome instanceof Gone || outcome instanceof Refused) {
            memories.remove(key);
        }
        return outcome;
    }

    /** What the task in memory came to; nothing when there is none, or none any more. */
    private Optional<LinksOutcome> remembered(Key key) {
        var task = memory(key).task();
        return task == null || task.id().isEmpty() ? Optional.empty() : look(key, task);
    }

    /** The list may know of another task, or of none; or no longer of the set. */
    private LinksOutcome listed(Key key) {
        return switch (search(key)) {
            case Failed<Sighting> failed -> failed.why();
            case Got<Sighting> got -> {
                var now = clock.instant();
                var task = got.value().task();
                yield task.isEmpty()
                        ? withoutTask(key, got.value(), now)
                        : look(key, new Task(task, now, now)).orElseGet(() -> another(key, got.value()));
            }
        };
    }

    private LinksOutcome withoutTask(Key key, Sighting sighting, Instant now) {
        var made = memory(key).task();
        return made != null && now.isBefore(made.since().plus(IS_LISTED_WITHIN))
                ? preparing(made)
                : another(key, sighting);
    }

    private Asked<Sighting> search(Key key) {
        return api.backups(key.instance()).then(found -> {
            var set = found.rows().stream()
                    .filter(row -> row.text(OceanBaseRows.SET_ID)
                            .filter(key.backup().value()::equals)
                            .isPresent())
                    .findFirst();
            return set.isPresent() ? sighting(key, set.get()) : absent(key, found.coverage());
        });
    }

    private Asked<Sighting> sighting(Key key, Fields set) {
        var words = api.shown(String.join(
                " ", set.text("Status").orElse(""), set.text("Validity").orElse("")));
        return switch (OceanBaseRows.readiness(set)) {
            case READY -> {
                var phase = TaskPhase.of(set.text(STATUS).orElse(""));
                var lost = memory(key).lost();
                var task = OceanBaseApi.taskIn(set).filter(id -> !phase.isLost() && !id.equals(lost));
                yield new Got<>(new Sighting(true, task.orElse("")));
            }
            case NOT_YET -> Asked.failed(new Busy(key + ": listed as " + words));
            case NEVER -> Asked.failed(new Refused(key + ": listed as " + words));
            case DELETED -> Asked.failed(new Gone(key + ": listed as " + words));
        };
    }

    /** One list alone proves nothing: whether the set is gone is asked for with a new task. */
    private static Asked<Sighting> absent(Key key, Coverage coverage) {
        return switch (coverage) {
            case Coverage.Complete complete -> new Got<>(new Sighting(false, ""));
            case Coverage.Partial partial ->
                Asked.failed(new Unavailable(key + ": not in what could be read of the list; "
                        + partial.why().reason()));
        };
    }

    /** What a task has come to; nothing when nothing will come of it. */
    private Optional<LinksOutcome> look(Key key, Task task) {
        var request = api.taskRequest(key.instance(), key.backup(), task.id());
        return switch (api.task(request)) {
            case Failed<ApiAnswer> failed ->
                failed.why() instanceof Gone gone ? notThere(key, task, gone.reason()) : Optional.of(failed.why());
            case Got<ApiAnswer> got ->
                switch (api.data(request, got.value())) {
                    case Failed<Fields> failed -> Optional.of(failed.why());
                    case Got<Fields> data -> judged(key, task, data.value(), request.asked(), got.value());
                };
        };
    }

    private Optional<LinksOutcome> judged(Key key, Task task, Fields data, String asked, ApiAnswer answer) {
        var status = data.text(STATUS).orElse("");
        var why = asked + ": task is " + api.shown(status);
        return switch (TaskPhase.of(status)) {
            case RUNNING -> atWork(key, task, why);
            case FAILED -> lost(key, task, why);
            case ABSENT -> notThere(key, task, why);
            case UNKNOWN ->
                TaskLinks.areIn(data)
                        ? over(key, task, links.grant(data, asked, api.issuedAt(answer)), asked)
                        : atWork(key, task, why);
        };
    }

    private Optional<LinksOutcome> over(Key key, Task task, LinksOutcome outcome, String asked) {
        var isDead = outcome instanceof Granted granted
                && granted.grant().files().stream()
                        .anyMatch(file ->
                                !file.expiry().at().isAfter(granted.grant().issuedAt()));
        return isDead ? lost(key, task, asked + ": the task's links are dead") : Optional.of(outcome);
    }

    private Optional<LinksOutcome> atWork(Key key, Task task, String why) {
        if (!clock.instant().isBefore(task.since().plus(PATIENCE))) {
            return lost(key, task, why + " for " + PATIENCE.toHours() + " hours");
        }
        memories.put(key, memory(key).lookingAt(task));
        return Optional.of(preparing(task));
    }

    private Optional<LinksOutcome> notThere(Key key, Task task, String why) {
        return clock.instant().isBefore(task.shownBy()) ? atWork(key, task, why) : lost(key, task, why);
    }

    private Optional<LinksOutcome> lost(Key key, Task task, String why) {
        memories.put(key, memory(key).losing(task, why));
        return Optional.empty();
    }

    /** A new task, unless there were too many of them. */
    private LinksOutcome another(Key key, Sighting sighting) {
        var memory = memory(key);
        if (memory.made() >= MOST_TASKS) {
            return new Refused(key + ": " + memory.made() + " download tasks in a row came to nothing; see what"
                    + " OceanBase's console says of them, then retry; the last: " + memory.why());
        }
        return switch (api.createTask(key.instance(), key.backup())) {
            case Failed<String> failed -> refused(failed.why(), sighting);
            case Got<String> got -> {
                var now = clock.instant();
                var id = got.value().isEmpty() ? idByList(key) : got.value();
                var task = new Task(id, now, now.plus(SHOWS_WITHIN));
                memories.put(key, memory.making(task));
                yield preparing(task);
            }
        };
    }

    /** Gone is what neither the list nor a task knows. */
    private static Setback refused(Setback why, Sighting sighting) {
        if (sighting.isListed()) {
            return why instanceof Gone ? new Unavailable(why.reason() + "; yet the set is listed") : why;
        }
        return why instanceof Refused ? new Busy(why.reason() + "; and the set is not listed just now") : why;
    }

    private String idByList(Key key) {
        return search(key) instanceof Got<Sighting> got ? got.value().task() : "";
    }

    private Preparing preparing(Task task) {
        return new Preparing(task.id().isEmpty() ? "download" : task.id(), LookAgain.at(clock.instant(), task.since()));
    }

    private Memory memory(Key key) {
        return memories.getOrDefault(key, Memory.NOTHING);
    }
}
