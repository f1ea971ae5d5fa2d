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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands each test a catalog in a database of its own, on one real PostgreSQL for the whole run: the embedded one, which
 * is stopped and removed when the last test has ended.
 */
public final class TestDatabase implements ParameterResolver, AfterEachCallback {
    private static final Namespace ALL_TESTS = Namespace.create(TestDatabase.class);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TEMPLATE = "migrated";

    private final List<Fresh> open = new ArrayList<>();

    /** An empty, migrated database and a catalog on it. */
    public record Fresh(DatabaseAddress address, Catalog catalog) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Catalog.class || type == Fresh.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var address = server(context).freshDatabase();
        var fresh = new Fresh(address, Catalog.open(address, 10));
        open.add(fresh);
        return parameter.getParameter().getType() == Fresh.class ? fresh : fresh.catalog();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(fresh -> fresh.catalog().close());
        open.clear();
    }

    private static Server server(ExtensionContext context) {
        return context.getRoot().getStore(ALL_TESTS).computeIfAbsent("server", key -> new Server(), Server.class);
    }

    private static final class Server implements AutoCloseable {
        private final Path folder;
        private final EmbeddedPostgres postgres;

        Server() {
            try {
                folder = Files.createTempDirectory("backhaul-test-postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            postgres = EmbeddedPostgres.start(folder, Clock.systemUTC());
            execute("create database " + TEMPLATE);
            try (var template = Catalog.open(postgres.address(TEMPLATE), 2)) {
                template.migrate();
            }
        }

        DatabaseAddress freshDatabase() {
            var name = "test_" + COUNT.incrementAndGet();
            execute("create database " + name + " template " + TEMPLATE);
            return postgres.address(name);
        }

        private void execute(String sql) {
            var address = postgres.address();
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
