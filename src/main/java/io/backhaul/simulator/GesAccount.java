package io.backhaul.simulator;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The graphs and their backups of the simulated account. Any thread may change it while the cloud runs. */
public final class GesAccount {
    private final ObjectStore store;
    private final String bucket;
    private final Map<String, GesGraph> graphs = new LinkedHashMap<>();
    private final Map<String, Held> backups = new LinkedHashMap<>();
    private ExpiryStyle expiryStyle = ExpiryStyle.OFFSET;

    /** A backup and where its files lie. */
    record Held(GesGraph graph, GesBackup facts, List<StoredObject> objects) {}

    /** How {@code link_expired_time} is written: the contract knows several forms, and not which one is real (2.2). */
    public enum ExpiryStyle {
        /** {@code 2026-11-21T08:00:00+0800}. */
        OFFSET,
        /** {@code 2026-11-021T08:00:00+0800}, as every example has it. */
        OFFSET_AND_LONG_DAY,
        /** {@code 2026-11-21T00:00:00Z}. */
        UTC,
        /** {@code 2026-11-21T00:00:00}, in UTC. */
        NO_ZONE,
        /** No such field. */
        NONE
    }

    GesAccount(ObjectStore store, String region) {
        this.store = store;
        this.bucket = "ges-backup-" + region;
    }

    /** Adds a graph, or puts it in the place of the one with its id. */
    public synchronized void add(GesGraph graph) {
        graphs.put(graph.id(), graph);
    }

    /**
     * Adds a backup and puts its files into the store.
     *
     * @throws IllegalArgumentException when there is no such graph, or there is such a backup
     */
    public synchronized void add(String graphId, GesBackup backup) {
        var graph = graphs.get(graphId);
        if (graph == null || backups.containsKey(backup.id())) {
            throw new IllegalArgumentException(
                    "cannot add backup=" + backup.id() + " to graph=" + graphId + ": unknown, or there already");
        }
        var objects = store.put(bucket, graphId + "/" + backup.id() + "/", backup.files());
        backups.put(backup.id(), new Held(graph, backup, objects));
    }

    /** Deletes a graph and its backups. */
    public synchronized void removeGraph(String graphId) {
        graphs.remove(graphId);
        backups(graphId).forEach(held -> remove(held.facts.id()));
    }

    /** Deletes a backup and its files. */
    public synchronized void remove(String backupId) {
        var held = backups.remove(backupId);
        if (held == null) {
            throw new IllegalArgumentException("no such backup: " + backupId);
        }
        held.objects.forEach(store::remove);
    }

    /** How expiries are written from now on. */
    public synchronized void writeExpiriesAs(ExpiryStyle style) {
        expiryStyle = style;
    }

    synchronized ExpiryStyle expiryStyle() {
        return expiryStyle;
    }

    String bucket() {
        return bucket;
    }

    synchronized List<GesGraph> graphs() {
        return List.copyOf(graphs.values());
    }

    synchronized boolean hasGraph(String graphId) {
        return graphs.containsKey(graphId);
    }

    /** All backups, newest first. */
    synchronized List<Held> backups() {
        return backups.values().stream()
                .sorted(Comparator.comparing((Held held) -> held.facts.startedAt())
                        .reversed())
                .toList();
    }

    /** A graph's backups, newest first. */
    synchronized List<Held> backups(String graphId) {
        return backups().stream()
                .filter(held -> held.graph.id().equals(graphId))
                .toList();
    }

    synchronized Optional<Held> backup(String graphId, String backupId) {
        return Optional.ofNullable(backups.get(backupId))
                .filter(held -> held.graph.id().equals(graphId));
    }
}
