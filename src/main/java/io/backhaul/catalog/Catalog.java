package io.backhaul.catalog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The state of everything, in PostgreSQL 14 or later. Opening connects to nothing yet, so that a database which is away
 * is a wait and not a crash; every part is safe for use by several threads. Methods throw {@link
 * org.jdbi.v3.core.JdbiException} when the database fails in the middle of work: nothing is half-written then.
 */
public final class Catalog implements AutoCloseable {
    /** The oldest server that has all we use. */
    private static final int OLDEST_MAJOR = 14;

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);
    /** Shorter than a stop may take: a daemon that waits for its database must hear that it should end. */
    private static final Duration REACH_PATIENCE = Duration.ofSeconds(5);

    /**
     * A node that is frozen, or loses its power, in the middle of a transaction must not keep what it has locked; Quartz'
     * lock, for one, is every node's. No startup parameters: PgBouncer refuses those, and a URL may have its own.
     */
    private static final String SESSION = """
            set idle_in_transaction_session_timeout = '60s';
            set tcp_keepalives_idle = 30;
            set tcp_keepalives_interval = 10;
            set tcp_keepalives_count = 3
            """;

    /** One holds Flyway's lock, one migrates. */
    private static final int MIGRATING = 2;

    private final DatabaseAddress address;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Catalog(DatabaseAddress address, HikariDataSource pool) {
        this.address = address;
        this.pool = pool;
        jdbi = Jdbi.create(pool).registerArgument(new StorableText());
        // links are arguments: an error may not repeat them
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
    }

    /**
     * Prepares a pool; connects to nothing yet.
     *
     * @param connections how many the pool may hold at most
     */
    public static Catalog open(DatabaseAddress address, int connections) {
        var config = connections(address, connections);
        config.setPoolName("catalog");
        config.setMinimumIdle(1);
        config.setConnectionInitSql(SESSION);
        return new Catalog(address, new HikariDataSource(config));
    }

    private static HikariConfig connections(DatabaseAddress address, int most) {
        var config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(most);
        config.setConnectionTimeout(CONNECT_PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "backhaul");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "60");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        // or an error repeats the rows that it is about, links among them
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return config;
    }

    /**
     * Tries one connection.
     *
     * @throws CatalogException when there is none, or the server is too old: why
     */
    public void requireReachable() {
        // Not from the pool: it would wait its whole patience for a server that refuses at once, and lose the reason.
        try (var connection = DriverManager.getConnection(address.url(), login())) {
            var major = connection.getMetaData().getDatabaseMajorVersion();
            if (major < OLDEST_MAJOR) {
                throw new CatalogException(
                        "PostgreSQL " + major + " at " + address + " is too old; use " + OLDEST_MAJOR + " or later");
            }
        } catch (SQLException e) {
            throw new CatalogException("cannot connect to " + address + ": " + e.getMessage(), e);
        }
    }

    private Properties login() {
        var login = new Properties();
        login.setProperty("user", address.user());
        login.setProperty("password", address.password());
        login.setProperty("ApplicationName", "backhaul");
        login.setProperty("connectTimeout", Long.toString(REACH_PATIENCE.toSeconds()));
        login.setProperty("socketTimeout", Long.toString(REACH_PATIENCE.toSeconds()));
        return login;
    }

    /**
     * Brings the schema to this version; does nothing when it is there already.
     *
     * @return how many migrations were applied
     */
    public int migrate() {
        // not the catalog's: Flyway locks in a transaction that idles for as long as a migration takes
        var connections = connections(address, MIGRATING);
        connections.setPoolName("migration");
        try (var migrating = new HikariDataSource(connections)) {
            return flyway(migrating).migrate().migrationsExecuted;
        }
    }

    private static Flyway flyway(DataSource database) {
        return Flyway.configure(Catalog.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:io/backhaul/migrations")
                .validateMigrationNaming(true)
                .load();
    }

    /**
     * Lets the pool report its use.
     *
     * @param meterRegistry one of Micrometer's; this package does not know its type
     */
    public void measure(Object meterRegistry) {
        pool.setMetricRegistry(meterRegistry);
    }

    /**
     * Refuses a database that is away, or a schema that this version did not make.
     *
     * @throws CatalogException when there is no connection, or migrations are missing: what to run
     */
    public void requireMigrated() {
        requireReachable();
        var pending = flyway(pool).info().pending().length;
        if (pending > 0) {
            throw new CatalogException("the schema at " + address + " lacks " + pending
                    + " migrations; start the daemon, or run `backhaul migrate`");
        }
    }

    /** What the server is, and how it is set. */
    public ServerFacts server() {
        return ServerFacts.of(jdbi);
    }

    /** For Quartz, whose tables live in the same database, and for pool metrics. */
    public DataSource dataSource() {
        return pool;
    }

    public Listings listings() {
        return new Listings(jdbi);
    }

    public Claims claims() {
        return new Claims(jdbi);
    }

    public Links links() {
        return new Links(jdbi);
    }

    public Attempts attempts() {
        return new Attempts(jdbi);
    }

    public Nodes nodes() {
        return new Nodes(jdbi);
    }

    public ArchiveStates archives() {
        return new ArchiveStates(jdbi);
    }

    public Reports reports() {
        return new Reports(jdbi);
    }

    public Histories histories() {
        return new Histories(jdbi);
    }

    @Override
    public void close() {
        pool.close();
    }
}
