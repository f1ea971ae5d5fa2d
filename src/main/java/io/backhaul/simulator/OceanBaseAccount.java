package io.backhaul.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The OceanBase clusters, backup sets and download tasks of the simulated Alibaba account. A set's files are in the store
 * only once a download task has made them. Any thread may change it while the cloud runs.
 */
public final class OceanBaseAccount {
    /** So large that 32 bits do not hold it. */
    private static final long FIRST_TASK = 1_000_001_234_567L;

    private final ObjectStore store;
    private final String bucket;
    private final Clock clock;
    private final Map<String, OceanBaseInstance> instances = new LinkedHashMap<>();
    private final Map<String, Held> backups = new LinkedHashMap<>();
    private final Map<Long, OceanBaseTask> tasks = new LinkedHashMap<>();
    private final Map<String, Integer> failuresToCome = new HashMap<>();
    private Duration preparation = Duration.ofSeconds(20);
    private OceanBaseForms forms = OceanBaseForms.newest();
    private long nextTask = FIRST_TASK;

    /** A backup set and where its files lie. */
    record Held(String instanceId, OceanBaseBackup facts, List<StoredObject> objects) {
        private Held with(OceanBaseBackup other) {
            return new Held(instanceId, other, objects);
        }

        private boolean owns(StoredObject object) {
            return objects.stream().anyMatch(own -> own.path().equals(object.path()));
        }
    }

    OceanBaseAccount(ObjectStore store, String region, Clock clock) {
        this.store = store;
        this.bucket = "ob-backup-" + region;
        this.clock = clock;
    }

    /** Adds an instance, or puts it in the place of the one with its id. */
    public synchronized void add(OceanBaseInstance instance) {
        instances.put(instance.id(), instance);
    }

    /**
     * Adds a backup set; a download task puts its files into the store.
     *
     * @throws IllegalArgumentException when there is no such instance, or there is such a set
     */
    public synchronized void add(String instanceId, OceanBaseBackup backup) {
        if (!instances.containsKey(instanceId) || backups.containsKey(backup.id())) {
            throw new IllegalArgumentException(
                    "cannot add set=" + backup.id() + " to instance=" + instanceId + ": unknown, or there already");
        }
        var objects = store.put(bucket, instanceId + "/" + backup.id() + "/", backup.files());
        backups.put(backup.id(), new Held(instanceId, backup, objects));
    }

    /** Deletes an instance and all its backup sets. */
    public synchronized void removeInstance(String instanceId) {
        instances.remove(instanceId);
        backups(instanceId).forEach(held -> remove(held.facts.id()));
    }

    /** Deletes a backup set with its files and tasks. */
    public synchronized void remove(String setId) {
        need(setId).objects.forEach(store::remove);
        backups.remove(setId);
        tasks.values().removeIf(task -> task.setId().equals(setId));
    }

    /** Gives a backup set another status; its files stay. */
    public synchronized void changeStatus(String setId, String status) {
        var held = need(setId);
        backups.put(setId, held.with(held.facts.withStatus(status)));
    }

    /** Gives a backup set another validity; its files stay. */
    public synchronized void changeValidity(String setId, String validity) {
        var held = need(setId);
        backups.put(setId, held.with(held.facts.withValidity(validity)));
    }

    /** How long a download task runs that is begun from now on, in the provider's time. */
    public synchronized void preparationsTake(Duration time) {
        preparation = time;
    }

    /** Lets the next so many download tasks of a set end in failure. */
    public synchronized void failPreparations(String setId, int times) {
        need(setId);
        failuresToCome.put(setId, times);
    }

    /** How the API words its answers from now on; {@link OceanBaseForms#newest()} unless told. */
    public synchronized void answerAs(OceanBaseForms other) {
        forms = other;
    }

    synchronized OceanBaseForms forms() {
        return forms;
    }

    String bucket() {
        return bucket;
    }

    synchronized List<OceanBaseInstance> instances() {
        return List.copyOf(instances.values());
    }

    synchronized boolean hasInstance(String instanceId) {
        return instances.containsKey(instanceId);
    }

    /** An instance's backup sets, newest first. */
    synchronized List<Held> backups(String instanceId) {
        return backups.values().stream()
                .filter(held -> held.instanceId.equals(instanceId))
                .sorted(Comparator.comparing((Held held) -> held.facts.startedAt())
                        .reversed())
                .toList();
    }

    synchronized Optional<Held> backup(String instanceId, String setId) {
        return Optional.ofNullable(backups.get(setId)).filter(held -> held.instanceId.equals(instanceId));
    }

    /** An object of the store, when a task has made it. */
    synchronized Optional<StoredObject> find(String path) {
        return store.find(path)
                .filter(object -> tasks.values().stream()
                        .filter(task -> task.at(clock.instant()) == OceanBaseTask.State.DONE)
                        .anyMatch(task -> need(task.setId()).owns(object)));
    }

    /**
     * Begins a download task, or gives the one that is there.
     *
     * @param isSpent whether a task's links are dead for good
     */
    synchronized OceanBaseTask prepare(String setId, Predicate<OceanBaseTask> isSpent) {
        var now = clock.instant();
        return newestTask(setId)
                .filter(task -> forms.repeat() == OceanBaseForms.Repeat.SAME_TASK)
                .filter(task -> task.at(now) != OceanBaseTask.State.FAILED && !isSpent.test(task))
                .orElseGet(() -> begin(setId));
    }

    /** The task that a backup set's row in the list shows. */
    synchronized Optional<OceanBaseTask> newestTask(String setId) {
        return tasks.values().stream()
                .filter(task -> task.setId().equals(setId))
                .max(Comparator.comparingLong(OceanBaseTask::id));
    }

    synchronized Optional<OceanBaseTask> task(String instanceId, long id) {
        return Optional.ofNullable(tasks.get(id))
                .filter(task -> backup(instanceId, task.setId()).isPresent());
    }

    private OceanBaseTask begin(String setId) {
        var failures = failuresToCome.getOrDefault(setId, 0);
        failuresToCome.put(setId, Math.max(0, failures - 1));
        var ending = failures > 0 ? OceanBaseTask.State.FAILED : OceanBaseTask.State.DONE;
        var now = clock.instant();
        var task = new OceanBaseTask(nextTask, setId, now, now.plus(preparation), ending);
        nextTask++;
        tasks.put(task.id(), task);
        return task;
    }

    private Held need(String setId) {
        var held = backups.get(setId);
        if (held == null) {
            throw new IllegalArgumentException("no such backup set: " + setId);
        }
        return held;
    }
}
