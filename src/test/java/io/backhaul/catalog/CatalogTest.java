package io.backhaul.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.catalog.TestDatabase.Fresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reaching the database, and the schema in it. */
@ExtendWith(TestDatabase.class)
class CatalogTest {
    private final Fresh fresh;
    private final Jdbi sql;

    CatalogTest(Fresh fresh) {
        this.fresh = fresh;
        sql = Jdbi.create(fresh.catalog().dataSource());
    }

    @Test
    void aWrongPasswordIsSaidWithoutSayingIt() {
        var wrong = new DatabaseAddress(fresh.address().url(), fresh.address().user(), "the-wrong-password");

        try (var catalog = Catalog.open(wrong, 1)) {
            assertThatThrownBy(catalog::requireReachable)
                    .isInstanceOf(CatalogException.class)
                    .hasMessageStartingWith(
                            "cannot connect to " + fresh.address().url() + " user=backhaul: ")
                    .hasMessageContaining("password authentication failed for user \"backhaul\"")
                    .hasMessageNotContaining("the-wrong-password");
        }
    }

    @Test
    void anAddressPrintsNeitherPasswordNorOptions() {
        var address = new DatabaseAddress("jdbc:postgresql://db/backhaul?sslpassword=secret", "backhaul", "geheim");

        assertThat(address).hasToString("jdbc:postgresql://db/backhaul user=backhaul");
    }

    @Test
    void aServerThatIsAwayIsSaidAndOpeningDoesNotNeedIt() {
        var nowhere = new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/backhaul", "backhaul", "geheim");

        try (var catalog = Catalog.open(nowhere, 1)) {
            assertThatThrownBy(catalog::requireMigrated)
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/backhaul user=backhaul")
                    .hasMessageContaining("refused")
                    .hasMessageNotContaining("geheim");
        }
    }

    @Test
    void aSchemaThatIsThereIsNotMigratedAgain() {
        assertThat(fresh.catalog().migrate()).isZero();
        assertThatCode(fresh.catalog()::requireMigrated).doesNotThrowAnyException();
    }

    @Test
    void aSchemaThatIsNotThereIsRefusedAndMadeOnce() throws IOException {
        var migrations = migrations();
        sql.useHandle(handle -> handle.execute("drop schema public cascade; create schema public"));

        assertThatThrownBy(fresh.catalog()::requireMigrated)
                .isInstanceOf(CatalogException.class)
                .hasMessage("the schema at " + fresh.address() + " lacks " + migrations
                        + " migrations; start the daemon, or run `backhaul migrate`");
        assertThat(fresh.catalog().migrate()).isEqualTo(migrations);
        assertThat(fresh.catalog().migrate()).isZero();
    }

    @Test
    void aNodeThatIsFrozenInATransactionKeepsItsLocksForAMinute() {
        assertThat(List.of(
                        setting("idle_in_transaction_session_timeout"),
                        setting("tcp_keepalives_idle"),
                        setting("tcp_keepalives_interval"),
                        setting("tcp_keepalives_count")))
                .containsExactly("1min", "30", "10", "3");
    }

    @Test
    void theOptionsOfAUrlAreKept() {
        var url = fresh.address().url() + "?options=-c%20statement_timeout=77s";
        var address =
                new DatabaseAddress(url, fresh.address().user(), fresh.address().password());

        try (var catalog = Catalog.open(address, 1)) {
            assertThat(setting(Jdbi.create(catalog.dataSource()), "statement_timeout"))
                    .isEqualTo("77s");
            assertThat(setting(Jdbi.create(catalog.dataSource()), "idle_in_transaction_session_timeout"))
                    .isEqualTo("1min");
        }
    }

    /** Flyway keeps its lock in a transaction that idles while a migration runs. */
    @Test
    void aMigrationMayTakeLonger() throws SQLException {
        try (var connection = fresh.catalog().dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    drop schema public cascade;
                    create schema public;
                    create schema seen;
                    create table seen.time_out (value text);
                    create function seen.note() returns event_trigger language plpgsql as $$
                    begin
                      insert into seen.time_out values (current_setting('idle_in_transaction_session_timeout'));
                    end $$;
                    create event trigger seen on ddl_command_start execute function seen.note()
                    """);
        }

        fresh.catalog().migrate();

        List<String> seen = sql.withHandle(handle -> handle.createQuery("select distinct value from seen.time_out")
                .mapTo(String.class)
                .list());
        assertThat(seen).containsExactly("0");
    }

    private String setting(String name) {
        return setting(sql, name);
    }

    private static String setting(Jdbi sql, String name) {
        return sql.withHandle(
                handle -> handle.createQuery("show " + name).mapTo(String.class).one());
    }

    private static int migrations() throws IOException {
        try (var files = Files.list(Path.of("migrations"))) {
            return Math.toIntExact(files.count());
        }
    }
}
