import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.RecordedRequest;
import io.backhaul.simulator.SimulatedCloud;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A simulated cloud with many small backups, for {@code daemon.sh}: writes a configuration that brings them home, says
 * {@code ready}, and lives until its standard input ends. Each line there adds as many backups again, and is answered by
 * {@code listed} and the time, in milliseconds of the epoch, at which they were first asked for. Its links lead to
 * another server, which has a file of that name and size for each.
 *
 * <p>Words: how many backups, bytes of each, the folder for the configuration, state and archive, the admin port, the
 * files' server.
 */
final class ManyBackups {
    private static final String KEY = "BENCHACCESSKEY000001";
    private static final String SECRET = "secret-of-the-simulated-bench";
    private static final String PROJECT = "0123456789abcdef0123456789abcdef";
    private static final String INSTANCE = "5560df16-cebf-4473-95c4-d1b573c16e79";

    public static void main(String[] words) throws Exception {
        var count = Integer.parseInt(words[0]);
        var bytes = Integer.parseInt(words[1]);
        var folder = Path.of(words[2]);
        var clock = Clock.systemUTC();
        try (var cloud = new SimulatedCloud(CloudSettings.of(KEY, SECRET, PROJECT, clock)
                .withFilesAt(URI.create(words[4])))) {
            cloud.start();
            cloud.dcs().add(DcsInstance.masterStandby(INSTANCE, "cache", "6.0", 4));
            add(cloud, 0, count, bytes, clock);
            Files.writeString(folder.resolve("backhaul.yaml"), """
                    state-dir: state
                    admin: {listen: "127.0.0.1:%s"}
                    transfer: {concurrency: 16}
                    archives: [{name: local, type: filesystem, directory: archive}]
                    sources:
                      - name: bench
                        provider: huawei-dcs
                        endpoint: %s
                        project-id: %s
                        credentials: {access-key: %s, secret-key: %s}
                        allow-hosts: [127.0.0.1]
                        schedule: 0 * * * * ?
                        retention-hint: 30d
                        requests-per-second: 1000
                    """.formatted(words[3], cloud.endpoint(), PROJECT, KEY, SECRET));
            System.out.println("ready");
            var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (var all = count; lines.readLine() != null; all += count) {
                add(cloud, all, count, bytes, clock);
                System.out.println("listed " + nextListing(cloud, clock.instant()).toEpochMilli());
            }
        }
    }

    /** Backups from a number on; the files' names begin again with every {@code count}. */
    private static void add(SimulatedCloud cloud, int from, int count, int bytes, Clock clock) {
        for (var n = 0; n < count; n++) {
            var file = BackupFile.of(n + ".bin", Content.generated(n, bytes));
            var made = clock.instant().minus(Duration.ofMinutes(5 + from + n));
            cloud.dcs().add(INSTANCE, DcsBackup.of("b" + (from + n), made, List.of(file)));
        }
    }

    private static Instant nextListing(SimulatedCloud cloud, Instant after) throws InterruptedException {
        while (true) {
            var listed = cloud.journal().requests().stream()
                    .filter(request -> request.path().endsWith("/backups") && request.at().isAfter(after))
                    .map(RecordedRequest::at)
                    .findFirst();
            if (listed.isPresent()) {
                return listed.get();
            }
            Thread.sleep(100);
        }
    }

    private ManyBackups() {}
}
