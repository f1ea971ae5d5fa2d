package io.backhaul.catalog;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** The running daemons that share this database, and the leases that they keep alive. */
public final class Nodes {
    private final Jdbi jdbi;

    Nodes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Says that this node runs, and gives back what an earlier run of it still held.
     *
     * @param slots how many transfers it runs at a time
     * @return how many backups were taken back from the earlier run
     */
    public int register(String node, String version, int slots) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                    insert into node (name, version, slots, started_at, heartbeat_at)
                    values (:node, :version, :slots, now(), now())
                    on conflict (name) do update
                    set version = :version, slots = :slots, started_at = now(), heartbeat_at = now()
                    """)
                    .bind("node", node)
                    .bind("version", version)
                    .bind("slots", slots)
                    .execute();
            return handle.createUpdate("""
                    update backup
                    set lease_until = now()
                    where lease_owner = :node
                      and lease_until > now()
                    """).bind("node", node).execute();
        });
    }

    /** Says that this node is alive. */
    public void heartbeat(String node) {
        jdbi.useHandle(handle -> handle.createUpdate("update node set heartbeat_at = now() where name = :node")
                .bind("node", node)
                .execute());
    }

    /** Says that this node has stopped, so that nobody counts on its slots. */
    public void remove(String node) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from node where name = :node")
                .bind("node", node)
                .execute());
    }

    /** Transfers that all nodes alive within the given time can run at once. */
    public int slots(Duration aliveWithin) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select coalesce(sum(slots), 0)
                from node
                where heartbeat_at > now() - make_interval(secs => :within)
                """)
                .bind("within", aliveWithin.toSeconds())
                .mapTo(Integer.class)
                .one());
    }

    /** How many nodes were alive within the given time. */
    public int alive(Duration within) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*)
                from node
                where heartbeat_at > now() - make_interval(secs => :within)
                """)
                .bind("within", within.toSeconds())
                .mapTo(Integer.class)
                .one());
    }

    /**
     * Prolongs leases of this node.
     *
     * @return those that it still holds; the others are lost, and work on them must stop
     */
    public Set<Lease> renew(String node, Collection<Lease> leases, Duration term) {
        var held = new HashSet<>(jdbi.withHandle(handle -> handle.createQuery("""
                update backup
                set lease_until = now() + make_interval(secs => :term)
                from unnest(:ids, :epochs) as held (id, epoch)
                where backup.id = held.id
                  and backup.lease_epoch = held.epoch
                  and backup.lease_owner = :node
                returning backup.id
                """)
                .bind("term", term.toSeconds())
                .bind("ids", leases.stream().map(Lease::backupId).toArray(Long[]::new))
                .bind("epochs", leases.stream().map(Lease::epoch).toArray(Long[]::new))
                .bind("node", node)
                .mapTo(Long.class)
                .list()));
        var still = new HashSet<>(leases);
        still.removeIf(lease -> !held.contains(lease.backupId()));
        return still;
    }
}
