package io.backhaul.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.catalog.TestDatabase.Fresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static int migrations() throws IOException {
        try (var files = Files.list(Path.of("migrations"))) {
            return Math.toIntExact(files.count());
        }
    }
}
