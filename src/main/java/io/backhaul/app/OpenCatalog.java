package io.backhaul.app;

import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.DatabaseAddress;
import io.backhaul.catalog.EmbeddedPostgres;
import io.backhaul.config.BackhaulConfig;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The configured catalog for a command that is no daemon: the external database, the embedded one of the daemon that
 * runs, or, when none runs, the embedded one started for as long as the command takes.
 */
public final class OpenCatalog implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    private final Catalog catalog;
    private final @Nullable StateDirectory state;
    private final @Nullable EmbeddedPostgres postgres;

    private OpenCatalog(Catalog catalog, @Nullable StateDirectory state, @Nullable EmbeddedPostgres postgres) {
        this.catalog = catalog;
        this.state = state;
        this.postgres = postgres;
    }

    /** Opens it as the configuration says; whether the database answers is not asked yet. */
    public static OpenCatalog of(BackhaulConfig config) {
        var database = config.database();
        if (database != null) {
            var address = new DatabaseAddress(
                    database.url(), database.user(), database.password().reveal());
            return new OpenCatalog(Catalog.open(address, CONNECTIONS), null, null);
        }
        var state = StateDirectory.take(config.stateDir()).orElse(null);
        if (state == null) {
            return new OpenCatalog(Catalog.open(EmbeddedPostgres.running(config.stateDir()), CONNECTIONS), null, null);
        }
        var postgres = EmbeddedPostgres.start(config.stateDir(), Clock.systemUTC());
        return new OpenCatalog(Catalog.open(postgres.address(), CONNECTIONS), state, postgres);
    }

    public Catalog catalog() {
        return catalog;
    }

    @Override
    public void close() {
        catalog.close();
        if (postgres != null) {
            postgres.close();
        }
        if (state != null) {
            state.close();
        }
    }
}
