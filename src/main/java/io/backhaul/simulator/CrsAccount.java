package io.backhaul.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Redis instances and backups of the simulated Tencent account; both APIs show the same ones. Any thread may change
 * it while the cloud runs.
 */
public final class CrsAccount {
    static final int NORMAL = 2;
    static final int EXPORTING = 3;
    static final int EXPORTED = 4;

    private final ObjectStore store;
    private final String bucket;
    private final Clock clock;
    private final Map<String, CrsInstance> instances = new LinkedHashMap<>();
    private final Map<String, Held> backups = new LinkedHashMap<>();
    private final Set<String> doomed = new HashSet<>();
    private Duration exportTime = Duration.ofSeconds(20);

    /**
     * A backup and where its files lie.
     *
     * @param exportedAt when an export that was asked for is done; null where none was
     */
    record Held(
            String instanceId,
            CrsBackup facts,
            List<StoredObject> objects,
            @Nullable Instant exportedAt) {
        Held with(CrsBackup other) {
            return new Held(instanceId, other, objects, null);
        }

        private Held at(Instant now) {
            return exportedAt == null || now.isBefore(exportedAt) ? this : with(facts.withStatus(EXPORTED));
        }
    }

    CrsAccount(ObjectStore store, String region, Clock clock) {
        this.store = store;
        this.bucket = "crs-backup-" + region + "-1250000000";
        this.clock = clock;
    }

    /** Adds an instance, or puts it in the place of the one with its id. */
    public synchronized void add(CrsInstance instance) {
        instances.put(instance.id(), instance);
    }

    /**
     * Adds a backup and puts its files into the store.
     *
     * @throws IllegalArgumentException when there is no such instance, or there is such a backup
     */
    public synchronized void add(String instanceId, CrsBackup backup) {
        if (!instances.containsKey(instanceId) || backups.containsKey(backup.id())) {
            throw new IllegalArgumentException(
                    "cannot add backup=" + backup.id() + " to instance=" + instanceId + ": unknown, or there already");
        }
        var objects = store.put(bucket, instanceId + "/" + backup.id() + "/", backup.files());
        backups.put(backup.id(), new Held(instanceId, backup, objects, null));
    }

    /** Deletes an instance and all its backups. */
    public synchronized void removeInstance(String instanceId) {
        instances.remove(instanceId);
        backups(instanceId).forEach(backup -> remove(backup.id()));
    }

    /** Deletes a backup and its files. */
    public synchronized void remove(String backupId) {
        need(backupId).objects.forEach(store::remove);
        backups.remove(backupId);
    }

    /** Gives a backup another status; its files stay. */
    public synchronized void changeStatus(String backupId, int status) {
        var held = need(backupId);
        backups.put(backupId, held.with(held.facts.withStatus(status)));
    }

    /** How long an export takes from now on, in the provider's time. */
    public synchronized void exportsTake(Duration time) {
        exportTime = time;
    }

    /** Lets a backup be listed until its links are asked for, and be gone then. */
    public synchronized void loseWhenAsked(String backupId) {
        need(backupId);
        doomed.add(backupId);
    }

    /** Somebody asks for the links of a backup. */
    synchronized void asked(String backupId) {
        if (doomed.remove(backupId)) {
            remove(backupId);
        }
    }

    String bucket() {
        return bucket;
    }

    synchronized List<CrsInstance> instances() {
        return List.copyOf(instances.values());
    }

    synchronized Optional<CrsInstance> instance(String instanceId) {
        return Optional.ofNullable(instances.get(instanceId));
    }

    /** An instance's backups, newest first. */
    synchronized List<CrsBackup> backups(String instanceId) {
        var facts = new ArrayList<CrsBackup>();
        for (var held : backups.values()) {
            if (held.instanceId.equals(instanceId)) {
                facts.add(held.at(clock.instant()).facts);
            }
        }
        facts.sort(Comparator.comparing(CrsBackup::startedAt).reversed());
        return List.copyOf(facts);
    }

    synchronized Optional<Held> backup(String instanceId, String backupId) {
        return Optional.ofNullable(backups.get(backupId))
                .filter(held -> held.instanceId.equals(instanceId))
                .map(held -> held.at(clock.instant()));
    }

    /** Begins an export, which ends by itself. */
    synchronized void export(String backupId) {
        var held = need(backupId);
        var done = clock.instant().plus(exportTime);
        backups.put(backupId, new Held(held.instanceId, held.facts.withStatus(EXPORTING), held.objects, done));
    }

    private Held need(String backupId) {
        var held = backups.get(backupId);
        if (held == null) {
            throw new IllegalArgumentException("no such backup: " + backupId);
        }
        return held;
    }
}
