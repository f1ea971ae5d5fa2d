package io.backhaul.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ArchiveOnDisk;
import io.backhaul.catalog.DatabaseAddress;
import io.backhaul.catalog.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as anybody sees it first, and that it gives no secret away. */
class DemoTest {
    /** Keys, passwords and tokens, what a signature looks like on the wire, and the queries of links. */
    private static final List<String> SECRETS = List.of(
            "DEMOACCESSKEY0000001",
            "AKIDdemo0000000000000000000000000001",
            "LTAIdemo000000000001",
            "STS.demo000000000002",
            "demo-secret-key",
            "demo-password",
            "demo-session-token",
            "X-Auth-Token",
            "Signature=",
            "signature=",
            "AWSAccessKeyId",
            "OSSAccessKeyId",
            "AccessKeyId=",
            "q-ak=",
            "q-sign",
            "dump.rdb?",
            "Authorization",
            "SDK-HMAC-SHA256",
            "TC3-HMAC-SHA256",
            "ACS3-HMAC-SHA256",
            "?Expires=",
            "&Expires=");

    /** Sets by source: what the clouds hold, less what they lose and what had expired before. */
    private static final Map<String, Integer> SETS = Map.of(
            "huawei-redis", 11,
            "huawei-graphs", 3,
            "tencent-redis", 6,
            "tencent-redis-v2", 5,
            "alibaba-oceanbase", 4,
            "alibaba-oceanbase-rpc", 2);

    private static final List<String> HAVE_LONG_FILES =
            List.of("huawei-redis", "tencent-redis-v2", "alibaba-oceanbase", "alibaba-oceanbase-rpc");

    private static final int ALL_SETS = 31;
    private static final int ALL_BACKUPS = 52;

    private static final String BACKUP = "00000003-0000-4000-8000-000000000001";

    @TempDir
    private Path folder;

    @Test
    void theDemoBringsEverythingHomeTellsItsStoryAndNoSecret() throws Exception {
        var demo = folder.resolve("demo");
        var config = demo.resolve("backhaul.yaml").toString();
        try (var child = Child.start("demo", "--once", "--dir", demo.toString())) {
            child.awaitLine("status page: ");
            var metrics = get(addressIn(child.output()) + "metrics");
            var page = get(addressIn(child.output()));
            assertThat(child.exitCode(Duration.ofSeconds(90)))
                    .as(child.output())
                    .isZero();
            assertThat(child.output())
                    .contains("links granted", "the provider prepares it first", "archived backup=", "sha256sum -c")
                    .containsOnlyOnce(
                            "backup lost: the provider no longer has it backup=tencent-redis/crs-orders01/orders-4");
            assertTheTableCountsEverySource(child.output());
            assertNoSecret("what it prints", child.output());
            assertNoSecret("metrics", metrics);
            assertNoSecret("status page", page);
        }
        assertTheArchiveIsWholeAndSilent(new ArchiveOnDisk(demo.resolve("archive")));
        assertTheDatabaseIsSilent(demo.resolve("state"));

        assertThat(Cli.run("list", "--config", config).out().lines()).hasSize(ALL_BACKUPS + 1);
        assertThat(Cli.run("show", BACKUP, "--config", config).out()).contains("archived", "spent");
        try (var daemon = Child.start("run", "--config", config)) {
            daemon.awaitLine("daemon up");
            assertTheStoryIsTold(config);
            // Its cloud is no more: what it says about that must be silent too.
            daemon.awaitLine("listing incomplete");
            daemon.terminate();
            assertThat(daemon.exitCode(Duration.ofSeconds(10))).isZero();
            assertNoSecret("a daemon without its cloud", daemon.output());
        }
    }

    @Test
    void aFolderThatIsNoDemoIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve("precious"), "mine");

        try (var child = Child.start("demo", "--once", "--dir", folder.toString())) {
            assertThat(child.exitCode(Duration.ofSeconds(30))).isEqualTo(2);
            assertThat(child.output()).contains("holds no demo").doesNotContain("Exception");
        }
        assertThat(folder).isDirectoryContaining("glob:**precious");
    }

    private static void assertTheStoryIsTold(String config) {
        var list = Cli.run("list", "--config", config);
        assertThat(list.out().lines()).hasSize(ALL_BACKUPS + 1);
        assertThat(json("list", "--json", "--config", config)).hasSize(ALL_BACKUPS);
        assertThat(json("list", "--json", "--state", "gone", "--config", config).findValuesAsString("backup"))
                .containsExactly("orders-4");

        var show = Cli.run("show", BACKUP, "--config", config);
        assertThat(show.out()).contains("archived", "SHA-256", "spent", "complete");
        var story = json("show", BACKUP, "--json", "--config", config);
        assertThat(story.get("links").size()).isGreaterThan(1);
        assertThat(story.get("attempts").size()).isGreaterThan(1);

        assertThat(Cli.run("status", "--config", config).out()).contains("11 archived", "1 gone", "met");
        var archived = new HashMap<String, Integer>();
        json("status", "--json", "--config", config)
                .get("sources")
                .forEach(source -> archived.put(
                        source.get("source").asString(),
                        source.at("/backups/archived").asInt()));
        assertThat(archived).isEqualTo(SETS);

        var unknown = Cli.run("show", "no-such-backup", "--config", config);
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err().lines()).hasSize(1);
        assertThat(unknown.err()).contains("no backup \"no-such-backup\"", "backhaul list");
        assertNoSecret("the commands", list.out() + show.out() + story);
    }

    /** Each source that has a file larger than its link lives has seen links expire, and has asked for new ones. */
    private static void assertTheTableCountsEverySource(String output) {
        var rows = output.lines()
                .dropWhile(line -> !line.startsWith("SOURCE "))
                .skip(1)
                .limit(SETS.size() + 1)
                .map(line -> List.of(line.split(" {2,}")))
                .toList();
        assertThat(rows).hasSize(SETS.size() + 1);
        for (var row : rows.subList(0, SETS.size())) {
            var source = row.getFirst();
            assertThat(row.get(1)).as(source).isEqualTo("" + SETS.get(source));
            assertThat(row.get(2)).as(source).isEqualTo(source.equals("tencent-redis") ? "1" : "0");
            assertThat(row.get(3)).as(source).isEqualTo(source.equals("tencent-redis-v2") ? "20" : "0");
            if (HAVE_LONG_FILES.contains(source)) {
                assertThat(Integer.parseInt(row.get(7))).as(source + " expired").isPositive();
                assertThat(Integer.parseInt(row.get(8))).as(source + " renewed").isPositive();
            }
        }
        assertThat(rows.getLast()).startsWith("all", "" + ALL_SETS, "1", "20");
    }

    private static JsonNode json(String... arguments) {
        var cli = Cli.run(arguments);
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        return JsonMapper.builder().build().readTree(cli.out());
    }

    private static void assertTheArchiveIsWholeAndSilent(ArchiveOnDisk archive) throws IOException {
        archive.assertEverySetIsWhole();
        assertThat(archive.sets()).hasSize(ALL_SETS);
        for (var set : archive.sets()) {
            assertNoSecret("manifest of " + set, Files.readString(set.resolve("manifest.json")));
        }
    }

    private static void assertTheDatabaseIsSilent(Path state) throws SQLException, IOException {
        try (var postgres = EmbeddedPostgres.start(state, Clock.systemUTC())) {
            var dump = dump(postgres.address());
            assertThat(dump).hasSizeGreaterThan(10_000).contains(BACKUP);
            assertNoSecret("database", dump);
            assertNoSecret("server log", Files.readString(state.resolve("postgres/postgresql.log")));
        }
    }

    /** Every row of every table as text, bytes readable too. */
    private static String dump(DatabaseAddress address) throws SQLException {
        var dump = new StringBuilder();
        try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password())) {
            for (var table : rows(connection, """
                    select table_name from information_schema.tables where table_schema = 'public'
                    """)) {
                rows(connection, "select t::text from " + table + " t")
                        .forEach(row -> dump.append(row).append('\n'));
            }
            for (var table : List.of("qrtz_job_details", "qrtz_triggers")) {
                rows(connection, "select coalesce(encode(job_data, 'escape'), '') from " + table)
                        .forEach(row -> dump.append(row).append('\n'));
            }
        }
        return dump.toString();
    }

    private static List<String> rows(Connection connection, String select) throws SQLException {
        try (var rows = connection.createStatement().executeQuery(select)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static void assertNoSecret(String where, String text) {
        assertThat(text).as(where).isNotEmpty().doesNotContain(SECRETS.toArray(String[]::new));
    }

    private static String addressIn(String output) {
        var from = output.indexOf("status page: ") + "status page: ".length();
        return output.substring(from).lines().findFirst().orElseThrow();
    }

    private static String get(String address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
