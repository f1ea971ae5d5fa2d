package io.backhaul.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Promtool;
import io.backhaul.Site;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.config.ConfigFile;
import io.backhaul.schedule.Cron;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.RdbFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the table in {@code docs/metrics.md} equal to what a daemon that has done all kinds of work really serves, and
 * has promtool judge that. To write it anew: {@code mvn -q test -Dtest=MetricsPageTest -Dregenerate=true}
 */
@ExtendWith(TestDatabase.class)
class MetricsPageTest {
    private static final Path PAGE = Path.of("docs/metrics.md");
    private static final String BEGIN = "<!-- metrics: generated from a running daemon -->\n";
    private static final String END = "<!-- metrics: end -->\n";
    private static final Pattern HELP = Pattern.compile("^# HELP (backhaul_\\S+) (.*)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    private final Site site;

    MetricsPageTest(@TempDir Path folder) {
        site = new Site(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void whatADaemonServesIsOnThePageAndPleasesPromtool(TestDatabase.Fresh database) throws Exception {
        var served = served(database);

        var verdict = Promtool.run(served, "check", "metrics");
        assertThat(verdict.said()).isEmpty();
        assertThat(verdict.exitCode()).isZero();
    }

    @Test
    void everyMetricIsOnThePage(TestDatabase.Fresh database) throws Exception {
        var table = table(served(database));
        var page = Files.readString(PAGE);
        var begin = page.indexOf(BEGIN) + BEGIN.length();
        if (Boolean.getBoolean("regenerate")) {
            page = page.substring(0, begin) + table + page.substring(page.indexOf(END));
            Files.writeString(PAGE, page);
        }

        assertThat(page.substring(begin, page.indexOf(END)))
                .as("regenerate with: mvn -q test -Dtest=MetricsPageTest -Dregenerate=true")
                .isEqualTo(table);
    }

    /** One backup comes home; another never does, so that there is a deadline to tell of. */
    private String served(TestDatabase.Fresh database) throws IOException, InterruptedException {
        var archivals = new Archivals(1);
        site.addBackup("b", RdbFiles.ofSize(1, 300_000));
        site.addBackup("missing", RdbFiles.ofSize(2, 300_000));
        site.cloud.faults().inject(Fault.INTERNAL_ERROR, FaultTarget.file("missing.rdb"), 1_000);
        var config = site.config("a", database.address());
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("    schedule:", "    heartbeat-url: http://127.0.0.1:9/heartbeat\n    schedule:"));
        var read = ConfigFile.read(config, Map.of(), Cron::fault);
        try (var running = Daemon.start(read, Clock.systemUTC(), archivals, new CountDownLatch(1));
                var client = HttpClient.newHttpClient()) {
            archivals.await();
            var uri = URI.create("http://127.0.0.1:" + running.admin().port() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static String table(String served) {
        var rows = new TreeMap<String, String>();
        HELP.matcher(served).results().forEach(help -> {
            var name = help.group(1);
            rows.put(
                    name,
                    "| `%s` | %s | %s | %s |\n"
                            .formatted(name, type(served, name), labels(served, name), help.group(2)));
        });
        return "| name | type | labels | meaning |\n|---|---|---|---|\n" + String.join("", rows.values());
    }

    private static String type(String served, String name) {
        return first(Pattern.compile("^# TYPE " + name + " (\\S+)$", Pattern.MULTILINE), served);
    }

    private static String labels(String served, String name) {
        var labels = new TreeSet<String>();
        Pattern.compile("^" + name + "(?:_count)?\\{(.*)\\} \\S+$", Pattern.MULTILINE)
                .matcher(served)
                .results()
                .forEach(series ->
                        LABEL.matcher(series.group(1)).results().forEach(label -> labels.add(label.group(1))));
        return labels.stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
    }
}
