package io.backhaul.pipeline;

import io.backhaul.catalog.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The catalog's rows as they are, behind its back. */
record BenchDatabase(DatabaseAddress address) {
    /** One line for each row, its columns with {@code |} between; null is empty. */
    List<String> of(String select) {
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery(select)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                var cells = new ArrayList<String>();
                for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    var cell = rows.getString(column);
                    cells.add(cell == null ? "" : cell);
                }
                lines.add(String.join("|", cells));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(select, e);
        }
    }

    String one(String select) {
        return of(select).getFirst();
    }

    void change(String statement) {
        try (var connection = connect()) {
            connection.createStatement().executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** Every state, by backup. */
    List<String> states() {
        return of("select provider_id, state from backup order by provider_id");
    }

    /** When the first of the backups that are not settled is due; nothing when all are settled. */
    Optional<Instant> nextAttempt() {
        return of("""
                select to_char(min(next_attempt_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                from backup
                where state in ('waiting', 'preparing', 'linked', 'transferring')
                """).stream()
                .filter(line -> !line.isEmpty())
                .map(Instant::parse)
                .findFirst();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }
}
