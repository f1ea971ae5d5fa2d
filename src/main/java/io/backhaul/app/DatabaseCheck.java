package io.backhaul.app;

import io.backhaul.app.Finding.Area;
import io.backhaul.app.Finding.Remedy;
import io.backhaul.catalog.CatalogException;
import io.backhaul.catalog.ServerFacts;
import io.backhaul.config.BackhaulConfig;
import java.util.ArrayList;
import java.util.List;

/** Tries the catalog's database: whether it answers, may be written, survives a power cut, and has room for the pool. */
final class DatabaseCheck {
    private static final String WHO = "database administrator";

    private final BackhaulConfig config;
    private final String subject;

    DatabaseCheck(BackhaulConfig config) {
        this.config = config;
        this.subject = config.database() == null
                ? "embedded under " + config.stateDir()
                : config.database().url();
    }

    /** One line for the server, and one for each setting that is wrong. */
    List<Finding> examine() {
        try (var open = OpenCatalog.of(config)) {
            open.catalog().requireReachable();
            return judge(open.catalog().server());
        } catch (CatalogException | StateDirectoryException e) {
            return List.of(Finding.failed(Area.DATABASE, subject, String.valueOf(e.getMessage()), away()));
        }
    }

    List<Finding> judge(ServerFacts server) {
        var findings = new ArrayList<Finding>();
        var needed = config.transfer().concurrency() + Daemon.SPARE_CONNECTIONS;
        findings.add(Finding.ok(
                Area.DATABASE,
                subject,
                "PostgreSQL " + server.version() + " answers; connections " + server.connections() + ", used by others "
                        + server.othersConnected() + ", needed at most " + needed));
        if (server.isReadOnly()) {
            findings.add(failed("it can only be read", "name the primary server, and let the role write"));
        }
        if (!server.mayCreate()) {
            findings.add(failed(
                    "the role may not create tables, so the schema cannot be brought up to date",
                    "make the role of database.user the owner of the database"));
        }
        if (!server.encoding().equals("UTF8")) {
            findings.add(failed(
                    "its encoding is " + server.encoding() + ", which cannot keep every name",
                    "create the database anew with encoding UTF8"));
        }
        if (server.connections() < needed) {
            findings.add(failed(
                    "the role can have " + server.connections() + " connections, and " + needed + " are needed",
                    "raise max_connections or the role's limit, or let the operator lower transfer.concurrency"));
        } else if (server.connections() - server.othersConnected() < needed) {
            findings.add(warning(
                    "others use " + server.othersConnected() + " of " + server.connections() + " connections, and "
                            + needed + " are needed",
                    "raise max_connections"));
        }
        if (!server.fsync() || !server.fullPageWrites()) {
            findings.add(warning(
                    "fsync or full_page_writes is off: a power cut can destroy the catalog",
                    "set both on; sets in the archives are safe either way"));
        }
        if (server.synchronousCommit().equals("off")) {
            findings.add(warning(
                    "synchronous_commit is off: a crash can lose the last moments of the history",
                    "set it on for the role of database.user"));
        }
        return findings;
    }

    private Finding failed(String what, String how) {
        return Finding.failed(Area.DATABASE, subject, what, remedy(how));
    }

    private Finding warning(String what, String how) {
        return Finding.warning(Area.DATABASE, subject, what, remedy(how));
    }

    private static Remedy remedy(String how) {
        return new Remedy("database-settings", WHO, how, List.of("database.url"));
    }

    private Remedy away() {
        return config.database() == null
                ? new Remedy(
                        "database",
                        "host administrator",
                        "let Backhaul's user write state-dir, and see its log under postgres",
                        List.of("state-dir"))
                : new Remedy(
                        "database",
                        WHO,
                        "start it and let database.user in; if the address is wrong, the operator corrects database.url",
                        List.of("database.url", "database.user", "database.password"));
    }
}
