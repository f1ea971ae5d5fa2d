package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Rules, alerts, dashboards and the runbook speak of the metrics that there are, and of each other. */
class MonitoringFilesTest {
    private static final Path PROMETHEUS = Path.of("config/prometheus");
    private static final Pattern METRIC = Pattern.compile("[a-z_]*:?backhaul_[a-z_]+(?::[a-z0-9_]+)?");
    private static final Pattern ROW = Pattern.compile("^\\| `(backhaul_[a-z_]+)` \\| (\\w+) ", Pattern.MULTILINE);
    private static final Pattern SECTION = Pattern.compile("^### (\\S+)$", Pattern.MULTILINE);

    static Stream<Path> dashboards() throws IOException {
        try (var files = Files.list(Path.of("config/grafana"))) {
            return files.toList().stream();
        }
    }

    static Stream<Path> ruleTests() throws IOException {
        try (var files = Files.list(PROMETHEUS.resolve("tests"))) {
            return files.toList().stream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules.yaml", "alerts.yaml"})
    void everyMetricOfARuleExists(String file) throws IOException {
        var rules = rules(file);

        assertThat(rules).isNotEmpty();
        for (var rule : rules) {
            assertKnown(rule.path("expr").stringValue());
        }
    }

    @Test
    void everyAlertSaysWhatItIsAndHowBadAndWhereToReadOn() throws IOException {
        for (var alert : rules("alerts.yaml")) {
            var name = alert.path("alert").stringValue();
            assertThat(alert.path("labels").path("severity").stringValue(""))
                    .as(name)
                    .isIn("critical", "warning");
            var annotations = alert.path("annotations");
            assertThat(annotations.path("summary").stringValue("")).as(name).endsWith(".");
            assertThat(annotations.path("description").stringValue("")).as(name).endsWith(".");
            assertThat(annotations.path("runbook_url").stringValue(""))
                    .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void theRunbookHasASectionForEachAlertAndNoOther() throws IOException {
        var sections = SECTION.matcher(Files.readString(Path.of("docs/runbook.md")))
                .results()
                .map(section -> section.group(1))
                .toList();

        assertThat(sections).containsExactlyInAnyOrderElementsOf(alerts()).doesNotHaveDuplicates();
    }

    @Test
    void everyAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot() throws IOException {
        var fires = new HashSet<String>();
        var silent = new HashSet<String>();
        for (var file : ruleTests().toList()) {
            for (var test : yaml(file).path("tests")) {
                for (var check : test.path("alert_rule_test")) {
                    (check.path("exp_alerts").isEmpty() ? silent : fires)
                            .add(check.path("alertname").stringValue());
                }
            }
        }

        assertThat(fires).containsExactlyInAnyOrderElementsOf(alerts());
        assertThat(silent).containsExactlyInAnyOrderElementsOf(alerts());
    }

    @Test
    void promtoolTakesTheRules() {
        var verdict = Promtool.run(
                "", "check", "rules", "--lint=all", "--lint-fatal", file("rules.yaml"), file("alerts.yaml"));

        assertThat(verdict.exitCode()).as(verdict.said()).isZero();
    }

    @ParameterizedTest
    @MethodSource("ruleTests")
    void alertsFireWhenTheyShouldAndNotElse(Path file) {
        var verdict = Promtool.run("", "test", "rules", file.toString());

        assertThat(verdict.exitCode()).as(verdict.said()).isZero();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelHasATitleAndAsksForWhatThereIs(Path file) throws IOException {
        var dashboard = JsonMapper.shared().readTree(Files.readString(file));

        var queries = 0;
        for (var panel : dashboard.path("panels")) {
            assertThat(panel.path("title").stringValue("")).isNotBlank();
            for (var target : panel.path("targets")) {
                assertKnown(target.path("expr").stringValue());
                queries++;
            }
        }
        assertThat(queries).isGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aDashboardIsWhatGrafanaImports(Path file) throws IOException {
        var dashboard = JsonMapper.shared().readTree(Files.readString(file));

        assertThat(dashboard.path("uid").stringValue("") + ".json").isEqualTo(String.valueOf(file.getFileName()));
        assertThat(dashboard.path("title").stringValue("")).startsWith("Backhaul / ");
        assertThat(dashboard.path("schemaVersion").isInt()).isTrue();
        assertThat(dashboard.has("id"))
                .as("an id is the importing Grafana's own")
                .isFalse();
        var ids = new ArrayList<Integer>();
        var taken = new HashSet<String>();
        for (var panel : dashboard.path("panels")) {
            ids.add(panel.path("id").intValue());
            assertOnFreeGround(panel.path("gridPos"), taken);
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void theDataSourceIsAVariable(Path file) throws IOException {
        var dashboard = JsonMapper.shared().readTree(Files.readString(file));

        assertThat(dashboard
                        .path("templating")
                        .path("list")
                        .path(0)
                        .path("type")
                        .stringValue(""))
                .isEqualTo("datasource");
        for (var source : dashboard.findValues("datasource")) {
            assertThat(source.path("uid").stringValue("")).isEqualTo("${datasource}");
        }
        for (var query : dashboard.findValues("definition")) {
            assertKnown(query.stringValue());
        }
    }

    private static void assertOnFreeGround(JsonNode place, Set<String> taken) {
        var right = place.path("x").intValue() + place.path("w").intValue();
        assertThat(right).isLessThanOrEqualTo(24);
        for (var x = place.path("x").intValue(); x < right; x++) {
            for (var y = place.path("y").intValue();
                    y < place.path("y").intValue() + place.path("h").intValue();
                    y++) {
                assertThat(taken.add(x + " " + y))
                        .as("one panel at " + x + " " + y)
                        .isTrue();
            }
        }
    }

    private static void assertKnown(String expression) throws IOException {
        var named =
                METRIC.matcher(expression).results().map(match -> match.group()).collect(Collectors.toSet());
        assertThat(known()).as(expression).containsAll(named);
        assertThat(named.isEmpty() && !expression.startsWith("up{"))
                .as("names a metric: " + expression)
                .isFalse();
    }

    /** The metrics of the page, as they are asked for, and what is recorded of them. */
    private static Set<String> known() throws IOException {
        var known = new TreeSet<String>();
        ROW.matcher(Files.readString(Path.of("docs/metrics.md"))).results().forEach(row -> {
            known.add(row.group(1));
            if (row.group(2).equals("summary")) {
                known.add(row.group(1) + "_count");
                known.add(row.group(1) + "_sum");
            }
        });
        rules("rules.yaml").forEach(rule -> known.add(rule.path("record").stringValue()));
        return known;
    }

    private static List<String> alerts() throws IOException {
        return rules("alerts.yaml").stream()
                .map(rule -> rule.path("alert").stringValue())
                .toList();
    }

    private static List<JsonNode> rules(String file) throws IOException {
        var rules = new ArrayList<JsonNode>();
        for (var group : yaml(PROMETHEUS.resolve(file)).path("groups")) {
            group.path("rules").forEach(rules::add);
        }
        return rules;
    }

    private static JsonNode yaml(Path file) throws IOException {
        return YAMLMapper.shared().readTree(Files.readString(file));
    }

    private static String file(String name) {
        return PROMETHEUS.resolve(name).toString();
    }
}
