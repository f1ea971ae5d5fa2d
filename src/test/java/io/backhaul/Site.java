package io.backhaul;

import io.backhaul.catalog.DatabaseAddress;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.SimulatedCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** An operator's site for whole daemons: a cloud by the wall clock, an archive, and configuration files for both. */
public final class Site implements AutoCloseable {
    public static final String INSTANCE = "5560df16-cebf-4473-95c4-d1b573c16e79";
    public static final String SECRET = "the-secret-key-of-the-site";

    private static final String KEY = "AKIDOFTHESITE0000001";
    private static final String PROJECT = "0123456789abcdef0123456789abcdef";

    public final SimulatedCloud cloud = new SimulatedCloud(CloudSettings.of(KEY, SECRET, PROJECT, Clock.systemUTC()));
    private final Path folder;

    public Site(Path folder) {
        this.folder = folder;
        cloud.start();
        cloud.dcs().add(DcsInstance.masterStandby(INSTANCE, "cache", "6.0", 4));
    }

    /** A backup of one file, {@code <id>.rdb}. */
    public void addBackup(String id, Content content) {
        var made = Clock.systemUTC().instant().minus(Duration.ofHours(1));
        cloud.dcs().add(INSTANCE, DcsBackup.of(id, made, List.of(BackupFile.inParts(id + ".rdb", content))));
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    public ArchiveOnDisk archive() {
        return new ArchiveOnDisk(path("archive"));
    }

    /** A configuration on the embedded database. */
    public Path config(String node) {
        return config(node, "", SECRET);
    }

    /** A configuration on a database of somebody else's. */
    public Path config(String node, DatabaseAddress database) {
        return config(node, database, SECRET);
    }

    public Path config(String node, DatabaseAddress database, String secret) {
        return config(node, """
                database:
                  url: %s
                  user: %s
                  password: %s
                """.formatted(database.url(), database.user(), database.password()), secret);
    }

    private Path config(String node, String database, String secret) {
        var text = """
                state-dir: %s-state
                %sadmin: {listen: "127.0.0.1:0"}
                transfer: {concurrency: 3}
                archives:
                  - {name: local, type: filesystem, directory: archive}
                sources:
                  - name: prod-redis
                    provider: huawei-dcs
                    endpoint: %s
                    project-id: %s
                    credentials: {access-key: %s, secret-key: %s}
                    schedule: "0/10 * * * * ?"
                    archives: [local]
                """.formatted(node, database, cloud.endpoint(), PROJECT, KEY, secret);
        try {
            return Files.writeString(path(node + ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cloud.close();
    }
}
