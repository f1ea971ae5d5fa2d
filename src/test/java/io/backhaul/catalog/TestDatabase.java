package io.backhaul.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands each test a catalog in an empty database, on one real PostgreSQL for the whole process: the embedded one, which is
 * stopped and removed when the last test has ended. A database is emptied for another test, since making one takes
 * longer than most tests, unless it was asked for as {@link Fresh}.
 */
public final class TestDatabase implements ParameterResolver, AfterEachCallback {
    private static final Namespace ALL_TESTS = Namespace.create(TestDatabase.class);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TEMPLATE = "migrated";

    /** To truncate an empty table takes a hundred times as long as to see that it is empty. */
    private static final String EMPTY_ALL_TABLES = """
            do $$
            declare
              name text;
              has_rows boolean;
            begin
              for name in
                select tablename from pg_tables where schemaname = 'public' and tablename <> 'flyway_schema_history'
              loop
                execute format('select exists (select from %I)', name) into has_rows;
                if has_rows then
                  execute format('truncate %I cascade', name);
                end if;
              end loop;
              for name in select sequencename from pg_sequences where schemaname = 'public' and last_value is not null loop
                execute format('alter sequence %I restart', name);
              end loop;
            end $$
            """;

    private final List<Fresh> fresh = new ArrayList<>();
    private final List<Emptied> emptied = new ArrayList<>();

    /** A database that no test had before and none has after, and a catalog on it: anything may be done to it. */
    public record Fresh(DatabaseAddress address, Catalog catalog) {}

    /** A database and a catalog on it: its rows may be changed in any way, its tables are left as they were. */
    public record Emptied(DatabaseAddress address, Catalog catalog) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Catalog.class || type == Emptied.class || type == Fresh.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        if (type == Fresh.class) {
            var address = server(context).freshDatabase();
            fresh.add(new Fresh(address, Catalog.open(address, 10)));
            return fresh.getLast();
        }
        var address = server(context).emptyDatabase();
        emptied.add(new Emptied(address, Catalog.open(address, 10)));
        return type == Catalog.class ? emptied.getLast().catalog() : emptied.getLast();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (var database : fresh) {
            database.catalog().close();
        }
        for (var database : emptied) {
            database.catalog().close();
            server(context).takeBack(database.address());
        }
        fresh.clear();
        emptied.clear();
    }

    /** One for all classes of this process: the root's would be one for each class, as Maven runs them one by one. */
    private static Server server(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, ALL_TESTS)
                .computeIfAbsent("server", key -> new Server(), Server.class);
    }

    private static final class Server implements AutoCloseable {
        private final Path folder;
        private final EmbeddedPostgres postgres;
        private final Queue<DatabaseAddress> used = new ConcurrentLinkedQueue<>();

        Server() {
            try {
                folder = Files.createTempDirectory("backhaul-test-postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            postgres = EmbeddedPostgres.start(folder, Clock.systemUTC());
            execute(postgres.address(), "create database " + TEMPLATE);
            try (var template = Catalog.open(postgres.address(TEMPLATE), 2)) {
                template.migrate();
            }
        }

        DatabaseAddress emptyDatabase() {
            var address = used.poll();
            if (address == null) {
                return freshDatabase();
            }
            execute(address, EMPTY_ALL_TABLES);
            return address;
        }

        /** Nobody else is to be connected to it. */
        void takeBack(DatabaseAddress address) {
            used.add(address);
        }

        DatabaseAddress freshDatabase() {
            var name = "test_" + COUNT.incrementAndGet();
            execute(postgres.address(), "create database " + name + " template " + TEMPLATE);
            return postgres.address(name);
        }

        private static void execute(DatabaseAddress address, String sql) {
            try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        @Override
        public void close() throws IOException {
            postgres.close();
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
