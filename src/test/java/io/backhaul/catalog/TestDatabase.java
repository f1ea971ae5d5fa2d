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
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands each test a catalog in an empty database, on one real PostgreSQL for the whole run: the embedded one, which is
 * stopped and removed when the last test has ended. A database that a test knew by its {@link Catalog} alone is emptied
 * for another test, since making one takes longer than most tests; one whose address a test knew may have been changed
 * in any way, and is not used again.
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

    private final List<Fresh> open = new ArrayList<>();
    private final List<Fresh> reusable = new ArrayList<>();

    /** An empty, migrated database that no test had before, and a catalog on it. */
    public record Fresh(DatabaseAddress address, Catalog catalog) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Catalog.class || type == Fresh.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == Fresh.class) {
            var fresh = opened(server(context).freshDatabase());
            open.add(fresh);
            return fresh;
        }
        var empty = opened(server(context).emptyDatabase());
        reusable.add(empty);
        return empty.catalog();
    }

    private static Fresh opened(DatabaseAddress address) {
        return new Fresh(address, Catalog.open(address, 10));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (var fresh : open) {
            fresh.catalog().close();
        }
        for (var empty : reusable) {
            empty.catalog().close();
            server(context).takeBack(empty.address());
        }
        open.clear();
        reusable.clear();
    }

    private static Server server(ExtensionContext context) {
        return context.getRoot().getStore(ALL_TESTS).computeIfAbsent("server", key -> new Server(), Server.class);
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
