package io.backhaul.catalog;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Export tasks at the provider that must finish before links exist. */
final class Preparations {
    private Preparations() {}

    /** Remembers a task that was looked at; one that was over and is named again runs again. */
    static void keep(Handle handle, Lease lease, String task, Instant now) {
        handle.createUpdate("""
                insert into preparation (backup_id, task, requested_at, checked_at)
                values (:backup, :task, :now, :now)
                on conflict (backup_id, task) do update
                set checked_at = :now, ended_at = null
                """)
                .bind("backup", lease.backupId())
                .bind("task", task)
                .bind("now", now)
                .execute();
    }

    /** The links are there: no task is waited for any more. */
    static void endAll(Handle handle, Lease lease, Instant now) {
        handle.createUpdate("""
                update preparation
                set ended_at = :now
                where backup_id = :backup
                  and ended_at is null
                """)
                .bind("backup", lease.backupId())
                .bind("now", now)
                .execute();
    }
}
