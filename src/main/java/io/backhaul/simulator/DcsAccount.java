package io.backhaul.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Redis instances and backups of the simulated account. Any thread may change it while the cloud runs. */
public final class DcsAccount {
    private final ObjectStore store;
    private final String bucket;
    private final Map<String, DcsInstance> instances = new LinkedHashMap<>();
    private final Map<String, Held> backups = new LinkedHashMap<>();

    /** A backup and where its files lie. */
    record Held(String instanceId, DcsBackup facts, String prefix, List<StoredObject> objects) {
        Held withStatus(String status) {
            return new Held(instanceId, facts.withStatus(status), prefix, objects);
        }
    }

    DcsAccount(ObjectStore store, String region) {
        this.store = store;
        this.bucket = "dcs-backup-" + region;
    }

    /** Adds an instance, or puts it in the place of the one with its id. */
    public synchronized void add(DcsInstance instance) {
        instances.put(instance.id(), instance);
    }

    /**
     * Adds a backup and puts its files into the store.
     *
     * @throws IllegalArgumentException when there is no such instance, or there is such a backup
     */
    public synchronized void add(String instanceId, DcsBackup backup) {
        if (!instances.containsKey(instanceId) || backups.containsKey(backup.id())) {
            throw new IllegalArgumentException(
                    "cannot add backup=" + backup.id() + " to instance=" + instanceId + ": unknown, or there already");
        }
        var prefix = instanceId + "/" + backup.id() + "/";
        var objects = store.put(bucket, prefix, backup.files());
        backups.put(backup.id(), new Held(instanceId, backup, prefix, objects));
    }

    /** Deletes an instance and, as DCS does, all its backups. */
    public synchronized void removeInstance(String instanceId) {
        instances.remove(instanceId);
        var lost = backups.values().stream()
                .filter(held -> held.instanceId.equals(instanceId))
                .map(held -> held.facts.id())
                .toList();
        lost.forEach(this::remove);
    }

    /** Deletes a backup and its files. */
    public synchronized void remove(String backupId) {
        need(backupId).objects.forEach(store::remove);
        backups.remove(backupId);
    }

    /** Gives a backup another status; its files stay. */
    public synchronized void changeStatus(String backupId, String status) {
        backups.put(backupId, need(backupId).withStatus(status));
    }

    /** Puts other bytes in the place of a file's; links that are out lead to them. */
    public synchronized void swap(String backupId, String fileName, Content content) {
        var object = need(backupId).objects.stream()
                .filter(o -> o.fileName().equals(fileName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no file " + fileName + " in backup=" + backupId));
        store.swap(object, content);
    }

    String bucket() {
        return bucket;
    }

    synchronized List<DcsInstance> instances() {
        return List.copyOf(instances.values());
    }

    synchronized boolean hasInstance(String instanceId) {
        return instances.containsKey(instanceId);
    }

    /** An instance's backups, newest first. */
    synchronized List<DcsBackup> backups(String instanceId) {
        var facts = new ArrayList<DcsBackup>();
        for (var held : backups.values()) {
            if (held.instanceId.equals(instanceId)) {
                facts.add(held.facts);
            }
        }
        facts.sort(Comparator.comparing(DcsBackup::createdAt).reversed());
        return List.copyOf(facts);
    }

    synchronized Optional<Held> backup(String instanceId, String backupId) {
        return Optional.ofNullable(backups.get(backupId)).filter(held -> held.instanceId.equals(instanceId));
    }

    private Held need(String backupId) {
        var held = backups.get(backupId);
        if (held == null) {
            throw new IllegalArgumentException("no such backup: " + backupId);
        }
        return held;
    }
}
