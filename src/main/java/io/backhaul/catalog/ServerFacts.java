package io.backhaul.catalog;

import org.jdbi.v3.core.Jdbi;

/**
 * What a PostgreSQL server is, and how it is set, as far as the catalog's safety depends on it.
 *
 * @param version such as {@code 18.6}
 * @param encoding of the database, such as {@code UTF8}
 * @param isReadOnly a standby, or a role or database that may only read
 * @param mayCreate whether migrations can make tables
 * @param fsync, fullPageWrites whether the server survives a power cut
 * @param synchronousCommit {@code on}, {@code off} or one of the words between
 * @param connections that this role could have at most
 * @param othersConnected sessions of anything but Backhaul just now, which take from them
 */
public record ServerFacts(
        String version,
        String encoding,
        boolean isReadOnly,
        boolean mayCreate,
        boolean fsync,
        boolean fullPageWrites,
        String synchronousCommit,
        int connections,
        int othersConnected) {
    static ServerFacts of(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select current_setting('server_version') as version,
                       current_setting('server_encoding') as encoding,
                       current_setting('transaction_read_only')::boolean as read_only,
                       coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_create,
                       current_setting('fsync')::boolean as fsync,
                       current_setting('full_page_writes')::boolean as full_page_writes,
                       current_setting('synchronous_commit') as synchronous_commit,
                       case
                         when role.rolsuper then current_setting('max_connections')::integer
                         else least(
                           current_setting('max_connections')::integer
                             - current_setting('superuser_reserved_connections')::integer,
                           nullif(role.rolconnlimit, -1))
                       end as connections,
                       (select count(*)
                        from pg_stat_activity
                        where datid is not null
                          and application_name <> 'backhaul') as others_connected
                from pg_roles role
                where role.rolname = current_user
                """)
                .map((row, context) -> new ServerFacts(
                        row.getString("version"),
                        row.getString("encoding"),
                        row.getBoolean("read_only"),
                        row.getBoolean("may_create"),
                        row.getBoolean("fsync"),
                        row.getBoolean("full_page_writes"),
                        row.getString("synchronous_commit"),
                        row.getInt("connections"),
                        row.getInt("others_connected")))
                .one());
    }
}
