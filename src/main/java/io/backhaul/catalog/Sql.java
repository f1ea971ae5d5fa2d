package io.backhaul.catalog;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How our values stand in columns, in both directions. */
final class Sql {
    /** Selects {@code b.given} as text pairs, for {@link #given}. */
    static final String GIVEN = "array(select unnest(array[key, value]) from jsonb_each_text(b.given)) as given";

    private Sql() {}

    static BackupRef ref(ResultSet row) throws SQLException {
        return new BackupRef(
                new SourceName(row.getString("source")),
                new InstanceId(row.getString("instance")),
                new BackupId(row.getString("backup")));
    }

    static BackupState state(ResultSet row) throws SQLException {
        return BackupState.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
        var timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    static @Nullable ByteCount nullableBytes(ResultSet row, String column) throws SQLException {
        var bytes = row.getLong(column);
        return row.wasNull() ? null : new ByteCount(bytes);
    }

    static Map<String, String> given(ResultSet row) throws SQLException {
        var pairs = (String[]) row.getArray("given").getArray();
        var given = new LinkedHashMap<String, String>();
        for (var i = 0; i < pairs.length; i += 2) {
            given.put(pairs[i], pairs[i + 1]);
        }
        return given;
    }

    static String[] keys(Map<String, String> given) {
        return given.keySet().stream().map(StorableText::of).toArray(String[]::new);
    }

    static String[] values(Map<String, String> given) {
        return given.values().stream().map(StorableText::of).toArray(String[]::new);
    }
}
