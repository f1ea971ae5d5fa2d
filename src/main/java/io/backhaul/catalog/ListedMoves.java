package io.backhaul.catalog;

import io.backhaul.backup.BackupRef;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The moves that follow from a listing of one instance. A backup under a lease is left alone: its links may still work,
 * and its node will learn the truth from them. Whose lease has ended is fenced, since the backup moves without him.
 */
record ListedMoves(Handle handle, SourceName source, InstanceId instance, Instant now) {
    /** What was written off and is offered again waits again. */
    void reopenReady() {
        bound(handle.createUpdate("""
                update backup b
                set state = 'waiting', state_since = :now, reason = 'listed as ready again', next_attempt_at = :now,
                    failures = 0
                from instance i
                where i.id = b.instance_id
                  and i.source = :source
                  and i.provider_id = :instance
                  and b.state in ('skipped', 'gone')
                  and b.readiness = 'ready'
                  and b.seen_at = :now
                """)).execute();
    }

    /** What the provider failed to make was never there to lose: once it is dropped it must not count as gone. */
    WrittenOff skipHopeless() {
        return skipped("b.state = 'waiting' and b.readiness = 'never'", "the provider failed to make it");
    }

    /** The provider still has them, and the operator does not want them: nothing is lost. */
    WrittenOff skipUnselected() {
        return skipped("b.state in ('waiting', 'preparing', 'linked', 'failed')", "its instance is not selected");
    }

    private WrittenOff skipped(String condition, String reason) {
        var skipped = writeOff("state = 'skipped'", condition, reason);
        return new WrittenOff(List.of(), skipped.backups().size(), skipped.linksLapsed());
    }

    /** The provider itself says that the files are deleted. */
    WrittenOff goneByWord() {
        return gone("b.readiness = 'deleted'", "the provider lists it as deleted");
    }

    /** So many complete listings in a row did not show them. */
    WrittenOff goneByAbsence(int misses) {
        return gone("b.missed_listings >= " + misses, misses + " complete listings in a row did not show it");
    }

    private WrittenOff gone(String condition, String reason) {
        var gone = writeOff(
                "state = 'gone', gone_at = :now",
                "b.state in ('waiting', 'preparing', 'linked', 'failed') and " + condition,
                reason);
        return new WrittenOff(gone.backups(), 0, gone.linksLapsed());
    }

    private record Moved(List<BackupRef> backups, int linksLapsed) {}

    /** Links end in a statement of their own, to see also those that were saved while the first one waited for a lock. */
    private Moved writeOff(String move, String condition, String reason) {
        var writtenOff = bound(handle.createQuery("""
                update backup b
                set <move>, state_since = :now, reason = :reason,
                    lease_owner = null, lease_until = null, lease_epoch = b.lease_epoch + 1
                from instance i
                where i.id = b.instance_id
                  and i.source = :source
                  and i.provider_id = :instance
                  and (b.lease_until is null or b.lease_until <= now())
                  and <condition>
                returning b.id, i.source, i.provider_id as instance, b.provider_id as backup
                """))
                .define("move", move)
                .define("condition", condition)
                .bind("reason", reason)
                .map((row, context) -> Map.entry(row.getLong("id"), Sql.ref(row)))
                .list();
        var links = writtenOff.stream()
                .mapToInt(backup -> Links.endAll(handle, backup.getKey(), LinkState.LAPSED, reason, now))
                .sum();
        return new Moved(writtenOff.stream().map(Map.Entry::getValue).toList(), links);
    }

    private <S extends SqlStatement<S>> S bound(S statement) {
        return statement
                .bind("source", source.value())
                .bind("instance", instance.value())
                .bind("now", now);
    }
}
