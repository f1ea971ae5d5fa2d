package io.backhaul.catalog;

import io.backhaul.backup.BackupState;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.Grant;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SafeName;
import io.backhaul.backup.SignedUrl;
import io.backhaul.backup.SourceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The life of every link. The URL is kept only while its link lives; the row stays for good. */
public final class Links {
    /**
     * Further clauses of a {@code with} whose first, of the given name, has the backup's id if the lease holds: the links
     * of a grant, and rows for those of its files that have none yet.
     */
    private static final String INSERTED = """
            ,
            granted as (select id as backup_id, nextval('link_grant') as grant_id from %s),
            offered as (
              select *
              from unnest(:files, :names, :occurrences, :storedNames, :sizes, cast(:expires as timestamptz[]), :origins,
                          cast(:usable as timestamptz[]), :locations, :urls)
                with ordinality as file (id, given_name, occurrence, stored_name, size_bytes, expires_at, expiry_origin,
                                         usable_until, location, url, nth)),
            added as (
              insert into backup_file (backup_id, position, given_name, occurrence, stored_name, size_bytes)
              select backup_id, nth - 1, given_name, occurrence, stored_name, size_bytes
              from granted, offered
              where id is null
              order by nth
              returning id, given_name, occurrence),
            linked as (
              insert into link (file_id, grant_id, state, issued_at, expires_at, expiry_origin, usable_until, location, url)
              select coalesce(o.id, a.id), grant_id, 'live', :issuedAt, expires_at, expiry_origin, usable_until, location,
                     url
              from granted
              cross join offered o
              left join added a on a.given_name = o.given_name and a.occurrence = o.occurrence
              order by nth)
            """;

    private final Jdbi jdbi;

    Links(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What became of a grant that was to be saved.
     *
     * @param renewed how many links of an earlier grant it replaced
     */
    public record Saved(Verdict verdict, int renewed) {}

    /** Whether a grant was kept. */
    public enum Verdict {
        /** Every file of the set has a live link now. */
        SAVED,
        /** The grant lacks files that an earlier one offered: it is not the whole set, and nothing was saved. */
        INCOMPLETE,
        /** The lease was lost meanwhile; nothing was saved. */
        LEASE_LOST
    }

    /** The n-th file of a name: what makes files of one set the same across grants. */
    private record FileKey(String givenName, int occurrence) {}

    /**
     * Keeps the links of one answer. Links of an earlier grant that still live end as {@code renewed}.
     *
     * @param usableUntil from a link's expiry to the time, in our clock, after which we do not begin with it
     * @param handOn whether the lease ends with it, for whoever moves the bytes: the backup is {@code linked} then
     */
    public Saved save(Lease lease, Grant grant, Function<Expiry, Instant> usableUntil, boolean handOn, Instant now) {
        var offered = keys(grant.files());
        if (handOn && lease.isFirst()) {
            // nothing of it is known, so that one statement does
            return saved(
                    jdbi.withHandle(
                            handle -> insert(handle, lease, grant, offered, Files.none(), usableUntil, true, now)),
                    0);
        }
        return jdbi.inTransaction(handle -> {
            var known = held(handle, lease);
            if (known.isEmpty()) {
                return new Saved(Verdict.LEASE_LOST, 0);
            }
            var files = known.get();
            if (!new HashSet<>(offered).containsAll(files.ids().keySet())) {
                return new Saved(Verdict.INCOMPLETE, 0);
            }
            var renewed = files.ids().isEmpty()
                    ? 0
                    : endAll(handle, lease.backupId(), LinkState.RENEWED, "a newer grant replaced it", now);
            if (lease.state() == BackupState.PREPARING) {
                Preparations.endAll(handle, lease, now);
            }
            return saved(insert(handle, lease, grant, offered, files, usableUntil, handOn, now), renewed);
        });
    }

    private static Saved saved(boolean wasHeld, int renewed) {
        return new Saved(wasHeld ? Verdict.SAVED : Verdict.LEASE_LOST, renewed);
    }

    private static List<FileKey> keys(List<OfferedFile> files) {
        var seen = new HashMap<String, Integer>();
        return files.stream()
                .map(file -> StorableText.of(file.name()))
                .map(name -> new FileKey(name, seen.merge(name, 1, Integer::sum) - 1))
                .toList();
    }

    /**
     * The files of a set so far.
     *
     * @param storedNames in lower case
     */
    private record Files(Map<FileKey, Long> ids, Set<String> storedNames) {
        static Files none() {
            return new Files(new HashMap<>(), new HashSet<>());
        }
    }

    /** Locks the backup's row; empty when the lease is lost, else what follows in this transaction is fenced. */
    private static Optional<Files> held(Handle handle, Lease lease) {
        return handle.createQuery("""
                select f.id, f.given_name, f.occurrence, f.stored_name
                from backup b
                left join backup_file f on f.backup_id = b.id
                where b.id = :backup
                  and b.lease_epoch = :epoch
                  and b.lease_owner is not null
                for update of b
                """)
                .bind("backup", lease.backupId())
                .bind("epoch", lease.epoch())
                .reduceRows(Optional.<Files>empty(), (files, row) -> {
                    var all = files.orElseGet(Files::none);
                    var name = row.getColumn("given_name", String.class);
                    if (name != null) {
                        var key = new FileKey(name, row.getColumn("occurrence", Integer.class));
                        all.ids().put(key, row.getColumn("id", Long.class));
                        all.storedNames()
                                .add(row.getColumn("stored_name", String.class).toLowerCase(Locale.ROOT));
                    }
                    return Optional.of(all);
                });
    }

    /**
     * The new links, and the rows of files that no earlier grant has shown; and, where they are handed on, the lease's end.
     *
     * @return false when the lease was lost meanwhile: nothing was written
     */
    private static boolean insert(
            Handle handle,
            Lease lease,
            Grant grant,
            List<FileKey> offered,
            Files files,
            Function<Expiry, Instant> usableUntil,
            boolean handOn,
            Instant now) {
        var names = SafeName.ofAll(grant.files().stream().map(OfferedFile::name).toList());
        var storedNames = IntStream.range(0, offered.size())
                .mapToObj(i -> files.ids().containsKey(offered.get(i)) ? "" : free(names.get(i), files.storedNames()));
        var query = handOn
                ? Claims.release(handle, INSERTED.formatted("released"), lease, BackupState.LINKED, "", now, 0, now)
                : handle.createQuery("with held as (" + Claims.HELD + ")" + INSERTED.formatted("held")
                                + "select exists (select from held)")
                        .bind("backup", lease.backupId())
                        .bind("epoch", lease.epoch());
        return query.bind("files", offered.stream().map(files.ids()::get).toArray(Long[]::new))
                .bind("names", texts(offered.stream().map(FileKey::givenName)))
                .bind("occurrences", offered.stream().map(FileKey::occurrence).toArray(Integer[]::new))
                .bind("storedNames", texts(storedNames))
                .bind("sizes", grant.files().stream().map(Links::size).toArray(Long[]::new))
                .bind("issuedAt", grant.issuedAt())
                .bind("expires", texts(expiries(grant).map(Expiry::at).map(Instant::toString)))
                .bind("origins", texts(expiries(grant).map(Expiry::origin).map(Expiry.Origin::label)))
                .bind("usable", texts(expiries(grant).map(usableUntil).map(Instant::toString)))
                .bind(
                        "locations",
                        texts(grant.files().stream().map(file -> file.link().withoutQuery())))
                .bind(
                        "urls",
                        texts(grant.files().stream().map(file -> file.link().reveal())))
                .mapTo(Boolean.class)
                .one();
    }

    private static @Nullable Long size(OfferedFile file) {
        return file.size() == null ? null : file.size().bytes();
    }

    private static Stream<Expiry> expiries(Grant grant) {
        return grant.files().stream().map(OfferedFile::expiry);
    }

    private static String[] texts(Stream<String> texts) {
        return texts.map(StorableText::of).toArray(String[]::new);
    }

    /** A later grant may bring a file whose safe name an earlier one's file has already, be it in other letter case. */
    private static String free(String name, Set<String> taken) {
        var candidate = name;
        for (var n = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); n++) {
            candidate = n + "_" + name;
        }
        return candidate;
    }

    /** Ends one link; does nothing when it has ended already, or the lease was lost: the next owner judges it anew. */
    public boolean end(Lease lease, long linkId, LinkState state, String reason, Instant now) {
        return jdbi.withHandle(handle -> end(handle, lease, linkId, state, reason, now));
    }

    static boolean end(Handle handle, Lease lease, long linkId, LinkState state, String reason, Instant now) {
        return handle.createUpdate("""
                        update link
                        set state = :state, ended_at = :now, end_reason = :reason, url = null
                        from backup b
                        where link.id = :id
                          and link.state = 'live'
                          and b.id = :backup
                          and b.lease_epoch = :epoch
                        """)
                        .bind("id", linkId)
                        .bind("backup", lease.backupId())
                        .bind("epoch", lease.epoch())
                        .bind("state", state.label())
                        .bind("reason", reason)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /**
     * Ends whatever still lives of a backup's links, unless the lease was lost.
     *
     * @return how many
     */
    public int endAll(Lease lease, LinkState state, String reason, Instant now) {
        return jdbi.inTransaction(
                handle -> Claims.holds(handle, lease) ? endAll(handle, lease.backupId(), state, reason, now) : 0);
    }

    /** Ends whatever still lives of a backup's links. */
    static int endAll(Handle handle, long backupId, LinkState state, String reason, Instant now) {
        return handle.createUpdate("""
                update link
                set state = :state, ended_at = :now, end_reason = :reason, url = null
                from backup_file f
                where f.id = link.file_id
                  and f.backup_id = :backup
                  and link.state = 'live'
                """)
                .bind("backup", backupId)
                .bind("state", state.label())
                .bind("reason", reason)
                .bind("now", now)
                .execute();
    }

    /** The files of a backup in the provider's order, each with its live link if it has one. */
    public List<FileOfSet> files(Lease lease) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select f.id, f.given_name, f.stored_name, f.size_bytes,
                       l.id as link_id, l.url, l.issued_at, l.usable_until
                from backup_file f
                left join link l on l.file_id = f.id and l.state = 'live'
                where f.backup_id = :backup
                order by f.position, f.id
                """)
                .bind("backup", lease.backupId())
                .map((row, context) -> file(row))
                .list());
    }

    private static FileOfSet file(ResultSet row) throws SQLException {
        var url = row.getString("url");
        var link = url == null
                ? null
                : new LiveLink(
                        row.getLong("link_id"),
                        SignedUrl.of(url),
                        Sql.instant(row, "issued_at"),
                        Sql.instant(row, "usable_until"));
        return new FileOfSet(
                row.getLong("id"),
                row.getString("given_name"),
                row.getString("stored_name"),
                Sql.nullableBytes(row, "size_bytes"),
                link);
    }

    /**
     * Ends the links whose time ran out while nobody worked on their backup.
     *
     * @return how many ended, by source
     */
    public Map<SourceName, Integer> lapseOverdue(Instant now) {
        return jdbi.withHandle(handle -> handle
                .createQuery("""
                with lapsed as (
                  update link
                  set state = 'lapsed', ended_at = :now, end_reason = 'its time ran out unused', url = null
                  from backup_file f
                  join backup b on b.id = f.backup_id
                  join instance i on i.id = b.instance_id
                  where f.id = link.file_id
                    and link.state = 'live'
                    and link.usable_until <= :now
                    and (b.lease_until is null or b.lease_until <= now())
                  returning i.source)
                select source, count(*)
                from lapsed
                group by source
                """)
                .bind("now", now)
                .map((row, context) -> Map.entry(new SourceName(row.getString(1)), row.getInt(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** How many links of a file, counted back from the newest that ended, the store rejected although fresh. */
    public int rejectedInARow(long fileId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*)
                from link
                where file_id = :file
                  and state = 'rejected'
                  and id > coalesce(
                    (select max(id) from link where file_id = :file and state not in ('rejected', 'live')), 0)
                """)
                .bind("file", fileId)
                .mapTo(Integer.class)
                .one());
    }

    /**
     * The provider prepares the backup first: remembers the task, ends the lease, and looks again later.
     *
     * @return false when the lease was lost meanwhile
     */
    public boolean lookAgain(Lease lease, String task, Instant checkAfter, Instant now) {
        return jdbi.inTransaction(handle -> {
            if (!Claims.holds(handle, lease)) {
                return false;
            }
            Preparations.keep(handle, lease, task, now);
            return Claims.release(
                    handle, lease, BackupState.PREPARING, "the provider prepares it, task " + task, checkAfter, 0, now);
        });
    }
}
