package io.backhaul.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Site;
import io.backhaul.app.Finding.Verdict;
import io.backhaul.catalog.DatabaseAddress;
import io.backhaul.catalog.ServerFacts;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.config.BackhaulConfig;
import io.backhaul.config.ConfigFile;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a server, for facts as they may be and as a real one tells them. The site's node has three slots. */
@ExtendWith(TestDatabase.class)
class DatabaseCheckTest {
    private static final int NEEDED = 3 + Daemon.SPARE_CONNECTIONS;
    private static final DatabaseAddress ANY = new DatabaseAddress("jdbc:postgresql://db/backhaul", "u", "p");

    private final Site site;

    DatabaseCheckTest(@TempDir Path folder) {
        site = new Site(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void aServerThatIsWellIsOneLine() {
        var server = new ServerFacts("18.6", "UTF8", false, true, true, true, "on", NEEDED, 0);

        assertThat(judged(server)).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.OK);
            assertThat(finding.what()).contains("PostgreSQL 18.6", "needed at most " + NEEDED);
        });
    }

    @Test
    void whatCannotWorkFails() {
        var server = new ServerFacts("18.6", "SQL_ASCII", true, false, true, true, "on", NEEDED - 1, 0);

        assertThat(judged(server))
                .filteredOn(finding -> finding.verdict() == Verdict.FAILED)
                .extracting(Finding::what)
                .containsExactly(
                        "it can only be read",
                        "the role may not create tables, so the schema cannot be brought up to date",
                        "its encoding is SQL_ASCII, which cannot keep every name",
                        "the role can have 14 connections, and 15 are needed");
    }

    @Test
    void whatMayBreakOneDayIsAWarning() {
        var server = new ServerFacts("18.6", "UTF8", false, true, false, true, "off", 20, 6);

        assertThat(judged(server))
                .filteredOn(finding -> finding.verdict() == Verdict.WARNING)
                .extracting(Finding::what)
                .containsExactly(
                        "others use 6 of 20 connections, and 15 are needed",
                        "fsync or full_page_writes is off: a power cut can destroy the catalog",
                        "synchronous_commit is off: a crash can lose the last moments of the history");
    }

    @Test
    void aRealServerTellsItsSettings(TestDatabase.Fresh database) {
        var server = database.catalog().server();

        assertThat(server.version()).startsWith("18");
        assertThat(server.encoding()).isEqualTo("UTF8");
        assertThat(server.isReadOnly()).isFalse();
        assertThat(server.mayCreate()).isTrue();
        assertThat(server.fsync() && server.fullPageWrites()).isTrue();
        assertThat(server.synchronousCommit()).isEqualTo("on");
        assertThat(server.connections()).isEqualTo(100);
    }

    @Test
    void aRoleThatMayOnlyReadWithFewConnectionsIsToldSo(TestDatabase.Fresh database) throws SQLException {
        var admin = database.address();
        var role = "reader_" + admin.url().replaceAll(".*/", "");
        try (var connection = DriverManager.getConnection(admin.url(), admin.user(), admin.password());
                var statement = connection.createStatement()) {
            statement.execute("create role " + role + " login password 'p' connection limit 9");
            statement.execute("alter role " + role + " set default_transaction_read_only = on");
        }
        var reader = new DatabaseAddress(admin.url(), role, "p");

        assertThat(new DatabaseCheck(config(reader)).examine())
                .extracting(Finding::what)
                .anyMatch(what -> what.equals("it can only be read"))
                .anyMatch(what -> what.startsWith("the role may not create tables"))
                .anyMatch(what -> what.equals("the role can have 9 connections, and 15 are needed"));
    }

    private List<Finding> judged(ServerFacts server) {
        return new DatabaseCheck(config(ANY)).judge(server);
    }

    private BackhaulConfig config(DatabaseAddress database) {
        return ConfigFile.read(site.config("a", database), Map.of(), cron -> Optional.empty());
    }
}
