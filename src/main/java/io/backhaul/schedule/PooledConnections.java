package io.backhaul.schedule;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.utils.ConnectionProvider;

/** Lends Quartz connections of the catalog's pool, so that both see one database and one limit. */
record PooledConnections(DataSource pool) implements ConnectionProvider {
    /** Quartz interrupts its thread to stop it; what that thread has begun to write is still to be written. */
    @Override
    public Connection getConnection() throws SQLException {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return pool.getConnection();
                } catch (SQLException e) {
                    if (!Thread.interrupted()) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The catalog opened the pool and closes it. */
    @Override
    public void shutdown() {}

    @Override
    public void initialize() {}
}
