package io.backhaul.schedule;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.utils.ConnectionProvider;

/** Lends Quartz connections of the catalog's pool, so that both see one database and one limit. */
record PooledConnections(DataSource pool) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
        return pool.getConnection();
    }

    /** The catalog opened the pool and closes it. */
    @Override
    public void shutdown() {}

    @Override
    public void initialize() {}
}
